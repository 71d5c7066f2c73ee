"""Streams of chats: events, chunks, and how they come."""
