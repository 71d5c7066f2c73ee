"""The same seed sends the same requests and gives the same verdicts; another seed sends others."""

from __future__ import annotations

import re
from pathlib import Path

from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.verdict import Judgement
from wirecheck.run import Mode

from tests.proof.judging import address, choice, judge, serving

# The ids that a server chose, of calls and of things that it keeps, which later requests repeat; and where the run
# hears what it sends.
_ID = re.compile(rb"[0-9a-f]{32}|127\.0\.0\.1:[0-9]+")


def _sent(exchanges: list[Exchange]) -> list[tuple[str, bytes, bytes]]:
    """What was sent, without what a server chose (its port, ids) and how often it was looked at."""
    kept = [each.request for each in exchanges if each.request.path != "/health"]
    told = [(each.method, _without_ids(each.path.encode()), _without_ids(each.body)) for each in kept]
    # Requests that are under way together are seen in the order of their answers, and how often something is looked at
    # until it is so is a matter of time.
    return sorted([*(each for each in told if each[0] != "GET"), *{each for each in told if each[0] == "GET"}])


def _without_ids(data: bytes) -> bytes:
    return _ID.sub(b"id", data)


def _judged(folder: Path, mode: Mode, seed: int) -> tuple[Judgement, list[Exchange]]:
    with serving(folder) as url:
        return judge(address(url, None), choice(mode, seed=seed))


def _outcomes(judgement: Judgement) -> dict[str, str]:
    return {each.requirement.id: each.outcome for each in judgement.results}


def test_the_same_seed_sends_the_same(tmp_path: Path) -> None:
    first, sent = _judged(tmp_path, "default", 7)
    second, again = _judged(tmp_path, "default", 7)
    assert _sent(sent) == _sent(again)
    assert _outcomes(first) == _outcomes(second)
    assert len(sent) == first.cost.requests


def test_another_seed_sends_other_nonces(tmp_path: Path) -> None:
    bodies = []
    for seed in (1, 2):
        _, sent = _judged(tmp_path, "quick", seed)
        bodies.append({each.request.body for each in sent if re.search(rb"code [0-9a-f]{8}", each.request.body)})
    assert bodies[0]
    assert not bodies[0] & bodies[1]
