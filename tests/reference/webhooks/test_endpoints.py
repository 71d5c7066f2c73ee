"""Endpoints: made, listed, changed, deleted, one caller's alone."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from tests.reference.child import Child
from tests.reference.webhooks.asking import ENDPOINTS, asked, deliveries, made, new_type, sent, told
from tests.reference.webhooks.receiver import Receiver


def test_an_endpoint_is_made_with_a_secret_that_is_told_once(guarded: Child, hears: Receiver) -> None:
    body = {"url": hears.url, "name": "nightly", "event_types": ["a.*"], "metadata": {"k": "v"}, "description": "d"}
    first = asked(guarded, "POST", ENDPOINTS, body, **{"idempotency-key": "endpoint"})
    assert asked(guarded, "POST", ENDPOINTS, body, **{"idempotency-key": "endpoint"}) == first
    secret = first.pop("signing_secret")
    assert len(b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret.endswith(first["signing_secret_hint"][-4:])
    assert {name: first[name] for name in body} == body
    assert (first["status"], first["disabled_reason"], first["previous_secret_expires_at"]) == ("enabled", None, None)
    assert asked(guarded, "GET", f"{ENDPOINTS}/{first['id']}") == first
    assert first in asked(guarded, "GET", ENDPOINTS)["data"]
    assert secret not in guarded.log.read_text()
    plain = made(guarded, "http://127.0.0.1:1/")
    assert (plain["name"], plain["event_types"]) == ("127.0.0.1", ["*"])
    asked(guarded, "DELETE", f"{ENDPOINTS}/{plain['id']}")


def test_what_is_not_sent_stays_as_it_is(guarded: Child, hears: Receiver) -> None:
    endpoint = made(guarded, hears.url, event_types=["a.*"], description="d")
    place = f"{ENDPOINTS}/{endpoint['id']}"
    changed = asked(guarded, "POST", place, {"name": "n", "event_types": None})
    assert (changed["name"], changed["event_types"], changed["description"]) == ("n", ["*"], "d")
    off = asked(guarded, "POST", place, {"status": "disabled", "description": None})
    assert (off["status"], off["disabled_reason"], off["description"]) == ("disabled", "requested", None)
    assert asked(guarded, "GET", place) == off
    assert sent(guarded, "POST", f"{place}/test", {}).status_code == 409


def test_a_deleted_endpoint_is_gone_with_its_deliveries(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    endpoint = made(guarded, f"{hears.url}/deleted", event_types=[type_])
    told(guarded, type_)
    hears.wait("/deleted")
    (delivery,) = deliveries(guarded, endpoint)
    place = f"{ENDPOINTS}/{endpoint['id']}"
    told_of = {"id": endpoint["id"], "object": "webhook_endpoint.deleted", "deleted": True}
    assert asked(guarded, "DELETE", place) == told_of
    for path in (place, f"{place}/deliveries", f"{place}/deliveries/{delivery['id']}"):
        assert sent(guarded, "GET", path).status_code == 404
    told(guarded, type_)
    assert len(hears.at("/deleted")) == 1


def test_another_caller_finds_nothing(guarded: Child, hears: Receiver) -> None:
    type_ = new_type()
    endpoint = made(guarded, f"{hears.url}/mine", event_types=[type_])
    told(guarded, type_)
    hears.wait("/mine")
    place = f"{ENDPOINTS}/{endpoint['id']}"
    one = f"{place}/deliveries/{deliveries(guarded, endpoint)[0]['id']}"
    asking: list[tuple[str, str, Any]] = [
        *(("GET", path, None) for path in (place, f"{place}/deliveries", one)),
        *(("POST", f"{place}{path}", {}) for path in ("", "/rotate_secret", "/test")),
        *(("POST", f"{one}/redeliver", None), ("DELETE", place, None)),
    ]
    for method, path, body in asking:
        assert sent(guarded, method, path, body, key="other").status_code == 404, (method, path)
    assert endpoint["id"] not in str(asked(guarded, "GET", ENDPOINTS, key="other"))
    assert asked(guarded, "GET", place)["status"] == "enabled"


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "http://0xa9fea9fe/", "http://[::ffff:169.254.1.1]:8/"]
)
def test_where_clouds_tell_their_secrets_nothing_is_sent(guarded: Child, url: str) -> None:
    refused = sent(guarded, "POST", ENDPOINTS, {"url": url})
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "url")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "//a.example/", "http://u:p@a.example/", "https://a.example/#f", "a"]
)
def test_what_is_no_such_url_is_refused(guarded: Child, url: str) -> None:
    refused = sent(guarded, "POST", ENDPOINTS, {"url": url})
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "url")


def test_the_types_of_the_server_are_told(guarded: Child) -> None:
    types = asked(guarded, "GET", "/v1/webhook_event_types")["data"]
    assert {"batch.completed", "file.deleted"} < set(types)
