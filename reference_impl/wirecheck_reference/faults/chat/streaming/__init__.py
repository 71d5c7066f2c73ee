"""Streams gone wrong: a module for each thing that a client takes for granted of them."""
