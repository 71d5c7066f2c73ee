"""Rate limits: how often a key may ask."""
