"""Content-Disposition: what RFC 6266 reads, and what it does not."""

from __future__ import annotations

import pytest
from wirecheck.areas.files.reading import disposition, name_of


@pytest.mark.parametrize(
    ("header", "kind", "name"),
    [
        ("attachment", "attachment", None),
        ("INLINE", "inline", None),
        ('attachment; filename="a.txt"', "attachment", "a.txt"),
        ("attachment; filename=a.txt", "attachment", "a.txt"),
        ('attachment;filename="a b.txt";', "attachment", "a b.txt"),
        (r'attachment; filename="a\"b\\c.txt"', "attachment", r'a"b\c.txt'),
        ("attachment; filename=\"x\"; filename*=UTF-8''na%C3%AFve", "attachment", "naïve"),
        ("attachment; FileName*=iso-8859-1'en'%A3%20rates", "attachment", "£ rates"),
        ('attachment; filename="naïve.txt"', "attachment", "naïve.txt"),
        ('attachment; size=5 ; filename="a"', "attachment", "a"),
        ('attachment; filename=""', "attachment", ""),
    ],
)
def test_what_can_be_read(header: str, kind: str, name: str | None) -> None:
    read = disposition(header)
    assert read is not None
    assert (read[0], name_of(read[1])) == (kind, name)


@pytest.mark.parametrize(
    "header",
    [
        "",
        ";",
        '"attachment"',
        'attachment; filename="a"b.txt"',
        'attachment; filename="a',
        'attachment; filename="a\\"',
        "attachment; filename=a b.txt",
        "attachment; filename=a/b.txt",
        "attachment; filename",
        'attachment; filename="a" filename="b"',
        'attachment; filename="a"; filename="b"',
        "attachment; filename*=naïve",
        "attachment; filename*=UTF-8''a%2",
        'attachment; filename="a\x00b"',
        'attachment; filename="a\rb"',
    ],
)
def test_what_cannot_be_read(header: str) -> None:
    assert disposition(header) is None


def test_a_long_header_is_read_at_once() -> None:
    assert disposition('attachment; filename="' + "\\" * 100_001) is None
    assert disposition("attachment" + "; a=b" * 50_000 + "; a") is None
