"""What counts as one invalid request in both modes, and which request is blamed for a silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.validation.pools import Aftermath, aftermaths, both_modes
from wirecheck.areas.validation.requirements import survives_invalid_requests
from wirecheck.evidence.exchange import LAST, End, Exchange, Intent
from wirecheck.judging.requirement import Broken

from tests.suite.exchanges import QUESTION, answered, asked


def _invalid(status: int, **fields: Any) -> Exchange:
    intent = Intent("test", "broken", valid=False, field="user")
    return answered({}, status=status, request=asked(body=QUESTION | fields), intent=intent)


@pytest.mark.parametrize(
    ("fields", "pairs"),
    [
        ({"user": 0}, 1),
        ({"user": 0, "stream_options": None}, 1),
        # Without a stream these are one mistake more: refusing them there says nothing of the stream.
        ({"user": 0, "stream_options": {"include_usage": True}}, 0),
        ({"stream_options": {"include_usage": 0}}, 0),
    ],
)
def test_only_what_means_the_same_in_both_modes_is_compared(fields: dict[str, Any], pairs: int) -> None:
    seen = [_invalid(400, **fields), _invalid(200, **fields, stream=True)]
    assert len(list(both_modes.make(seen))) == pairs


def _chat(
    status: int | None, case: str = "", *, valid: bool | None, plain: bool = False, last: bool = False
) -> Exchange:
    intent = Intent(LAST if last else "test", case, valid, provokes="sign of life" if plain else "")
    end: End = "no answer" if status is None else "complete"
    return replace(answered({}, status=status, end=end, intent=intent), error="" if status else "nothing more")


def _blamed(*seen: Exchange) -> set[str]:
    last = _chat(None, valid=True, plain=True, last=True)
    pairs = list(aftermaths.make([*seen, last]))
    return {each.message for pair in pairs if pair.alive is last for each in _violations(pair)}


def _violations(pair: Aftermath) -> list[Broken]:
    return [each for each in survives_invalid_requests(pair) if isinstance(each, Broken)]


def test_what_came_after_the_silence_fell_is_not_to_blame() -> None:
    plain, gone = _chat(200, valid=True, plain=True), _chat(None, valid=True, plain=True)
    harmless, killer = _chat(400, "n is 0", valid=False), _chat(None, "16 MiB", valid=None)
    said = {"16 MiB: nothing more", "after '16 MiB', a plain request: nothing more"}
    assert _blamed(plain, harmless, killer) == said
    assert _blamed(plain, killer, gone, harmless) == said, "it refuses still, and serves nobody"
    assert _blamed(plain, harmless, gone) == {"after 'n is 0', a plain request: nothing more"}
