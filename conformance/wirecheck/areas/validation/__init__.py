"""Requests that break the contract, and what becomes of a server that gets them."""
