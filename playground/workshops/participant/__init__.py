"""What somebody who takes part does: read, save, check, ask for help."""
