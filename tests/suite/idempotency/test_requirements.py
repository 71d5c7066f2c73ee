"""The sentences on requests that are sent again: right, and with one answer otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.idempotency.asking import keyed, takes_key
from wirecheck.areas.idempotency.probes import Repeated
from wirecheck.asking.draft import Draft
from wirecheck.contract.operations import IDEMPOTENCY_KEY
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.exchanges import answered, asked

MARK = (("idempotent-replayed", "true"),)


def made(id_: str, *, marked: bool = False, status: int = 200, **fields: Any) -> Exchange:
    headers = MARK if marked else ()
    return answered({"id": id_, **fields}, status=status, headers=headers, request=asked("/v1/files"))


def no(status: int | None, code: Any = "used") -> Exchange:
    return answered({"error": {"message": "no", "code": code}}, status=status, request=asked("/v1/files"))


ONE, AGAIN = made("1"), made("1", marked=True)
RIGHT = Repeated(ONE, AGAIN, no(422), (made("2"), no(409), made("2", marked=True)), made("3"), no(400))
SHORT = Repeated(ONE, AGAIN, no(422))
SENTENCES = ("replay", "at-once", "other-body", "other-status", "marked", "tenant", "long")


@pytest.mark.parametrize("name", SENTENCES)
def test_what_is_right_passes(name: str) -> None:
    assert graded(f"idempotency.{name}", (RIGHT, RIGHT)) == PASSED


@pytest.mark.parametrize("name", ["at-once", "tenant", "long"])
def test_what_a_quick_run_does_not_ask_is_not_judged(name: str) -> None:
    assert graded(f"idempotency.{name}", (SHORT,)) == UNTESTABLE


@pytest.mark.parametrize(
    ("name", "changed", "outcome"),
    [
        ("replay", {"again": made("9")}, FAILED),
        ("replay", {"again": made("1", status=201)}, FAILED),
        ("replay", {"again": made("1", bytes=1)}, FAILED),
        ("replay", {"again": no(409)}, FAILED),
        ("replay", {"again": no(503)}, UNTESTABLE),
        ("at-once", {"at_once": (made("2"), made("4"))}, FAILED),
        ("at-once", {"at_once": (made("2"), no(400))}, FAILED),
        ("at-once", {"at_once": (made("2"), no(500))}, PASSED),
        ("at-once", {"at_once": (no(None), no(429))}, UNTESTABLE),
        ("other-body", {"other": made("5")}, FAILED),
        ("other-body", {"other": AGAIN}, FAILED),
        ("other-body", {"other": no(409)}, PASSED),
        ("other-status", {"other": no(409)}, FAILED),
        ("other-status", {"other": no(422, None)}, FAILED),
        ("other-status", {"other": made("5")}, UNTESTABLE),
        ("marked", {"again": ONE}, FAILED),
        ("marked", {"first": AGAIN}, FAILED),
        ("marked", {"again": made("9")}, UNTESTABLE),
        ("tenant", {"others": AGAIN}, FAILED),
        ("tenant", {"others": no(422)}, PASSED),
        ("tenant", {"others": None}, UNTESTABLE),
        ("long", {"long": made("6")}, FAILED),
        ("long", {"long": no(None)}, UNTESTABLE),
    ],
)
def test_what_is_otherwise(name: str, changed: dict[str, Any], outcome: str) -> None:
    assert graded(f"idempotency.{name}", (replace(RIGHT, **changed),)) == outcome


def test_which_requests_take_a_key() -> None:
    upload = Draft("POST", "/v1/files", body=b"x", headers={"content-type": "text/plain"})
    assert takes_key(upload)
    assert not takes_key(Draft("GET", "/v1/files"))
    assert not takes_key(Draft("POST", "/v1/embeddings"))
    assert keyed(upload, "k", "again").headers == {"content-type": "text/plain", IDEMPOTENCY_KEY: "k"}
