"""Images in messages: spec/rules/chat/images.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes import images
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import REFUSALS, Unseen, decisions, half_refused
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("images.both-modes", on=images.one, feature="images")
def takes_images_in_both_modes(seen: Both) -> Violations:
    """Images that are taken without a stream MUST be taken with one, and the other way round."""
    for answer in half_refused((seen.sync, seen.stream)):
        here, there = ("in a stream", "without one") if answer is seen.stream else ("without a stream", "in one")
        yield Broken(f"a PNG was answered with {answer.status} {here}, with 200 {there}", answer)


@requirement("images.all-read", on=images.counted, feature="images")
def reads_every_image(seen: images.Images) -> Violations:
    """Each image of a message MUST reach the model: `prompt_tokens` grow with each."""
    if seen.two.status in REFUSALS:
        raise Unseen(f"two images are not taken: {seen.two}")
    more = images.grows(seen.one, seen.two)
    if more is None:
        raise Unseen("the prompts are not counted")
    if not more:
        yield Broken("a second image adds no prompt_tokens", seen.two)


@requirement("images.forms", on=images.forms, feature="images")
def takes_every_form(answers: tuple[Exchange, ...]) -> Violations:
    """PNG, JPEG, WebP and GIF SHOULD be accepted as `data:` URLs, before and behind the text, with each `detail`."""
    for answer in decisions(answers):
        if answer.status != 200:
            yield Broken(f"{answer.intent.case}, before the text: {answer.status}", answer)


@requirement("images.broken", on=images.broken, feature="images")
def refuses_what_is_no_image(answers: tuple[Exchange, ...]) -> Violations:
    """A `data:` URL that holds no image SHOULD be refused with 400 or 422."""
    for answer in decisions(answers):
        if answer.status not in (400, 422):
            yield Broken(f"{answer.intent.case}: {answer.status}", answer)
