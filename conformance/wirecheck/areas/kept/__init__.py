"""Things that are kept, whatever they are: made, found, listed, deleted."""
