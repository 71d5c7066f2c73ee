"""Events: `/v1/events` and below."""
