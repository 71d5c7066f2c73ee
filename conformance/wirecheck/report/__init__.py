"""Reports of a run: one JSON document, and what is made of it for terminals, CI and forges. Judges nothing."""
