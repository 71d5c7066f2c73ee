"""The laws of cursors, whatever is made and deleted in between: every page is what a list in memory would show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, multiple, rule, run_state_machine_as_test

from tests.reference.child import CHAT, Child, child
from tests.reference.files.forms import FILES, uploaded

CONVERSATIONS: Final = "/v1/conversations"
KEYS: Final = ("one", "other")
TENANTS: Final = st.sampled_from(KEYS)
LIMITS: Final = st.none() | st.integers(1, 4)


def authorized(tenant: str) -> dict[str, str]:
    return {"authorization": f"Bearer {tenant}"}


def store(server: Child, tenant: str) -> str:
    """A stored completion, by its id."""
    answer = server.chat("x", store=True, headers=authorized(tenant))
    assert answer.status_code == 200, answer.text
    id_: str = answer.json()["id"]
    return id_


def upload(server: Child, tenant: str) -> str:
    """An uploaded file, by its id."""
    return uploaded(server, key=tenant)


def converse(server: Child, tenant: str) -> str:
    """A conversation, by its id."""
    answer = server.client.post(CONVERSATIONS, json={}, headers=authorized(tenant))
    assert answer.status_code == 200, answer.text
    id_: str = answer.json()["id"]
    return id_


@dataclass(frozen=True)
class Listed:
    """A list, how one of its things is made, and what a page is of it that nobody has asked to be another."""

    path: str
    make: Callable[[Child, str], str]
    limit: int
    newest_first: bool


LISTS: Final = (
    Listed(CHAT, store, 20, newest_first=False),
    Listed(FILES, upload, 10_000, newest_first=True),
    Listed(CONVERSATIONS, converse, 20, newest_first=True),
)


@pytest.fixture(params=["memory", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Child]:
    """A server of two tenants that keeps nothing yet."""
    keys = [part for key in KEYS for part in ("--api-key", key)]
    database = [] if request.param == "memory" else ["--database", request.getfixturevalue("database")]
    with child(tmp_path, *keys, *database) as running:
        yield running


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.path)
def test_a_list_is_what_one_in_memory_would_be(server: Child, listed: Listed) -> None:
    class Lists(RuleBasedStateMachine):
        ids = Bundle("ids")
        gone = Bundle("gone")

        def __init__(self) -> None:
            super().__init__()
            self.kept: dict[str, list[str]] = {tenant: [] for tenant in KEYS}

        @rule(target=ids, tenant=TENANTS, count=st.integers(1, 3))
        def create(self, tenant: str, count: int) -> Any:
            made = [listed.make(server, tenant) for _ in range(count)]
            self.kept[tenant] += made
            return multiple(*made)

        @rule(target=gone, id_=consumes(ids))
        def delete(self, id_: str) -> str:
            for tenant, kept in self.kept.items():
                status = 200 if id_ in kept else 404
                answer = server.client.delete(f"{listed.path}/{id_}", headers=authorized(tenant))
                assert answer.status_code == status, answer.text
                self.kept[tenant] = [each for each in kept if each != id_]
            return id_

        @rule(tenant=TENANTS, after=st.none() | ids | gone, limit=LIMITS, order=st.sampled_from([None, "asc", "desc"]))
        def look(self, tenant: str, after: str | None, limit: int | None, order: str | None) -> None:
            query = {"after": after, "limit": limit, "order": order}
            given = {name: value for name, value in query.items() if value is not None}
            answer = server.client.get(listed.path, params=given, headers=authorized(tenant))
            backwards = listed.newest_first if order is None else order == "desc"
            kept = self.kept[tenant][::-1] if backwards else self.kept[tenant]
            if after is not None and after not in kept:
                assert (answer.status_code, answer.json()["error"]["param"]) == (400, "after")
                return
            rest = kept[0 if after is None else kept.index(after) + 1 :]
            page = answer.json()
            shown = rest[: limit or listed.limit]
            assert [each["id"] for each in page["data"]] == shown
            assert page["has_more"] is (len(rest) > len(shown))
            assert (page["first_id"], page["last_id"]) == ((shown[0], shown[-1]) if shown else (None, None))

        def teardown(self) -> None:
            for tenant, kept in self.kept.items():
                for id_ in kept:
                    server.client.delete(f"{listed.path}/{id_}", headers=authorized(tenant))

    checks = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
        database=None,
    )
    run_state_machine_as_test(Lists, settings=checks)
