"""What is required of keys, a module a topic."""
