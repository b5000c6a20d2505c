"""The playground's service: what is stored, who may see it, and how it is shown."""
