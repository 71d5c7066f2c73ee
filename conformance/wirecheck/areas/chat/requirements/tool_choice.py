"""Whether tools are taken in every way that is documented: spec/rules/chat/tool_choice.md."""

from __future__ import annotations

import json
from collections.abc import Iterable

from wirecheck.areas.chat.probes import tools
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.evidence.unseen import half_refused
from wirecheck.judging.requirement import Broken, Violations, requirement


def _choice(answer: Exchange) -> str:
    return json.dumps(at(answer.request.json, "tool_choice"), default=str)


def _served(answers: Iterable[Exchange]) -> set[tuple[str, bool]]:
    """The choices that were answered with 200, each with whether a stream was asked for."""
    return {(_choice(answer), answer.asks_for_stream) for answer in answers if answer.status == 200}


@requirement("tools.both-modes", on=tools.ways, feature="tools")
def takes_tools_in_both_modes(seen: tuple[Exchange, ...]) -> Violations:
    """Tools that are taken without a stream MUST be taken with one, and the other way round."""
    for answer in half_refused(seen):
        if (_choice(answer), not answer.asks_for_stream) in _served(seen):
            here, there = ("in a stream", "without one") if answer.asks_for_stream else ("without a stream", "in one")
            yield Broken(f"tool_choice {_choice(answer)}: {answer.status} {here}, 200 {there}", answer)


@requirement("tools.every-choice", on=tools.ways, feature="tools")
def takes_every_choice_of_tools(seen: tuple[Exchange, ...]) -> Violations:
    """A server that takes tools SHOULD take them with each `tool_choice`: `auto`, `none`, `required` and a named
    function.
    """
    for answer in half_refused(seen):
        others = {choice for choice, stream in _served(seen) if stream == answer.asks_for_stream}
        if others and _choice(answer) not in {choice for choice, _ in _served(seen)}:
            yield Broken(
                f"tool_choice {_choice(answer)} was answered with {answer.status}, {min(others)} with 200", answer
            )
