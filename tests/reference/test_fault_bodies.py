"""Bodies as faults read and write them: also what no JSON parser likes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wirecheck_reference.faults.kinds.bodies import depth_of, read_body, write_body


@pytest.mark.parametrize("document", [{"a": "\ud83e", "b": ["日", 1.5, None]}, [], "x", 0])
def test_bodies_are_read_and_written_again(document: Any) -> None:
    assert read_body(json.dumps(document).encode()) == document
    assert read_body(write_body(document)) == document


@pytest.mark.parametrize("raw", [b"", b"{", b"NaN", b"\xff", b"[" * 3000 + b"]" * 3000])
def test_what_cannot_be_read_is_no_body(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_body(raw)


def test_depth_is_of_brackets_outside_of_strings() -> None:
    assert depth_of(rb'{"a": [[], "[[[[\"[[["], "b": {}}') == 3
    assert depth_of(b"[" * 3000) == 3000
    assert depth_of(b"") == 0
