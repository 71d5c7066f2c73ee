"""A program for each client: told an address and the name of a call on a line, it answers with what a user sees."""
