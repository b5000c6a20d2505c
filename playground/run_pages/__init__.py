"""Pages of runs: what was asked and what came of it, and two runs side by side."""
