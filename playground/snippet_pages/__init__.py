"""Pages about one's own snippets that the service draws itself: they need no script."""
