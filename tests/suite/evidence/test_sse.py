"""The parser of server-sent events: the forms that WHATWG allows, what it drops, and what is noted as odd."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from wirecheck.evidence import sse

MARK = b"\xef\xbb\xbf"
BODIES = {
    "lf": b'data: {"a": 1}\n\ndata: [DONE]\n\n',
    "cr lf": b"event: ping\r\nid: 7\r\ndata: one\r\ndata: two\r\n\r\n: note\r\ndata: x\r\n\r\n",
    "cr": b"data: one\rdata:two\r\rid\rdata: last\r\r",
    "mixed": b"data: a\r\ndata: b\rdata: c\n\r\n\r\r\n\ndata\n\n",
    "characters": "data: naïve 日本語 🦊\n\ndata: ü\r\n\r\n".encode(),
    "broken characters": b"data: a\xff\xf0\x9f\n\ndata: \x9f\xa6\n\n: \xc3\n",
    "mark": MARK + b"data: a\n\n",
    "mark later": b"\n" + MARK + b"data: a\n\n\n\n" + MARK,
    "half a mark": b"\xef\xbbdata: a\n\n",
    "nearly nothing": b"\xef",
    "oddities": b"hello\ndata:a\n\nevent: x\n\nretry: 5\nid\n\ndata: a: b\n\ndata\n\n",
    "unfinished": b"data: a\n\ndata: b\n",
    "unfinished line": b"data: a\n\ndata: b",
    "unfinished cr": b"data: a\r",
}


def _plain(stream: sse.Stream) -> Any:
    """A stream without its times."""
    events = [(event.data, event.type, event.id) for event in stream.events]
    return events, [(odd.kind, odd.text) for odd in stream.oddities], stream.comments


def _whole(body: bytes) -> sse.Stream:
    return sse.read([(0.0, body)])


@pytest.mark.parametrize("name", BODIES)
def test_the_events_are_the_same_however_the_bytes_are_cut(name: str) -> None:
    body = BODIES[name]
    expected = _plain(_whole(body))
    for cut in range(len(body) + 1):
        assert _plain(sse.read([(0.0, body[:cut]), (1.0, body[cut:])])) == expected, cut
    assert _plain(sse.read((float(at), bytes([byte])) for at, byte in enumerate(body))) == expected
    random = Random(4711)  # noqa: S311 - cuts that can be repeated, nothing secret
    for _ in range(50):
        cuts = sorted(random.choices(range(len(body) + 1), k=random.randint(1, 6)))
        parts = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True)]
        assert _plain(sse.read((0.0, part) for part in parts)) == expected, cuts


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_with_lf_cr_lf_or_cr(end: bytes) -> None:
    body = end.join([b"event: e", b"id: 1", b"data: a", b"data: b", b"", b"data: c", b"", b""])
    stream = _whole(body)
    assert [(event.data, event.type, event.id) for event in stream.events] == [
        ("a\nb", "e", "1"),
        ("c", "message", None),
    ]
    assert [odd.kind for odd in stream.oddities] == ["many data lines"]


def test_an_empty_line_between_cr_and_lf_is_none() -> None:
    assert [event.data for event in _whole(b"data: a\r\n\r\ndata: b\n\r").events] == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b"data: a\n\n", ["a"]),
        (b"data:a\n\n", ["a"]),
        (b"data:  a \n\n", [" a "]),
        (b"data: a: b\n\n", ["a: b"]),
        (b"data\n\n", [""]),
        (b"data:\n\n", [""]),
        (b"data\ndata\n\n", ["\n"]),
        (b"\n\n\n", []),
        (b"event: a\n\n", []),
        (b"data: a", []),
        (b"data: a\n", []),
        (b"Data: a\n\n", []),
        (b" data: a\n\n", []),
        (b"", []),
    ],
)
def test_the_data_of_events(body: bytes, data: list[str]) -> None:
    assert [event.data for event in _whole(body).events] == data


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (MARK + b"data: a\n\n", "bom", "EF BB BF"),
        (b"data: a\xff\n\n", "not utf-8", "data: a�"),
        (b"hello\n", "unknown line", "hello"),
        (b"data : a\n", "unknown line", "data : a"),
        (b"Data: a\n", "unknown line", "Data: a"),
        (MARK + MARK + b"data: a\n\n", "unknown line", "\ufeffdata: a"),
        (b"data:a\n\n", "no space", "data:a"),
        (b"data: a\ndata: b\n\n", "many data lines", "a\nb"),
        (b"event: ping\n\n", "no data", "ping"),
        (b"id: 3\n\n", "no data", "3"),
        (b"retry: 3\n\n", "no data", ""),
        (b"id: 3\ndata: a\n\n: ping\n\n", "no data", "an empty line after an id was set"),
        (b"data: a\n", "unfinished", "data: a"),
        (b"data: a", "unfinished", "data: a"),
        (b"data: a\n\ndata: \xf0\x9f", "unfinished", "data: �"),
    ],
)
def test_what_is_odd_is_noted(body: bytes, kind: sse.Kind, text: str) -> None:
    stream = _whole(body)
    assert [odd.text for odd in stream.odd(kind)] == [text]


def test_a_plain_stream_has_no_oddities() -> None:
    stream = _whole(b": hi\n\nid: 1\nevent: e\nretry: 10\ndata: a\n\n:\ndata: b\n\n")
    assert stream.oddities == ()
    assert stream.comments == (" hi", "")


def test_fields_belong_to_their_event_alone() -> None:
    first, second = _whole(b"id: 1\nevent: e\ndata: a\n\ndata: b\n\n").events
    assert (first.id, first.type) == ("1", "e")
    assert (second.id, second.type) == (None, "message")


def test_a_long_oddity_is_shown_cut() -> None:
    (odd,) = _whole(b"x" * 1000 + b"[DONE]\n").oddities
    assert len(odd.text) == 200
    assert odd.text.endswith("x[DONE]")


def test_an_oddity_is_shown_where_it_is() -> None:
    (odd,) = _whole(b"data: " + b"x" * 1000 + b"\xff" + b"y" * 1000 + b"\n\n").oddities
    assert odd.text == "x" * 60 + "\ufffd" + "y" * 59
    (odd,) = _whole(b"data: " + b"x" * 1000 + b"\ndata: " + b"y" * 1000 + b"\n\n").oddities
    assert odd.text == "x" * 60 + "\n" + "y" * 60


def test_an_id_that_is_taken_back_numbers_nothing() -> None:
    assert _whole(b"id: 3\ndata: a\n\nid\ndata: b\n\n: ping\n\n").oddities == ()


def test_events_arrive_with_their_last_byte() -> None:
    stream = sse.read(
        [(0.1, b"data: a"), (0.2, b"\n"), (0.5, b"\ndata: b\r"), (0.7, b"\r"), (0.9, b"\ndata:"), (1.5, b"c")]
    )
    assert [(event.data, event.at) for event in stream.events] == [("a", 0.5), ("b", 0.7)]
    assert [(odd.kind, odd.at) for odd in stream.oddities] == [("unfinished", 1.5)]
