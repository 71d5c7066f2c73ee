"""When a delivery is attempted again, and what is sent. No server, no network, no waiting."""

from __future__ import annotations

import json
from email.utils import formatdate

import pytest
from standardwebhooks import Webhook
from wirecheck_reference.jobs.deliveries import Retries
from wirecheck_reference.jobs.posting import Outcome, post_of, seconds_of
from wirecheck_reference.store.delivery_work import Verdict

NOW = 1_767_225_600.0
RETRIES = Retries(first=5, most=100, attempts=4)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_success_is_the_end(status: int) -> None:
    assert RETRIES.verdict(Outcome(status), 1, NOW) == Verdict("succeeded")


@pytest.mark.parametrize("status", [None, 301, 302, 400, 404, 408, 500, 503])
def test_all_else_is_attempted_again_until_it_is_too_much(status: int | None) -> None:
    assert RETRIES.verdict(Outcome(status), 3, NOW).status == "pending"
    assert RETRIES.verdict(Outcome(status), 4, NOW) == Verdict("failed")


def test_gone_is_gone() -> None:
    assert RETRIES.verdict(Outcome(410), 1, NOW) == Verdict("failed", disabled="gone")


@pytest.mark.parametrize(("tries", "most"), [(1, 5), (2, 10), (3, 20)])
def test_pauses_grow_and_are_left_to_chance(tries: int, most: int) -> None:
    dues = {RETRIES.verdict(Outcome(500), tries, NOW).due for _ in range(200)}
    seconds = [(each or 0) / 1000 - NOW for each in dues]
    assert min(seconds) >= 0
    assert most * 0.8 < max(seconds) <= most
    assert min(seconds) < most * 0.2


def test_no_pause_is_longer_than_the_longest() -> None:
    many = Retries(first=5, most=100, attempts=10_000)
    assert (many.verdict(Outcome(500), 9_000, NOW).due or 0) / 1000 - NOW <= 100


@pytest.mark.parametrize(("status", "said", "least"), [(429, 50, 50), (503, 50, 50), (503, 1e9, 100), (500, 50, 0)])
def test_who_asks_for_a_pause_gets_it_within_bounds(status: int, said: float, least: float) -> None:
    due = RETRIES.verdict(Outcome(status, None, said), 1, NOW).due or 0
    assert least <= due / 1000 - NOW <= max(least, 5)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *((formatdate(NOW + 60, usegmt=True), 60), (formatdate(NOW - 60, usegmt=True), 0)),
        *(("0", 0), (" 7 ", 7), ("9" * 400, 999_999_999), ("-1", None), ("1.5", None), ("soon", None)),
        *(("", None), (None, None), ("٣", None)),
    ],
)
def test_what_retry_after_says(text: str | None, seconds: float | None) -> None:
    assert seconds_of(text, NOW) == seconds


def test_each_secret_signs() -> None:
    event = {"id": "evt_1", "object": "event", "created_at": 1, "type": "a", "data": {"ä": "🦊"}}
    secrets = ["whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "whsec_FxYVFBMSERAPDg0MCwoJCAcGBQQDAgEA"]
    post = post_of(event, "https://a.example/", secrets, NOW + 0.9)
    assert json.loads(post.body) == event
    assert post.headers["webhook-timestamp"] == "1767225600"
    # Not `verify`, which looks at the clock.
    to_sign = post.headers["webhook-signature"].split(" ")
    assert len(set(to_sign)) == 2
    assert all(each.startswith("v1,") for each in to_sign)
    assert Webhook(secrets[0])
