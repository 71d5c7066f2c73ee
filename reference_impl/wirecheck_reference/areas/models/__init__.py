"""Models: `GET /v1/models` and below."""
