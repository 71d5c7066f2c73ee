"""What a run leaves behind, found in what it saw."""

from __future__ import annotations

from typing import Any

from wirecheck.clearing import left_over
from wirecheck.evidence.exchange import Exchange

from tests.suite.exchanges import CHAT, QUESTION, answered, asked, delta, streamed


def chat(id_: str, **fields: Any) -> Exchange:
    return answered({"id": id_, "choices": []}, request=asked(CHAT, body=QUESTION | fields))


def deleted(id_: str, status: int = 200) -> Exchange:
    return answered({"id": id_}, status=status, request=asked(f"{CHAT}/{id_}", "DELETE"))


def test_what_was_stored_and_not_deleted_is_left() -> None:
    seen = [chat("a", store=True), chat("b", store=True), chat("c", store=False), chat("d"), deleted("a")]
    assert left_over(seen) == [f"{CHAT}/b"]


def test_the_newest_comes_first_and_what_is_gone_is_gone() -> None:
    seen = [chat("a", store=True), chat("b", store=True), chat("c", store=True), deleted("b", 404), deleted("c", 500)]
    assert left_over(seen) == [f"{CHAT}/c", f"{CHAT}/a"]


def test_a_stream_is_stored_under_the_id_of_its_chunks() -> None:
    sent = asked(CHAT, body=QUESTION | {"stream": True, "store": True})
    stream = streamed({**delta(content="a"), "id": "s/1"}, request=sent)
    assert left_over([stream]) == [f"{CHAT}/s%2F1"]


def test_what_was_changed_was_not_made() -> None:
    changed = answered({"id": "a"}, request=asked(f"{CHAT}/a", body={"metadata": {"x": "y"}}))
    assert left_over([chat("a", store=True), changed, deleted("a")]) == []


def test_a_file_that_was_uploaded_is_left() -> None:
    assert left_over([answered({"id": "file-1"}, request=asked("/v1/files"))]) == ["/v1/files/file-1"]


def test_what_was_refused_is_not_left() -> None:
    refused = answered({"error": {}}, status=400, request=asked(CHAT, body=QUESTION | {"store": True}))
    assert left_over([refused]) == []
