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


BATCHES = "/v1/batches"


def batch(id_: str, method: str = "GET", below: str = "", status: int = 200, **fields: Any) -> Exchange:
    path = BATCHES if method == "POST" and not below else f"{BATCHES}/{id_}{below}"
    return answered({"id": id_, "status": "in_progress", **fields}, status=status, request=asked(path, method))


def test_a_batch_that_goes_on_is_left_and_one_that_is_over_is_not() -> None:
    made = [batch(id_, "POST") for id_ in "abcd"]
    seen = [*made, batch("a"), batch("b", status=404), batch("c", state="x"), batch("d", below="")]
    over = answered({"id": "b", "status": "completed"}, request=asked(f"{BATCHES}/b", "GET"))
    cancelled = answered({"error": {}}, status=409, request=asked(f"{BATCHES}/c/cancel"))
    failed = answered({"error": {}}, status=500, request=asked(f"{BATCHES}/d/cancel"))
    assert left_over([*seen, over, cancelled, failed]) == [f"{BATCHES}/d", f"{BATCHES}/a"]


def test_the_files_of_a_batch_are_left_and_those_of_others_are_not() -> None:
    files = {"status": "completed", "output_file_id": "file-1", "error_file_id": "file-2"}
    mine = answered({"id": "a", **files}, request=asked(f"{BATCHES}/a", "GET"))
    other = answered({"id": "b", **files, "output_file_id": "file-9"}, request=asked(f"{BATCHES}/b", "GET"))
    gone = answered({}, request=asked("/v1/files/file-1", "DELETE"))
    assert left_over([batch("a", "POST"), mine, other]) == ["/v1/files/file-2", "/v1/files/file-1"]
    # Told of again once it is deleted.
    assert left_over([batch("a", "POST"), mine, gone, mine]) == ["/v1/files/file-2"]
