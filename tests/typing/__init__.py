"""What the types promise, for mypy alone: an ignore that is not needed any more fails `tox -e types`."""
