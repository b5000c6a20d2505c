"""Functions as projects for other tools: what is in a project is decided here, and nothing is stored."""
