"""Workshops: what a teacher prepares, who joins, what they do, the wall that shows it."""
