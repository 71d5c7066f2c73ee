"""The context window: spec/rules/context.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes import context
from wirecheck.evidence.exchange import Exchange, at, whole_number
from wirecheck.evidence.unseen import Unseen, decision, decisions
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("context.exceeded", on=context.over_context, feature="context_window")
def refuses_more_than_the_window(answers: tuple[Exchange, ...]) -> Violations:
    """A prompt that does not fit the context window together with `max_tokens` MUST be refused with 400, 413 or
    422.
    """
    for answer in decisions(answers):
        if answer.status not in (400, 413, 422):
            stream = " (stream)" if at(answer.request.json, "stream") else ""
            said = f"max_tokens of the whole window{stream} was answered with {answer.status}"
            yield Broken(f"{said}; 400, 413 or 422 is required", answer)


@requirement("context.code", on=context.over_context, feature="context_window")
def says_that_the_window_is_full(answers: tuple[Exchange, ...]) -> Violations:
    """The error of a full window SHOULD have the code `context_length_exceeded`, and `details` with `tokens_used` and
    `max_tokens`.
    """
    answer = answers[0]
    if answer.status != 400 or not isinstance(answer.at("error"), dict):
        raise Unseen("not refused with 400 and an envelope")
    code, details = answer.at("error", "code"), answer.at("error", "details")
    if code != "context_length_exceeded":
        yield f"code is {code!r}"
    missing = [name for name in ("tokens_used", "max_tokens") if not isinstance(at(details, name), int)]
    if missing:
        yield f"details lack {' and '.join(missing)}: {details!r}"


@requirement("context.not-cut", on=context.larger_prompt, feature="context_window")
def cuts_no_prompt(seen: context.Larger) -> Violations:
    """A prompt that is larger than the context window MUST NOT be cut in silence."""
    if decision(seen.answer).status != 200:
        return
    counted = whole_number(seen.answer.at("usage", "prompt_tokens"))
    if counted is None or counted > seen.window:
        raise Unseen(f"the window is not the {seen.window} tokens that it was told to be, or nothing counts the prompt")
    yield Broken(f"a prompt of more than {seen.window} tokens was answered, and counted as {counted}", seen.answer)
