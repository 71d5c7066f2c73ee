"""What is delivered, to whom, how often, and what is told of it."""

from __future__ import annotations

import time
from email.utils import formatdate

from standardwebhooks import Webhook

from tests.reference.child import Child, until
from tests.reference.webhooks.asking import ENDPOINTS, EVENTS, asked, deliveries, made, new_type, over, sent, told
from tests.reference.webhooks.receiver import Receiver


def test_a_delivery_is_the_event_signed_for_its_endpoint(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    endpoint = made(guarded, f"{hears.url}/signed?a=b", event_types=[type_])
    event = told(guarded, type_, {"naïve": "日本語 🦊", "n": 1.5})
    (got,) = hears.wait("/signed?a=b")
    assert got.event == event == asked(guarded, "GET", f"{EVENTS}/{event['id']}")
    assert Webhook(endpoint["signing_secret"]).verify(got.body, got.headers) == event
    assert got.headers["webhook-id"] == event["id"]
    assert abs(int(got.headers["webhook-timestamp"]) - time.time()) < 30
    assert got.headers["content-type"] == "application/json"
    assert got.headers["user-agent"].startswith("wirecheck/")
    assert got.headers["host"] == hears.url.removeprefix("http://")
    delivery = over(guarded, endpoint)
    assert (delivery["status"], delivery["next_attempt_at"], delivery["event_id"]) == ("succeeded", None, event["id"])
    (attempt,) = delivery["attempts"]
    assert (attempt["status_code"], attempt["error"]) == (204, None)
    assert asked(guarded, "GET", f"{ENDPOINTS}/{endpoint['id']}/deliveries/{delivery['id']}") == delivery
    assert deliveries(guarded, endpoint, "?status=succeeded") == [delivery]
    assert deliveries(guarded, endpoint, "?status=failed") == []


def test_only_who_wants_an_event_gets_it(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    begins = type_.partition(".")[0]
    wanting = [
        made(guarded, f"{hears.url}/{name}", event_types=types)
        for name, types in (
            ("exact", [type_]),
            ("begins", [f"{begins}.*"]),
            ("another", [f"{begins}"]),
            ("longer", [f"{type_}.*"]),
        )
    ]
    foreign = made(guarded, f"{hears.url}/foreign", key="other", event_types=["*"])
    off = made(guarded, f"{hears.url}/off", event_types=[type_])
    asked(guarded, "POST", f"{ENDPOINTS}/{off['id']}", {"status": "disabled"})
    event = told(guarded, type_, event_id=f"once.{begins}")
    assert told(guarded, type_, event_id=f"once.{begins}") == event
    for name in ("exact", "begins"):
        assert [each.event["id"] for each in hears.wait(f"/{name}")] == [event["id"]]
    assert [len(deliveries(guarded, each)) for each in (*wanting, off)] == [1, 1, 0, 0, 0]
    assert asked(guarded, "GET", f"{ENDPOINTS}/{foreign['id']}/deliveries", key="other")["data"] == []


def test_what_is_not_acknowledged_is_attempted_again_and_then_no_more(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    endpoint = made(guarded, f"{hears.url}/again", event_types=[type_])
    elsewhere = {"location": f"{hears.url}/elsewhere"}
    hears.answers["/again"] = [(500, {}), (302, elsewhere)]
    told(guarded, type_)
    delivery = over(guarded, endpoint)
    assert [each["status_code"] for each in delivery["attempts"]] == [500, 302, 204]
    got = hears.at("/again")
    assert len(got) == 3
    assert hears.at("/elsewhere") == []
    assert len({each.headers["webhook-id"] for each in got}) == 1
    for each in got:
        Webhook(endpoint["signing_secret"]).verify(each.body, each.headers)


def test_what_is_never_acknowledged_is_given_up_and_its_endpoint_with_it(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    endpoint = made(guarded, f"{hears.url}/never", event_types=[type_])
    hears.answers["/never"] = [(500, {})] * 3
    event = told(guarded, type_)
    delivery = over(guarded, endpoint)
    assert delivery["status"] == "failed"
    assert len(delivery["attempts"]) == 3
    place = f"{ENDPOINTS}/{endpoint['id']}"
    found = asked(guarded, "GET", place)
    assert (found["status"], found["disabled_reason"]) == ("disabled", "failing")
    again = f"{place}/deliveries/{delivery['id']}/redeliver"
    assert sent(guarded, "POST", again).status_code == 409
    asked(guarded, "POST", place, {"status": "enabled"})
    renewed = asked(guarded, "POST", again, None, **{"idempotency-key": type_})
    assert asked(guarded, "POST", again, None, **{"idempotency-key": type_}) == renewed
    assert renewed["status"] == "pending"
    assert hears.wait("/never", 4)[-1].headers["webhook-id"] == event["id"]
    assert over(guarded, endpoint)["id"] == renewed["id"]
    assert len(deliveries(guarded, endpoint)) == 2


def test_who_is_gone_gets_nothing_more(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    endpoint = made(guarded, f"{hears.url}/gone", event_types=[type_])
    hears.answers["/gone"] = [(410, {})]
    told(guarded, type_)
    assert over(guarded, endpoint)["status"] == "failed"
    found = asked(guarded, "GET", f"{ENDPOINTS}/{endpoint['id']}")
    assert (found["status"], found["disabled_reason"]) == ("disabled", "gone")
    told(guarded, type_)
    assert len(deliveries(guarded, endpoint)) == 1


def test_retry_after_is_waited_for_in_both_its_forms(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    hears.answers["/seconds"] = [(429, {"retry-after": "1"})]
    hears.answers["/date"] = [(503, {"retry-after": formatdate(time.time() + 3600, usegmt=True)})]
    endpoints = [made(guarded, f"{hears.url}/{name}", event_types=[type_]) for name in ("seconds", "date")]
    told(guarded, type_)
    for endpoint in endpoints:
        # An hour is more than the longest pause of this server, which is a second.
        first, second = over(guarded, endpoint)["attempts"]
        assert second["attempted_at"] - first["attempted_at"] in (1, 2)


def test_nobody_there_is_told_as_an_attempt(guarded: Child) -> None:
    type_ = new_type()
    endpoint = made(guarded, "http://127.0.0.1:1/", event_types=[type_])
    told(guarded, type_)
    attempts = over(guarded, endpoint)["attempts"]
    assert [(each["status_code"], each["error"]) for each in attempts] == [(None, "connection_failed")] * 3


def test_secrets_are_changed_with_and_without_an_overlap(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    first = made(guarded, f"{hears.url}/rotated", event_types=[type_])
    place = f"{ENDPOINTS}/{first['id']}"
    second = asked(guarded, "POST", f"{place}/rotate_secret", {"keep_old_secret_active_for_24_hours": True})
    assert 86000 < second["previous_secret_expires_at"] - time.time() <= 86400
    assert "signing_secret" not in asked(guarded, "GET", place)
    told(guarded, type_)
    (got,) = hears.wait("/rotated")
    assert len(got.headers["webhook-signature"].split(" ")) == 2
    for each in (first, second):
        Webhook(each["signing_secret"]).verify(got.body, got.headers)
    third = asked(guarded, "POST", f"{place}/rotate_secret", {})
    assert third["previous_secret_expires_at"] is None
    told(guarded, type_)
    got = hears.wait("/rotated", 2)[-1]
    Webhook(third["signing_secret"]).verify(got.body, got.headers)
    assert len(got.headers["webhook-signature"].split(" ")) == 1


def test_a_test_is_answered_with_what_the_endpoint_answered(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    endpoint, beside = (made(guarded, f"{hears.url}/{name}", event_types=[type_]) for name in ("tested", "beside"))
    hears.answers["/tested"] = [(418, {})]
    place = f"{ENDPOINTS}/{endpoint['id']}"
    result = asked(guarded, "POST", f"{place}/test", {"event_type": type_})
    delivery = result.pop("delivery_id")
    assert result == {
        "object": "webhook_endpoint.test",
        "event_type": type_,
        "status_code": 418,
        "success": True,
        "webhook_endpoint_id": endpoint["id"],
    }
    found = asked(guarded, "GET", f"{place}/deliveries/{delivery}")
    assert (found["status"], len(found["attempts"])) == ("failed", 1)
    assert asked(guarded, "GET", place)["status"] == "enabled"
    assert hears.at("/tested")[0].event == asked(guarded, "GET", f"{EVENTS}/{found['event_id']}")
    assert asked(guarded, "GET", f"{EVENTS}?type={type_}")["data"] == []
    assert deliveries(guarded, beside) == []
    nowhere = made(guarded, "http://127.0.0.1:1/", event_types=[type_])
    refused = sent(guarded, "POST", f"{ENDPOINTS}/{nowhere['id']}/test", {})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "endpoint_unreachable")


def test_the_end_of_a_batch_is_delivered(guarded: Child, hears: Receiver) -> None:
    made(guarded, f"{hears.url}/batches", event_types=["batch.*"])
    file = guarded.client.post(
        "/v1/files",
        files={"file": ("lines.jsonl", b"no json")},
        data={"purpose": "batch"},
        headers={"authorization": "Bearer right"},
    ).json()
    body = {"input_file_id": file["id"], "endpoint": "/v1/chat/completions", "completion_window": "24h"}
    batch = asked(guarded, "POST", "/v1/batches", body)
    (got,) = hears.wait("/batches")
    assert (got.event["type"], got.event["data"]) == ("batch.failed", {"id": batch["id"]})
    until(lambda: asked(guarded, "GET", f"/v1/batches/{batch['id']}")["status"] == "failed")
