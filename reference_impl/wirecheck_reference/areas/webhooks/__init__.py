"""Webhook endpoints and their deliveries: `/v1/webhook_endpoints` and below."""
