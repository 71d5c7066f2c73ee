"""Engines: what thinks up the answers. They know the contract's documents and nothing of HTTP."""
