"""The contract to read: `GET /openapi.json`, `/docs` and `/redoc`."""
