"""The live wall of whoever leads a workshop: what it shows, and what is done from it."""
