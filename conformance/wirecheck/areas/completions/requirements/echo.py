"""The prompt before the text: spec/rules/completions/echo.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.reading import read
from wirecheck.areas.completions.probes import echoes
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import decision
from wirecheck.judging.requirement import Broken, Violations, requirement


def _begins(answer: Exchange) -> Violations:
    text = read(answer).first.text
    if not text.startswith(echoes.PROMPT):
        yield Broken(f"the prompt is {echoes.PROMPT!r}, the text {text[:80]!r}", answer)


@requirement("completions.echo", on=echoes.echoed, feature="completion_echo")
def puts_the_prompt_first(seen: Both) -> Violations:
    """With `echo` a text MUST begin with its prompt."""
    yield from _begins(seen.sync)


@requirement("completions.echo-stream", on=echoes.echoed, feature="completion_echo")
def streams_the_prompt_first(seen: Both) -> Violations:
    """With `echo` the joined texts of a stream MUST begin with the prompt."""
    if seen.sync.status == 200 and seen.stream.status in (400, 422):
        yield Broken(f"echo: {seen.stream.status} in a stream, 200 without one", seen.stream)
    else:
        yield from _begins(seen.stream)


@requirement("completions.echo-alone", on=echoes.alone, feature="completion_echo")
def gives_the_prompt_alone(answer: Exchange) -> Violations:
    """`echo` with a `max_tokens` of 0 SHOULD be answered with the prompt alone."""
    if decision(answer).status != 200:
        yield f"max_tokens 0 with echo was answered with {answer.status}"
    elif read(answer).first.text != echoes.PROMPT:
        yield f"the prompt is {echoes.PROMPT!r}, the text {read(answer).first.text[:120]!r}"
