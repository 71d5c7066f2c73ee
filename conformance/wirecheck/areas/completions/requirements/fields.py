"""What is taken and what is refused: spec/rules/completions/fields.md."""

from __future__ import annotations

from wirecheck.areas.chat.reading import DONE, order, read
from wirecheck.areas.completions.probes import refusals
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("completions.unknown-model", on=refusals.unknown_model, feature="completions")
def knows_its_models(seen: refusals.Ways) -> Violations:
    """A model that the server does not have MUST be refused by completions with 404, 400 or 403."""
    for answer in map(answer_or_unseen, seen.answers):
        # A 5xx is for `errors.no-5xx`.
        if answer.status not in (400, 403, 404) and (answer.status or 0) < 500:
            mode = "stream" if answer.asks_for_stream else "no stream"
            asked = at(answer.request.json, "model")
            yield Broken(f"model {asked!r} ({mode}): {answer.status}; 404, 400 or 403 is required", answer)


@requirement("completions.best-of", on=refusals.best_of, feature="completions")
def refuses_fewer_candidates_than_choices(answer: Exchange) -> Violations:
    """A `best_of` smaller than `n` SHOULD be refused with 400 or 422."""
    if decision(answer).status not in (400, 422):
        yield f"best_of 1 with n 2 was answered with {answer.status}"


@requirement("completions.suffix", on=refusals.suffixed, feature="completions")
def reads_or_refuses_a_suffix(seen: refusals.Suffixed) -> Violations:
    """A `suffix` SHOULD be counted with the prompt, or be refused with 400 or 422."""
    if decision(seen.suffixed).status != 200:
        return
    before, after = read(seen.without).count("prompt_tokens"), read(seen.suffixed).count("prompt_tokens")
    if before is None or after is None:
        raise Unseen("the tokens are not counted")
    if after <= before:
        yield Broken(f"prompt_tokens: {before} without a suffix, {after} with one", seen.suffixed, seen.without)


@requirement("completions.null", on=refusals.nulls, feature="completions")
def takes_null_for_nothing(seen: refusals.Nulls) -> Violations:
    """A field of completions SHOULD be accepted as null where its schema takes null."""
    answers = [seen.together, *(answer for _, answer in seen.alone)]
    if all(answer.status is None or answer.status >= 500 for answer in answers):
        raise Unseen("no such request was answered")
    for name, answer in seen.alone:
        if answer.status in (400, 404, 422):
            yield Broken(f"{name} is null: {answer.status}", answer)


@requirement("completions.failure", on=refusals.failing, feature="completions")
def ends_a_failed_stream(answer: Exchange) -> Violations:
    """A stream of completions that fails after its first byte MUST end with an event that holds the error envelope,
    after which only `[DONE]` may follow.
    """
    if answer.status != 200:
        raise Unseen(f"the failing stream did not begin: {answer}")
    payloads = order(answer)
    where = next((place for place, value in enumerate(payloads) if shape.says_error(value)), None)
    if where is None:
        yield "the model failed, and the stream holds no event with an error"
    elif any(value != DONE for value in payloads[where + 1 :]):
        yield f"{len(payloads) - where - 1} more events follow the error"
