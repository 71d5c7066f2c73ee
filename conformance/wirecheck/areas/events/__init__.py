"""Events: told by clients and by the server itself."""
