"""Snippets: what the Lambda API calls functions, and the deployment packages that they run."""
