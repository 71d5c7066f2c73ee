"""What every answer owes to HTTP: labels, request ids, other origins."""
