"""The strict reader of JSON: what RFC 8259 takes, and nothing that only Python takes."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.evidence.strict_json import DEEPEST, NotJson, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"null", None),
        (b" [1, 2.5, -0, 1e3] ", [1, 2.5, 0, 1000.0]),
        (b'{"a": {"b": []}}', {"a": {"b": []}}),
        ('"naïve 🦊"'.encode(), "naïve 🦊"),
        (rb'"\ud83e\udd8a"', "🦊"),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        ("{}", {}),
    ],
)
def test_a_json_text_is_read(text: bytes | str, value: Any) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "Expecting value at character 0"),
        (b"NaN", "NaN is not JSON"),
        (b"[Infinity]", "Infinity is not JSON"),
        (b'{"a": -Infinity}', "-Infinity is not JSON"),
        (b"\xef\xbb\xbf{}", "byte-order mark"),
        (b'"\xff"', "not UTF-8: invalid start byte at byte 1"),
        (b'{"a": 1} {}', "Extra data at character 9"),
        (b"{'a': 1}", "character 1"),
        (b"[1,]", "character"),
        (b'"a\nb"', "control character"),
        (b"9" * 5000, "digits"),
        (b"[" * 100_000, f"deeper than {DEEPEST}"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, f"deeper than {DEEPEST}"),
    ],
)
def test_what_is_no_json_text_is_refused(text: bytes, why: str) -> None:
    with pytest.raises(NotJson, match=why):
        parse(text)


def test_brackets_in_strings_are_not_depth() -> None:
    text = '["' + r"\"[{\\" * 500 + '"]'
    assert parse(text) == ['"[{\\' * 500]
    assert parse(b"[" * DEEPEST + b"]" * DEEPEST) != []


def test_many_shallow_brackets_are_not_depth() -> None:
    assert parse(b"[" + b",".join([b"[]"] * 1000) + b"]") == [[]] * 1000


def test_half_a_character_becomes_a_replacement() -> None:
    found = parse(rb'{"a\ud800": ["\udfff \ud83e\udd8a", "plain", 1]}')
    assert found == {"a�": ["� 🦊", "plain", 1]}
    assert str(found).encode()
