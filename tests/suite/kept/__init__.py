"""Things that are kept."""
