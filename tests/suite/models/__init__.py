"""Models: the list of them, and one."""
