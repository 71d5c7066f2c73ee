"""Events: told of once, listed, one caller's alone; and what the server tells of by itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.reference.batches.asking import begun, ended, line
from tests.reference.child import Child

EVENTS = "/v1/events"


def tell(server: Child, key: str = "right", **body: Any) -> Any:
    """The answer to who tells of an event."""
    whole = {"event_type": "order.paid", "event_data": {}, **body}
    return server.client.post(EVENTS, json=whole, headers={"authorization": f"Bearer {key}"})


def listed(server: Child, query: str = "", key: str = "right") -> list[dict[str, Any]]:
    """A page of events, the newest first."""
    answer = server.client.get(f"{EVENTS}{query}", headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


def test_an_event_is_told_of_once(guarded: Child) -> None:
    id_, type_ = uuid4().hex, f"t{uuid4().hex}.a"
    data = {"one": 1, "two": {"three": [None, 1.5, "日本語"]}}
    first = tell(guarded, event_id=id_, event_type=type_, event_data=data)
    assert first.status_code == 202
    event = first.json()
    assert (event["id"], event["object"], event["type"], event["data"]) == (id_, "event", type_, data)
    again = tell(guarded, event_id=id_, event_type=type_, event_data={"two": data["two"], "one": 1})
    assert (again.status_code, again.json()) == (202, event)
    others: list[dict[str, Any]] = [
        {"event_type": f"{type_}b"},
        {"event_data": {**data, "one": 2}},
        {"event_data": {**data, "one": True}},
    ]
    for other in others:
        same: dict[str, Any] = {"event_id": id_, "event_type": type_, "event_data": data}
        refused = tell(guarded, **{**same, **other})
        assert (refused.status_code, refused.json()["error"]["param"]) == (409, "event_id")
    assert listed(guarded, f"?type={type_}") == [event]
    found = guarded.client.get(f"{EVENTS}/{id_}", headers={"authorization": "Bearer right"})
    assert found.json() == event


def test_callers_have_events_of_the_same_id_apart(guarded: Child) -> None:
    id_ = uuid4().hex
    mine = tell(guarded, event_id=id_, event_data={"whose": "mine"}).json()
    assert guarded.client.get(f"{EVENTS}/{id_}", headers={"authorization": "Bearer other"}).status_code == 404
    theirs = tell(guarded, "other", event_id=id_, event_data={"whose": "theirs"})
    assert (theirs.status_code, theirs.json()["data"]) == (202, {"whose": "theirs"})
    assert mine in listed(guarded)
    assert mine not in listed(guarded, key="other")


def test_a_list_is_narrowed_to_types(guarded: Child) -> None:
    kind = f"t{uuid4().hex}"
    made = [tell(guarded, event_type=f"{kind}.{name}").json()["id"] for name in ("a", "b", "c")]
    query = f"?type={kind}.a&type={kind}.c"
    assert [each["id"] for each in listed(guarded, query)] == [made[2], made[0]]
    assert [each["id"] for each in listed(guarded, f"{query}&order=asc&limit=1&after={made[0]}")] == [made[2]]


@pytest.mark.parametrize("type_", ["batch.completed", "file.x", "response.failed", "webhook_endpoint.test"])
def test_what_the_server_tells_of_is_refused(guarded: Child, type_: str) -> None:
    refused = tell(guarded, event_type=type_)
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "event_type")


@pytest.mark.parametrize("body", [{"event_id": "a b"}, {"event_id": ""}, {"event_type": "a..b"}, {"event_data": []}])
def test_what_is_no_event_is_refused(guarded: Child, body: dict[str, Any]) -> None:
    refused = tell(guarded, **body)
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, next(iter(body)))


def test_the_same_idempotency_key_tells_of_one_event(guarded: Child) -> None:
    headers = {"authorization": "Bearer right", "idempotency-key": uuid4().hex}
    body = {"event_type": "order.paid", "event_data": {}}
    answers = [guarded.client.post(EVENTS, json=body, headers=headers) for _ in range(2)]
    assert [each.status_code for each in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotent-replayed"] == "true"


def test_files_and_batches_are_told_of(server: Child) -> None:
    batch = ended(server, begun(server, [line("one"), line("two")])["id"])
    server.client.delete(f"/v1/files/{batch['input_file_id']}")
    assert server.client.delete(f"/v1/files/{batch['input_file_id']}").status_code == 404
    told = [(each["type"], each["data"]["id"]) for each in listed(server, "?order=asc&limit=100")]
    of_these = {batch["id"], batch["input_file_id"], batch["output_file_id"]}
    assert [each for each in told if each[1] in of_these] == [
        ("file.created", batch["input_file_id"]),
        ("file.created", batch["output_file_id"]),
        ("batch.completed", batch["id"]),
        ("file.deleted", batch["input_file_id"]),
    ]
