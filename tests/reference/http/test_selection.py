"""Conditions and ranges, by RFC 9110."""

from __future__ import annotations

import pytest
from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.selection import Selection, selected

TAG = '"abc"'


def asked(method: str = "GET", size: int = 10, **headers: str) -> Selection:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return selected(Inbound({"headers": pairs}), method, size, TAG)


@pytest.mark.parametrize(
    ("range_", "start", "end"),
    [
        *(("bytes=0-0", 0, 1), ("bytes=2-4", 2, 5), ("bytes=9-", 9, 10), ("bytes=0-", 0, 10), ("bytes=4-99", 4, 10)),
        *(("bytes=-1", 9, 10), ("bytes=-10", 0, 10), ("bytes=-99", 0, 10), ("Bytes = 1 - 2", 1, 3)),
        ("bytes=0-" + "9" * 5000, 0, 10),
    ],
)
def test_one_range(range_: str, start: int, end: int) -> None:
    assert asked(range=range_) == Selection(206, start, end)


@pytest.mark.parametrize(
    "range_", ["", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=+1-2", "0-1"]
)
def test_what_is_not_one_range_gets_all(range_: str) -> None:
    assert asked(range=range_) == Selection(200, 0, 10)


@pytest.mark.parametrize("range_", ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=" + "9" * 5000 + "-"])
def test_what_is_not_there_is_416(range_: str) -> None:
    with pytest.raises(ApiError) as refused:
        asked(range=range_)
    assert (refused.value.status, refused.value.headers) == (416, {"Content-Range": "bytes */10"})


def test_ranges_are_for_get() -> None:
    assert asked("HEAD", range="bytes=0-1") == Selection(200, 0, 10)


@pytest.mark.parametrize("known", [TAG, f"W/{TAG}", f'"x", {TAG}', "*", '"x",W/"abc"'])
def test_what_the_caller_has_is_not_sent(known: str) -> None:
    assert asked(if_none_match=known).status == 304
    assert asked("HEAD", if_none_match=known, range="bytes=0-1").status == 304


@pytest.mark.parametrize("known", ['"x"', "abc", "", '"abc'])
def test_what_the_caller_does_not_have_is_sent(known: str) -> None:
    assert asked(if_none_match=known).status == 200


@pytest.mark.parametrize(
    ("condition", "status"),
    [(TAG, 206), ('"x"', 200), (f"W/{TAG}", 200), ("Fri, 27 Nov 2026 18:11:05 GMT", 200)],
)
def test_a_range_of_what_the_caller_began_with(condition: str, status: int) -> None:
    assert asked(range="bytes=0-1", if_range=condition).status == status


def test_if_match() -> None:
    assert asked(if_match=TAG).status == asked(if_match="*").status == 200
    for other in ('"x"', f"W/{TAG[:-2]}"):
        with pytest.raises(ApiError) as refused:
            asked(if_match=other)
        assert refused.value.status == 412
