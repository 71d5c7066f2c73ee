"""The turn after a call: spec/rules/chat/tool_results.md."""

from __future__ import annotations

from wirecheck.areas.chat.calls import text
from wirecheck.areas.chat.probes import tools
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision, decisions
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("tools.result", on=tools.result, feature="tools")
def takes_the_result_of_a_call(seen: tuple[Exchange, ...]) -> Violations:
    """An assistant message with calls whose `content` is null or left out, followed by the calls' results, MUST be
    accepted, with and without a stream.
    """
    for answer in decisions(seen):
        if answer.status != 200:
            message = text(answer.json, "error", "message")
            yield Broken(f"answered with {answer.status}{': ' * bool(message)}{message}", answer)


@requirement("tools.result-parts", on=tools.result_in_parts, feature="tools")
def takes_results_in_parts(seen: tools.Alike) -> Violations:
    """The result of a call as a list of text parts MUST be accepted where the same text as a string is."""
    if seen.plain.status != 200:
        raise Unseen(f"the result as a string was not taken either: {seen.plain}")
    if answer_or_unseen(seen.other).status != 200:
        yield Broken(f"a result of two text parts: {seen.other.status}; as a string it is 200", seen.other)


@requirement("tools.broken-history", on=tools.broken_history, feature="tools")
def survives_a_broken_history(answer: Exchange) -> Violations:
    """A history whose call has arguments that are no JSON MUST be accepted, or refused with 400 or 422."""
    if decision(answer).status not in (200, 400, 422):
        yield f"answered with {answer.status}"
