"""Files gone wrong, a module a topic."""
