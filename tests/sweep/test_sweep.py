"""The sweep of a real server: what it sends, what its evidence is worth, and that it keeps its bounds."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest
from wirecheck.areas.chat.generated import MOST_CHOICES, MOST_TOKENS
from wirecheck.asking.client import GIVE_UP
from wirecheck.asking.probe import Probe
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import HIDDEN, Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge
from wirecheck.sweeping import cases
from wirecheck.sweeping.shares import FIRST, next_seed, passes
from wirecheck.sweeping.sweep import SweepBroken, Swept

from tests.reference.child import Child, child
from tests.sweep.sweeping import KEY, asked, swept

CHAT = ("POST", "/v1/chat/completions")


def _failed(exchanges: list[Exchange]) -> set[str]:
    judged = (judge(each, exchanges) for each in requirements() if not isinstance(each.on, Probe))
    return {result.requirement.id for result in judged if result.outcome in ("failed", "errored")}


def test_a_good_server_breaks_nothing(seen: list[Exchange]) -> None:
    assert _failed(seen) == set()


def test_the_evidence_is_broad(seen: list[Exchange]) -> None:
    # What changes something is not asked: nobody has allowed it.
    free = {each.id for each in operations() if each.stateless}
    assert {each.operation.id for each in seen if each.operation} == free
    chats = [each for each in seen if (each.request.method, each.request.path) == CHAT]
    refused = [each for each in chats if each.intent.valid is False]
    taken = [each for each in chats if each.intent.valid is True]
    assert len(refused) > 300
    assert {each.status for each in refused} <= {400, 415, 422}
    assert len(taken) > 20
    assert {each.status for each in taken} == {200}
    assert sum(each.media_type == "text/event-stream" for each in taken) > 15
    assert sum(b'"stream": true' in each.request.body for each in refused) > 100
    assert {each.intent.origin for each in seen} == {"sweep"}


def test_a_valid_request_is_cheap(seen: list[Exchange]) -> None:
    for each in seen:
        body = each.request.json
        if each.intent.valid and isinstance(body, dict) and (each.request.method, each.request.path) == CHAT:
            limits = [body.get(name) for name in ("max_tokens", "max_completion_tokens")]
            assert any(limit is not None and limit <= MOST_TOKENS for limit in limits), body
            assert (body.get("n") or 1) <= MOST_CHOICES
            assert body["model"] == "echo"


def test_a_valid_request_for_embeddings_is_cheap(seen: list[Exchange]) -> None:
    asked_ = [each for each in seen if each.operation and each.operation.id == "createEmbedding"]
    taken = [each.request.json for each in asked_ if each.intent.valid]
    assert len(taken) > 5
    assert {body["model"] for body in taken} == {"hash-embed"}
    assert all(len(json.dumps(body)) < 20_000 for body in taken)
    refused = [each for each in asked_ if each.intent.valid is False]
    assert len(refused) > 15
    assert {each.status for each in refused} <= {400, 415, 422}
    fields = {(each.intent.field or "").partition(".")[0] for each in refused}
    assert {"input", "model", "dimensions", "encoding_format", "user"} <= fields


def test_an_operation_is_swept_where_its_feature_is_there(good: Child) -> None:
    found = swept(good.url, most=60, features=frozenset())
    assert "createEmbedding" not in {each.operation.id for each in found if each.operation}


def test_only_the_areas_that_are_judged_are_swept(good: Child) -> None:
    found = swept(good.url, most=60, areas=frozenset({"files", "models"}))
    free = {each.id for each in operations() if each.stateless and set(each.tags) & {"files", "models"}}
    assert {each.operation.id for each in found if each.operation and each.intent.valid} <= free
    assert {"listFiles", "listModels"} <= {each.operation.id for each in found if each.operation}


def test_the_key_goes_with_each_request_and_into_no_record(seen: list[Exchange]) -> None:
    assert all(("authorization", f"Bearer {HIDDEN}") in each.request.headers for each in seen)
    assert KEY not in repr(seen)
    assert all(each.status != 401 for each in seen)


def test_no_request_is_sent_twice(seen: list[Exchange]) -> None:
    # The smallest request is sent before and after the others of its operation, to see whether it is still served.
    sent = [each.request for each in seen if each.intent.provokes != "sign of life"]
    drawn = [(each.method, each.path, each.body, each.headers) for each in sent]
    assert len(set(drawn)) == len(drawn) <= len(seen) <= 1400


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        ("never-says-done", {"stream.done"}),
        ("answers-200-before-it-validates", {"validation.refused", "validation.stream-status"}),
    ],
)
def test_a_fault_is_found_with_the_same_requests(
    fault: str, broken: set[str], seen: list[Exchange], tmp_path: Path
) -> None:
    with child(tmp_path, "--api-key", KEY, "--fault", fault) as running:
        found = swept(running.url)
    assert _failed(found) == broken
    assert asked(found) == asked(seen)


def test_another_seed_draws_other_requests(good: Child) -> None:
    # Asked before: what the lists of a server show is asked for, and stays the same from here on.
    _, one, again, other = (swept(good.url, seed=seed, most=450) for seed in (1, 1, 1, 2))
    assert asked(again) == asked(one)
    assert asked(other) != asked(one)


def test_queries_that_a_server_does_not_read_decide_nothing(good: Child) -> None:
    found = swept(good.url, most=200, features=frozenset())
    asked_for = [each for each in found if each.request.path.startswith("/v1/models?")]
    assert asked_for
    assert all(each.intent.valid is None for each in asked_for)


def test_the_number_of_requests_is_a_bound(good: Child) -> None:
    assert len(swept(good.url, most=37)) == 37


def test_a_run_that_is_stopped_sends_nothing_more(good: Child) -> None:
    stopped = threading.Event()
    watched: list[Exchange] = []

    def watch(exchange: Exchange) -> None:
        watched.append(exchange)
        if len(watched) == 10:
            stopped.set()

    found = swept(good.url, watch=watch, stopped=stopped)
    assert len(found) == len(watched) == 10


def test_a_thorough_sweep_goes_on_until_its_time_is_over(good: Child) -> None:
    began = time.monotonic()
    found = swept(good.url, thorough=True, most=1_000_000, seconds=4)
    took = time.monotonic() - began
    assert found
    # One draw may be under way when the time is over.
    assert 4 <= took < 20


class _Counting(cases.Contract):
    """A source that draws nothing, and remembers the seeds with which it was asked to."""

    def __init__(self) -> None:
        self.seeds: list[int] = []

    def coverage(self, operation: str) -> list[cases.Drawn]:
        """No boundary."""
        assert operation
        return []

    def fuzz(self, *_: object, seed: int, **__: object) -> list[cases.Drawn]:
        """Nothing."""
        self.seeds.append(seed)
        return []


def test_a_thorough_sweep_is_gone_on_with_by_another_seed() -> None:
    first, second = _Counting(), _Counting()
    chat = operations()["createChatCompletion"]
    drawn = passes(first, [chat], 7, lambda: 1000, thorough=True)
    last = next(each for each in drawn if each.turn == FIRST + 2)
    new = first.seeds[-1]
    goes_on = passes(second, [chat], next_seed(7, last.turn), lambda: 1000, thorough=True)
    while not second.seeds:
        next(goes_on)
    assert second.seeds[0] == new
    told = Swept([], next_seed=next_seed(7, last.turn)).told(7)
    assert f"--seed {new}" in told
    assert "--seed" not in Swept([]).told(7)


def test_a_server_that_is_not_there_is_asked_little() -> None:
    found = swept("http://127.0.0.1:1", seconds=20)
    assert len(found) == GIVE_UP
    assert all(each.status is None for each in found)


def test_a_generator_that_breaks_is_not_the_servers_fault(good: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(cases.Contract):
        def fuzz(self, *_: object, **__: object) -> list[cases.Drawn]:
            raise RuntimeError("no more ideas")

    monkeypatch.setattr("wirecheck.sweeping.sweep.Contract", Broken)
    with pytest.raises(SweepBroken, match="no more ideas") as caught:
        swept(good.url, most=300)
    assert caught.value.seen
