"""Events of the reference server."""
