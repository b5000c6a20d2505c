"""The plan editor: its page, and the JSON API by which it reads, saves and tries a plan."""
