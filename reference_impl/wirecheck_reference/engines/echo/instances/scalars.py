"""Candidates for texts and numbers, smallest first. Knows no references and no composition."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

from wirecheck_reference.engines.echo.instances.pattern import LONGEST, matching
from wirecheck_reference.engines.echo.instances.unusable import UnusableSchemaError

# One plain value for each format of JSON Schema 2020-12 (Validation, section 7.3).
_FORMATS: Final = {
    "date-time": "2000-01-01T00:00:00Z",
    "date": "2000-01-01",
    "time": "00:00:00Z",
    "duration": "P1D",
    "email": "a@example.com",
    "idn-email": "a@example.com",
    "hostname": "a.example",
    "idn-hostname": "a.example",
    "ipv4": "127.0.0.1",
    "ipv6": "::1",
    "uri": "https://example.com",
    "uri-reference": "/a",
    "iri": "https://example.com",
    "iri-reference": "/a",
    "uri-template": "/a",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "json-pointer": "/a",
    "relative-json-pointer": "0",
    "regex": "a",
}


def texts(schema: dict[str, Any]) -> Iterator[str]:
    """Candidates by `format`, `pattern` and lengths. Raises `UnusableSchemaError` above 10,000 letters."""
    least = _length(schema.get("minLength", 0))
    if schema.get("format") in _FORMATS:
        yield _FORMATS[schema["format"]]
    if "pattern" in schema:
        for text in matching(schema["pattern"]):
            yield text
            if len(text) < least:
                yield text + "a" * (least - len(text))
    yield "a" * least
    yield from ("a" * (least + 1), "b" * max(least, 1))
    for number in range(1000):
        # Distinct texts, for arrays whose items must be unique.
        yield str(number).rjust(max(least, 1), "a")


def numbers(schema: dict[str, Any], *, whole: bool) -> Iterator[int | float]:
    """Candidates in bounds and on the grid of `multipleOf`: nought, the ends, then steps from the low end."""
    step = schema.get("multipleOf", 1 if whole else None)
    low = _highest(schema, "minimum", "exclusiveMinimum", 1 if whole else 0.5)
    high = _lowest(schema, "maximum", "exclusiveMaximum", 1 if whole else 0.5)
    yield 0
    for bound, direction in ((low, 1), (high, -1)):
        if bound is None:
            continue
        yield from _near(bound, direction, step)
    if low is not None and high is not None:
        yield (low + high) // 2 if whole else (low + high) / 2
        yield from (low + (high - low) / part for part in (10, 1000, 100_000) if not whole)
    start, direction = (low, 1) if low is not None else ((high, -1) if high is not None else (0, 1))
    grid = step or 1
    base = -(-start // grid) if direction > 0 else start // grid
    yield from ((base + direction * times) * grid for times in range(1000))


def _near(bound: float, direction: int, step: float | None) -> Iterator[int | float]:
    if step is None:
        yield from (bound, bound + direction)
        return
    # By floor division, which is exact for integers of any size.
    on_grid = (-(-bound // step) if direction > 0 else bound // step) * step
    yield from (on_grid, on_grid + direction * step)


def _highest(schema: dict[str, Any], closed: str, opened: str, gap: float) -> Any:
    bounds = [schema[closed]] if closed in schema else []
    bounds += [schema[opened] + gap] if opened in schema else []
    return max(bounds, default=None)


def _lowest(schema: dict[str, Any], closed: str, opened: str, gap: float) -> Any:
    bounds = [schema[closed]] if closed in schema else []
    bounds += [schema[opened] - gap] if opened in schema else []
    return min(bounds, default=None)


def _length(value: float) -> int:
    if value > LONGEST:
        raise UnusableSchemaError(f"a text of more than {LONGEST} letters is asked for")
    return math.ceil(value)
