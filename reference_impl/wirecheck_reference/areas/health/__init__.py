"""Health: `GET /health`."""
