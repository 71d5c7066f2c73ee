"""`python -m wirecheck` is `wirecheck`."""

from wirecheck.cli import main

main(prog_name="wirecheck")
