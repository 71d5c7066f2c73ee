"""`python -m wirecheck_reference`."""

from wirecheck_reference.cli import main

if __name__ == "__main__":
    main(prog_name="wirecheck")
