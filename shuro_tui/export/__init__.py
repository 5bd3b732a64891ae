"""Session → files for people and programs."""
