"""The server's own document."""
