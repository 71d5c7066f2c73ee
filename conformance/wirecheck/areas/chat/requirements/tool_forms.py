"""Tools off the main road: spec/rules/chat/tool_forms.md."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.areas.chat.calls import CUT, calls_of, choice_of, cut, text
from wirecheck.areas.chat.probes import tool_forms
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.probes.tool_forms import Bare
from wirecheck.areas.chat.probes.tools import Asked
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import ABSENT, Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

# How a request is refused for what it says.
_REFUSALS = (400, 404, 422)


def _modes(seen: Both) -> Iterator[tuple[str, Exchange]]:
    yield "", seen.sync
    yield " (stream)", seen.stream


@requirement("tools.parallel-off", on=tool_forms.one_at_most, feature="tools")
def makes_one_call_at_most(seen: Both) -> Violations:
    """`parallel_tool_calls: false` MUST be answered with at most one call, with and without a stream."""
    answers = [(mode, answer) for mode, answer in _modes(seen) if answer.status == 200]
    if not answers:
        raise Unseen("parallel_tool_calls is not taken")
    for mode, answer in answers:
        names = [call.name for call in calls_of(answer)]
        if len(names) > 1:
            yield Broken(f"parallel_tool_calls is false{mode}; the calls are {names}", answer)


@requirement("tools.no-parameters", on=tool_forms.parameterless, feature="tools")
def takes_functions_without_parameters(seen: Bare) -> Violations:
    """A function without `parameters` MUST be accepted: it takes none."""
    for (mode, answer), (_, plain) in zip(_modes(seen.bare), _modes(seen.plain), strict=True):
        if plain.status == 200 and answer.status in _REFUSALS:
            said = text(answer.json, "error", "message")[:160]
            yield Broken(f"a function without parameters{mode}: {answer.status}: {said}", answer)


@requirement("tools.empty-arguments", on=tool_forms.parameterless, feature="tools")
def writes_no_arguments_as_an_object(seen: Bare) -> Violations:
    """The arguments of a call of a function without parameters MUST be the text of a JSON object, such as `{}`, with
    and without a stream.
    """
    judged = 0
    for (mode, answer), (_, plain) in zip(_modes(seen.bare), _modes(seen.plain), strict=True):
        choice = choice_of(answer) if answer.status == 200 else None
        if choice is None or choice.finish in CUT or any(call.value is ABSENT for call in calls_of(plain)):
            continue  # What is wrong with every call is for `tools.arguments` and `tools.stream-arguments`.
        for call in calls_of(answer):
            judged += 1
            if call.value is ABSENT:
                yield Broken(f"the arguments of {call.name!r}{mode} are {call.arguments!r}; {{}} is required", answer)
    if not judged:
        raise Unseen("no call of a function without parameters was seen")


@requirement("tools.unknown-choice", on=tool_forms.not_offered, feature="tools")
def refuses_to_call_what_is_not_offered(answer: Exchange) -> Violations:
    """A `tool_choice` that names a function which is not offered MUST be refused with 400 or 422."""
    status = answer_or_unseen(answer).status or 0
    if status < 400:
        names = [call.name for call in calls_of(answer)]
        yield f"get_time is named and not offered: {status}, calls {names}; 400 or 422 is required"


@requirement("tools.rounds", on=tool_forms.rounds, feature="tools")
def takes_its_own_calls_back(seen: tuple[Exchange, ...]) -> Violations:
    """The calls of an answer, sent back as they came together with their results, MUST be accepted, round
    after round.
    """
    for answer in seen:
        if answer.status in _REFUSALS:
            said = text(answer.json, "error", "message")[:160]
            yield Broken(f"{answer.intent.case}: {answer.status}: {said}", answer)


@requirement("tools.text-beside", on=tool_forms.with_text, feature="tools")
def streams_the_text_beside_calls(seen: Asked) -> Violations:
    """Text beside calls MUST come with a stream and without, where the model says it each time."""
    whole = [[each for each in side if each.status == 200 and not cut(each)] for side in (seen.sync, seen.stream)]
    sides = [[each for each in side if calls_of(each)] for side in whole]
    found = [[bool(read(each).first.text.strip()) for each in side] for side in sides]
    if not all(len(side) > 1 for side in found) or not any(any(side) for side in found):
        raise Unseen("no answers with text beside their calls, without and with a stream")
    for side, other, mode in ((0, 1, "in the stream"), (1, 0, "without a stream")):
        if all(found[side]) and not any(found[other]):
            said = read(sides[side][0]).first.text
            yield Broken(f"the text {said[:80]!r} beside the call is not there {mode}", sides[other][0])
