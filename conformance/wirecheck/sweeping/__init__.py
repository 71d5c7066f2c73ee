"""Requests that Schemathesis generates from the contract: made, judged, sent. Knows no area in particular."""
