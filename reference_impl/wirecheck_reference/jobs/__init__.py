"""Work that goes on when its request has been answered. Knows no route: what it asks of the API it asks as a caller."""
