"""The pages of whoever leads a workshop, which the service draws itself."""
