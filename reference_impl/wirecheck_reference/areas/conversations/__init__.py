"""Conversations: `/v1/conversations` and below."""
