"""Projects from elsewhere as functions to save: what is in one is found here, and nothing is stored."""
