"""Events gone wrong, a module a topic."""
