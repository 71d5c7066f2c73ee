"""Keys gone wrong, a module a topic."""
