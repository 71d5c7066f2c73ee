"""What was asked and what came back, read and frozen. No I/O, no opinion."""
