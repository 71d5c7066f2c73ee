"""Content-Disposition for any name: read back by Python's own parser, and harmless."""

from __future__ import annotations

from email.message import Message

import pytest
from wirecheck_reference.http.disposition import attachment

NAMES = {
    "a.txt": "a.txt",
    "a b (1).tar.gz": "a b (1).tar.gz",
    "naïve.txt": "naïve.txt",
    "日本語.jsonl": "日本語.jsonl",
    "🦊": "🦊",
    'a"b.txt': 'a"b.txt',
    "a%22b;c=d.txt": "a%22b;c=d.txt",
    "../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "a\r\nSet-Cookie: x=y": "a__Set-Cookie: x=y",
    "a\x00b\x7f": "a_b_",
    "txt.\u202egnp.exe": "txt._gnp.exe",
    "": "file",
    "..": "file",
    ".": "file",
    "/": "file",
    "   ": "file",
    "x" * 255: "x" * 255,
    "é" * 255: "é" * 255,
}


@pytest.mark.parametrize("name", NAMES, ids=[str(number) for number in range(len(NAMES))])
def test_a_name_is_kept_and_made_safe(name: str) -> None:
    value = attachment(name)
    assert value.isascii()
    assert value.isprintable()
    # Python's parser reads the plain name where both are there, and RFC 6266 section 4.3 prefers the other one.
    plain_one = 'filename="' + value.partition('filename="')[2].partition('"')[0] + '"; '
    message = Message()
    message["content-disposition"] = value.replace(plain_one, "")
    assert message.get_content_disposition() == "attachment"
    assert message.get_filename() == NAMES[name]
    plain = value.partition('filename="')[2].partition('"')[0]
    assert plain.strip(".")
    assert not set(plain) & set('/\\"%')
