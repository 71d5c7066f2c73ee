"""The echo: an engine that repeats what it is told, and its parts. They know no HTTP."""
