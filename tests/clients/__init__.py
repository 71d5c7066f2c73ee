"""Mainstream clients on the right server and on every fault: what each makes of it, and the table of that."""
