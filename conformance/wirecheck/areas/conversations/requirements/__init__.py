"""Requirements on conversations, a module a topic."""
