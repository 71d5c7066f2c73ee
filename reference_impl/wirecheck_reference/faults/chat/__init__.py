"""Chat gone wrong: a module a topic."""
