"""The sentences on webhooks, on what no fault gives."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from standardwebhooks import Webhook
from wirecheck.areas.webhooks.asking import ENDPOINTS
from wirecheck.areas.webhooks.probes.deliveries import Life, Throttled
from wirecheck.areas.webhooks.probes.samples import Rotated
from wirecheck.areas.webhooks.reading import Heard, is_secret, is_signed
from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Exchange, Request

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.exchanges import SENT, answered, asked

SECRET: Final = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="  # noqa: S105 - of nobody
OTHER: Final = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
NOW: Final = int(SENT)


def event(name: str) -> dict[str, Any]:
    return {"id": f"evt_{name}", "object": "event", "created_at": NOW, "type": f"t.{name}", "data": {"a": "日本語"}}


def told(name: str) -> Exchange:
    return answered(event(name), status=202, request=asked("/v1/events"))


def arrival(
    name: str, status: int = 200, second: float = 0, *, secrets: tuple[str, ...] = (SECRET,), **headers: str
) -> Arrival:
    body = json.dumps(event(name)).encode()
    time = int(NOW + second)
    when = datetime.fromtimestamp(time, UTC)
    signature = " ".join(Webhook(each).sign(f"evt_{name}", when, body.decode()) for each in secrets)
    given = {"webhook-id": f"evt_{name}", "webhook-timestamp": str(time), "webhook-signature": signature}
    given |= {"content-type": "application/json"} | {key.replace("_", "-"): value for key, value in headers.items()}
    request = Request("POST", "/x", "http://run/x", tuple(given.items()), body)
    return Arrival(request, status, NOW + second, 1000 + second)


def heard(*arrivals: Arrival, types: tuple[str, ...] = ("t.*",), secret: str = SECRET) -> Heard:
    made = {"id": "we_1", "signing_secret": secret}
    body = {"url": "http://run/x", "event_types": list(types)}
    return Heard(answered(made, request=asked(ENDPOINTS, body=body)), arrivals)


def delivery(status: str = "succeeded", **fields: Any) -> dict[str, Any]:
    attempts = [{"status_code": code} for code in (500, 500, 200)]
    return {"id": "whd_1", "event_id": "evt_paid", "status": status, "attempts": attempts} | fields


def page(*entries: dict[str, Any]) -> Exchange:
    return answered({"object": "list", "data": list(entries)}, request=asked(f"{ENDPOINTS}/we_1/deliveries", "GET"))


def endpoint(**fields: Any) -> Exchange:
    return answered({"id": "we_1"} | fields, request=asked(f"{ENDPOINTS}/we_1", "GET"))


FLAKY: Final = (arrival("paid", 500), arrival("paid", 500, 1), arrival("paid", 200, 2))
LIFE: Final = Life(
    told("again"),
    told("paid"),
    good=heard(arrival("again", 204), arrival("paid", 204)),
    flaky=heard(*FLAKY, types=("t.paid",)),
    moved=heard(arrival("paid", 307), types=("t.paid",)),
    gone=heard(arrival("again", 410), types=("t.again", "t.paid")),
    other=heard(types=("t.other",)),
    off=heard(),
    deleted=heard(),
    foreign=heard(),
    elsewhere=(),
    turned_off=endpoint(status="disabled"),
    deletion=answered({"deleted": True}, request=asked(f"{ENDPOINTS}/we_1", "DELETE")),
    gone_shown=endpoint(status="disabled", disabled_reason="gone"),
    events=(
        answered(event("again"), request=asked("/v1/events/evt_again", "GET")),
        answered(event("paid"), request=asked("/v1/events/evt_paid", "GET")),
    ),
    page=page(delivery()),
    pages=(("succeeded", page(delivery())), ("failed", page())),
    redelivery=answered({"id": "whd_2", "event_id": "evt_paid"}, status=202, request=asked(f"{ENDPOINTS}/we_1")),
    after=(arrival("paid", 200, 3),),
    patience=3,
)
ON_LIFE: Final = (
    *("delivered", "wanted", "tenant", "disabled", "told-again", "body", "media-type", "id", "signature"),
    *("acknowledged", "retried", "redirect", "gone", "succeeded", "attempts", "status-filter", "redelivered"),
)


@pytest.mark.parametrize("name", ON_LIFE)
def test_what_is_right_passes(name: str) -> None:
    assert graded(f"webhooks.{name}", LIFE) == PASSED


@pytest.mark.parametrize("name", ON_LIFE)
def test_of_what_never_came_nothing_else_is_told(name: str) -> None:
    nothing = heard()
    silent = replace(LIFE, good=nothing, flaky=nothing, moved=nothing, gone=nothing, page=page(), after=())
    silent = replace(silent, redelivery=None, pages=(("succeeded", page()), ("failed", page())))
    wanted = FAILED if name == "delivered" else UNTESTABLE
    assert graded(f"webhooks.{name}", silent) == wanted


@pytest.mark.parametrize(
    ("shown", "outcome"),
    [
        (delivery("pending", next_attempt_at=NOW + 60), UNTESTABLE),
        (delivery("pending", next_attempt_at=NOW + 2), FAILED),
        (delivery("failed", next_attempt_at=None), FAILED),
        ({}, FAILED),
    ],
)
def test_who_comes_again_later_than_is_waited_for_is_not_accused(shown: dict[str, Any], outcome: str) -> None:
    seen = replace(LIFE, flaky=heard(FLAKY[0], types=("t.paid",)), page=page(shown))
    assert graded("webhooks.retried", seen) == outcome


def test_what_is_not_known_of_is_not_judged() -> None:
    once = replace(LIFE, flaky=heard(FLAKY[0], types=("t.paid",)))
    assert graded("webhooks.acknowledged", once) == UNTESTABLE
    assert graded("webhooks.tenant", replace(LIFE, foreign=None)) == UNTESTABLE
    enabled = replace(LIFE, turned_off=endpoint(status="enabled"), off=heard(arrival("paid")))
    assert graded("webhooks.disabled", enabled) == PASSED


def test_other_signatures_may_stand_beside() -> None:
    right = arrival("paid").header("webhook-signature")
    beside = arrival("paid", webhook_signature=f"v1a,abc= {right}")
    assert is_signed(beside, SECRET)
    assert not is_signed(beside, OTHER)
    assert not is_signed(arrival("paid", webhook_timestamp="soon"), SECRET)
    assert not is_signed(arrival("paid", webhook_timestamp="9" * 30), SECRET)
    assert not is_signed(arrival("paid"), "whsec_")
    assert not is_signed(arrival("paid"), "whsec_é")


def test_what_a_secret_is() -> None:
    assert is_secret(SECRET)
    assert not any(map(is_secret, ("", "whsec_", "whsec_YWJj", SECRET.removeprefix("whsec_"), f"{SECRET}!")))


@pytest.mark.parametrize(
    ("times", "outcome"),
    [((0, 3), PASSED), ((0, 0), FAILED), ((-1000, -997), FAILED), ((0,), UNTESTABLE), ((), UNTESTABLE)],
)
def test_timestamps_go_with_the_clock(times: tuple[int, ...], outcome: str) -> None:
    came = [arrival("paid", 503, second, webhook_timestamp=str(NOW + time)) for time, second in zip(times, (0, 3))]  # noqa: B905 - as many as there are
    assert graded("webhooks.timestamp", Throttled(told("paid"), heard(*came))) == outcome


@pytest.mark.parametrize(
    ("secrets", "outcomes"),
    [
        (((SECRET,), (OTHER, SECRET), (SECRET,)), (PASSED, PASSED, PASSED)),
        (((SECRET,), (OTHER,), (SECRET,)), (PASSED, FAILED, PASSED)),
        (((SECRET,), (SECRET,), (SECRET, OTHER)), (FAILED, PASSED, FAILED)),
        (((OTHER,), (OTHER,), (OTHER,)), (UNTESTABLE, UNTESTABLE, UNTESTABLE)),
    ],
)
def test_a_change_of_the_secret(secrets: tuple[tuple[str, ...], ...], outcomes: tuple[str, ...]) -> None:
    """The first secret is good again at last, so that two are enough: the one between them must not be."""
    rotations = [answered({"signing_secret": each}, request=asked(ENDPOINTS)) for each in (SECRET, OTHER, SECRET)]
    first, second, third = (arrival("x", secrets=each) for each in secrets)
    seen = Rotated(rotations[0], rotations[1], rotations[2], (first, second, third))
    assert tuple(graded(f"webhooks.{name}", seen) for name in ("rotated", "overlap", "withdrawn")) == outcomes
