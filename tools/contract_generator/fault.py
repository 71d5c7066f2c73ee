"""What the generator says when spec/ is wrong."""


class SpecError(Exception):
    """Something in spec/ is wrong. The message names the file, and the line where there is one."""
