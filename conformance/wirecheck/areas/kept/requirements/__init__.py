"""Requirements on things that are kept, a module a topic."""
