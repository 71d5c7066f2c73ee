"""How the suite asks: targets, probes, and the one client. Knows no area in particular."""
