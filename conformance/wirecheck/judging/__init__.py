"""What is made of evidence: requirements, shapes, verdicts. Pure: no I/O, no area in particular."""
