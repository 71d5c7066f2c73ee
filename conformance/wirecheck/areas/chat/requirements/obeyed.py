"""Obeyed, or only accepted: spec/rules/chat/obeyed.md."""

from __future__ import annotations

from wirecheck.areas.chat.effects import accepted, ignored
from wirecheck.areas.chat.probes import obeyed
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement


def _ignored(seen: tuple[obeyed.Tried, ...]) -> Violations:
    """All that was ignored in one violation, so that it does not bury the rest."""
    without = [each for each in seen if ignored(each.answers, each.effect)]
    if without:
        names = ", ".join(each.field for each in without)
        yield Broken(f"accepted, and without any effect: {names}", accepted(without[0].answers)[0])
    elif not any(accepted(each.answers) for each in seen):
        raise Unseen("none of these fields was accepted in an answer that came to its own end")


@requirement("chat.obeyed", on=obeyed.tried, feature="effects")
def obeys_what_it_accepts(seen: tuple[obeyed.Tried, ...]) -> Violations:
    """`n`, `tools`, `response_format` and `logprobs` MUST NOT be accepted by a server that never does what they ask
    for.
    """
    yield from _ignored(seen)


@requirement("chat.obeyed-rest", on=obeyed.rarely_tried, feature="effects")
def obeys_the_rest_that_it_accepts(seen: tuple[obeyed.Tried, ...]) -> Violations:
    """Any other field that changes the answer SHOULD NOT be accepted by a server that never does what it asks for."""
    yield from _ignored(seen)
