"""The sentences on webhooks, a module a topic."""
