"""The sentences on events, on answers that no fault gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest
from wirecheck.areas.events.probes import OfBatch, OfFiles, Told
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.exchanges import answered, asked

EVENTS: Final = "/v1/events"
DATA: Final = {"total": 12.5}


def told(id_: str | None, type_: str = "a.one", status: int = 202, **fields: Any) -> Exchange:
    sent = {"event_type": type_, "event_data": DATA} | ({} if id_ is None else {"event_id": id_})
    body = {"id": id_ or "evt_1", "type": type_, "data": DATA} | fields
    return answered(body if status == 202 else {"error": {}}, status=status, request=asked(EVENTS, body=sent))


def shown(*entries: dict[str, Any]) -> Exchange:
    return answered({"object": "list", "data": list(entries)}, request=asked(f"{EVENTS}?type=a", "GET"))


def one(**fields: Any) -> Exchange:
    return answered({"id": "x", "type": "a.one", "data": DATA} | fields, request=asked(f"{EVENTS}/x", "GET"))


FIRST: Final = {"id": "x", "type": "a.one", "data": DATA}
OTHER: Final = {"id": "evt_1", "type": "a.other", "data": {}}
TOLD: Final = Told(
    told("x"),
    one(),
    told("x"),
    (told("x", status=409), told("x", "a.other", status=409)),
    one(),
    (told(None, "a.other"), told(None, "a.other", id="evt_2")),
    shown(FIRST),
    shown(FIRST, OTHER),
)
ON_TOLD: Final = ("accepted", "id", "kept", "again", "once", "conflict", "types")


@pytest.mark.parametrize("name", ON_TOLD)
def test_what_is_right_passes(name: str) -> None:
    assert graded(f"events.{name}", TOLD) == PASSED


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("accepted", {"first": told("x", status=400)}),
        ("id", {"unnamed": (told(None, "a.other"), told(None, "a.other"))}),
        ("kept", {"found": one(data={}), "after": one(data={})}),
        ("kept", {"found": replace(one(), status=404)}),
        ("again", {"again": told("x", status=409)}),
        ("conflict", {"after": one(type="a.other")}),
        ("types", {"ofone": shown(FIRST, OTHER)}),
        ("types", {"ofboth": shown(FIRST)}),
    ],
)
def test_what_is_wrong_fails_that_alone(name: str, change: dict[str, Any]) -> None:
    seen = replace(TOLD, **change)
    assert [each for each in ON_TOLD if graded(f"events.{each}", seen) == FAILED] == [name]


def test_a_server_that_names_events_itself_breaks_one_sentence() -> None:
    renamed = replace(TOLD, first=told("x", id="y"), again=told("x", id="y"), found=replace(one(), status=404))
    assert [each for each in ON_TOLD if graded(f"events.{each}", renamed) == FAILED] == ["id"]


def of_files(*types: str, about: str = "file-1") -> OfFiles:
    upload = answered({"id": "file-1"}, request=asked("/v1/files"))
    deleted = answered({"deleted": True}, request=asked("/v1/files/file-1", "DELETE"))
    refused = answered({"error": {}}, status=404, request=asked("/v1/files/file-2", "DELETE"))
    entries = [{"id": f"evt_{n}", "type": each, "data": {"id": about}} for n, each in enumerate(types)]
    return OfFiles(upload, deleted, shown(*entries), "file-2", refused)


@pytest.mark.parametrize(
    ("seen", "file", "once", "refused"),
    [
        (of_files("file.created", "file.deleted"), PASSED, PASSED, PASSED),
        (of_files("file.created"), FAILED, PASSED, PASSED),
        (of_files("file.created", "file.created", "file.deleted"), PASSED, FAILED, PASSED),
        (of_files("file.deleted", about="file-2"), FAILED, UNTESTABLE, FAILED),
    ],
)
def test_what_is_told_of_files(seen: OfFiles, file: str, once: str, refused: str) -> None:
    assert [graded(f"events.{name}", seen) for name in ("file", "told-once", "refused")] == [file, once, refused]


def test_what_is_told_of_a_batch() -> None:
    batch = answered({"id": "batch_1", "status": "failed"}, request=asked("/v1/batches/batch_1", "GET"))
    for type_, wanted in (("batch.failed", PASSED), ("batch.completed", FAILED)):
        page = shown({"id": "evt_1", "type": type_, "data": {"id": "batch_1"}})
        assert graded("events.batch", OfBatch(batch, page)) == wanted
