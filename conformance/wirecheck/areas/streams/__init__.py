"""Streams of chunks, whatever operation streams them: their bytes, their order, their end."""
