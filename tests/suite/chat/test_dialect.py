"""What a model takes is learned in a few requests, however it says what it refuses."""

from __future__ import annotations

import asyncio
from itertools import combinations
from typing import Any

import pytest
from wirecheck.areas.chat.asking import STEADY
from wirecheck.areas.chat.dialect import LIMITS, ROOM, STEADYING, Dialect
from wirecheck.areas.chat.probes.chat import sync
from wirecheck.areas.chat.probes.dialect import MOST, learned, spoken
from wirecheck.asking.draft import Draft
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange

from tests.suite.exchanges import answered, asked

FIELDS = (*LIMITS, *STEADYING)


class Model:
    """An asker whose server refuses fields, and names them in one way or another; its model may think."""

    quick = False

    def __init__(self, refuses: tuple[str, ...], naming: str = "param", thoughts: int = 0, window: int = 0) -> None:
        self.refuses = refuses
        self.naming = naming
        self.thoughts = thoughts
        owner = {"context_window": window} if window else {}
        self.target = Target("http://host", "http://host/v1", model="m", owner=owner)
        self.sent: list[Any] = []
        self.seen: dict[str, Any] = {}

    async def send(self, draft: Draft) -> Exchange:
        """Answers as the model does."""
        self.sent.append(draft.json)
        wrong = [name for name in FIELDS if name in self.refuses and name in draft.json]
        request = asked(body=draft.json)
        if wrong:
            return answered({"error": self._error(wrong[-1])}, status=400, request=request)
        limit = min((draft.json[name] for name in LIMITS if name in draft.json), default=10_000)
        spoke = limit > self.thoughts
        message = {"role": "assistant", "content": "yes" if spoke else ""}
        message |= {"reasoning_content": "hm"} if self.thoughts else {}
        choice = {"index": 0, "message": message, "finish_reason": "stop" if spoke else "length"}
        return answered({"choices": [choice]}, request=request)

    def _error(self, name: str) -> dict[str, Any]:
        told = f"Unsupported parameter: '{name}' is not supported. Use 'max_completion_tokens' or 'seed' instead."
        if self.naming == "unnamed":
            return {"message": "No."}
        return {"message": told, "param": name if self.naming == "param" else None}

    async def see(self, probe: Any) -> Any:
        """Asks a probe once."""
        if probe.name not in self.seen:
            self.seen[probe.name] = await probe.ask(self)
        return self.seen[probe.name]


SUBSETS = [subset for size in range(len(FIELDS) + 1) for subset in combinations(FIELDS, size)]


@pytest.mark.parametrize("naming", ["param", "message", "unnamed"])
@pytest.mark.parametrize("thoughts", [0, 5, 500])
@pytest.mark.parametrize("refuses", SUBSETS, ids=" ".join)
def test_what_is_refused_is_learned(refuses: tuple[str, ...], naming: str, thoughts: int) -> None:
    model = Model(refuses, naming, thoughts)
    found: Dialect = asyncio.run(model.see(spoken))
    assert len(model.sent) <= MOST
    limit = next((name for name in LIMITS if name not in refuses), "")
    # The newer limit is tried only where the older one is refused.
    assert found.refused == {name for name in refuses if name != LIMITS[1] or LIMITS[0] in refuses}
    assert found.limit == limit
    # Who names nothing is asked in parts, and never for a whole answer.
    assert found.room == (ROOM if thoughts and not (refuses and naming == "unnamed" and found.refused) else 0)
    before = len(model.sent)
    model.target = model.target.with_trait("chat", found)
    answer = asyncio.run(model.see(sync))
    assert answer.status == 200, "what is asked in the dialect is answered"
    assert len(model.sent) - before <= 1


def test_a_server_that_fails_is_not_taken_for_one_that_refuses() -> None:
    class Failing(Model):
        async def send(self, draft: Draft) -> Exchange:
            self.sent.append(draft.json)
            return answered({"error": {"message": "seed"}}, status=500, request=asked(body=draft.json))

    model = Failing(())
    assert asyncio.run(model.see(learned)).dialect == Dialect()
    assert len(model.sent) == 1


def test_thoughts_get_a_part_of_a_small_window() -> None:
    assert asyncio.run(Model((), thoughts=5, window=400).see(spoken)).room == 100


def test_a_dialect_is_spoken() -> None:
    asks = {**STEADY, "stop": "x"}
    assert Dialect().of(asks) == asks
    thinking = Dialect("max_completion_tokens", frozenset({"max_tokens", "temperature", "seed"}), room=100)
    assert thinking.of(asks) == {"stop": "x", "max_completion_tokens": 164}
    assert thinking.of({"max_tokens": 5}) == {"max_completion_tokens": 5}, "a limit that is there to cut stays"
    assert Dialect("", frozenset(LIMITS)).of(asks) == {"stop": "x", "temperature": 0, "seed": 7}
    assert str(Dialect()) == ""
    assert str(thinking) == "the model does not take max_tokens, seed, temperature and thinks before it speaks"
