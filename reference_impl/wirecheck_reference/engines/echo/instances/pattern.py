"""Texts that match a regular expression. Judges nothing: who asks must check what comes out."""

from __future__ import annotations

import re

# The parser of the standard library, which has no public name: writing a second one would be worse.
import re._parser as sre  # type: ignore[import-not-found, unused-ignore] # typeshed has no stub of it
import string
from collections.abc import Iterator
from typing import Any, Final

from wirecheck_reference.engines.echo.instances.unusable import UnusableSchemaError

LONGEST: Final = 10_000
_ORDINARY: Final = string.ascii_lowercase + string.digits + string.ascii_uppercase + " -_.:/@"
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": string.ascii_lowercase,
    "CATEGORY_SPACE": " \t",
    "CATEGORY_NOT_DIGIT": string.ascii_lowercase,
    "CATEGORY_NOT_WORD": " -",
    "CATEGORY_NOT_SPACE": string.ascii_lowercase,
}
_REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def matching(pattern: str, variants: int = 24) -> Iterator[str]:
    """Texts that `pattern` (as Python reads it) should match, shortest kind first.

    Each variant takes other branches and repeats optional parts once more than the one before.
    Raises `UnusableSchemaError` where the pattern cannot be read or asks for more than 10,000 letters.
    """
    try:
        tree = sre.parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise UnusableSchemaError(f"pattern {pattern!r} cannot be read: {error}") from None
    for variant in range(variants):
        yield _text(tree, variant, {})


def _text(tree: Any, variant: int, groups: dict[int, str]) -> str:
    written: list[str] = []
    size = 0
    for operation, argument in tree:
        piece = _piece(str(operation), argument, variant, groups)
        size += len(piece)
        if size > LONGEST:
            raise UnusableSchemaError(f"a pattern asks for more than {LONGEST} letters")
        written.append(piece)
    return "".join(written)


def _piece(operation: str, argument: Any, variant: int, groups: dict[int, str]) -> str:
    if operation == "LITERAL":
        return chr(argument)
    if operation == "NOT_LITERAL":
        return next(letter for letter in _ORDINARY if ord(letter) != argument)
    if operation == "ANY":
        return "a"
    if operation == "IN":
        return _one_of(argument, variant)
    if operation in _REPEATS:
        return _repeated(argument, variant, groups)
    if operation == "SUBPATTERN":
        number, _, _, inner = argument
        text = _text(inner, variant, groups)
        if number is not None:
            groups[number] = text
        return text
    if operation == "BRANCH":
        return _text(argument[1][variant % len(argument[1])], variant, groups)
    if operation == "GROUPREF":
        return groups.get(argument, "")
    if operation == "ATOMIC_GROUP":
        return _text(argument, variant, groups)
    return ""  # Anchors and lookarounds write nothing; whether they hold is for the caller's check.


def _repeated(argument: tuple[int, int, Any], variant: int, groups: dict[int, str]) -> str:
    least, most, inner = argument
    times = min(least + variant, most)
    if times > LONGEST:
        raise UnusableSchemaError(f"a pattern asks for more than {LONGEST} letters")
    return "".join(_text(inner, variant, groups) for _ in range(times))


def _one_of(members: list[tuple[Any, Any]], variant: int) -> str:
    names = [(str(operation), argument) for operation, argument in members]
    if names[0][0] == "NEGATE":
        allowed = [letter for letter in _ORDINARY if not any(_holds(member, letter) for member in names[1:])]
        if not allowed:
            raise UnusableSchemaError("a pattern excludes every ordinary letter")
        return allowed[variant % len(allowed)]
    operation, argument = names[variant % len(names)]
    if operation == "LITERAL":
        return chr(argument)
    if operation == "RANGE":
        return chr(argument[0])
    return _CATEGORIES[str(argument)][0]


def _holds(member: tuple[str, Any], letter: str) -> bool:
    operation, argument = member
    if operation == "LITERAL":
        return ord(letter) == int(argument)
    if operation == "RANGE":
        return bool(argument[0] <= ord(letter) <= argument[1])
    return re.fullmatch(_CLASSES[str(argument)], letter) is not None


_CLASSES: Final = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_NOT_WORD": r"\W",
    "CATEGORY_NOT_SPACE": r"\S",
}
