"""Chats: what an answer holds, its counts and its calls."""
