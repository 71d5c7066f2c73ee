"""The smallest valid instance of a JSON Schema. Knows nothing of HTTP, chat or models."""
