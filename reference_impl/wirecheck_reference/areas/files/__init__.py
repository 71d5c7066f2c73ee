"""Files: `POST /v1/files` and below."""
