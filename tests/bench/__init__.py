"""`python -m tests.bench`: how fast a served playground answers, beside Node.js alone, in one run."""
