"""What the fields of a chat request do where they are obeyed, as an answer shows it. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wirecheck.areas.chat.reading import read
from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.shape import tells_an_error

Effect = Callable[[Exchange], bool]
"""Whether an answer shows the effect of a field, or at least does not show that it is missing."""

# Reasons of answers that nothing cut.
_ENDS = ("stop", "tool_calls", "function_call")


def calls(answer: Exchange) -> bool:
    """Whether a tool is called, in the newer way or the older one."""
    parts = [value for _, value in answer.objects] if answer.is_stream else [answer.json]
    older = [at(part, "choices", 0, name, "function_call") for part in parts for name in ("message", "delta")]
    return read(answer).first.calls or any(isinstance(each, dict) for each in older)


def several_choices(answer: Exchange) -> bool:
    """Whether there is more than one choice."""
    return len(read(answer).choices) > 1


def log_probabilities(answer: Exchange) -> bool:
    """Whether a token has its log probability."""
    return bool(read(answer).first.logprobs)


def json(answer: Exchange) -> bool:
    """Whether the text is JSON."""
    try:
        strict_json.parse(read(answer).first.text)
    except strict_json.NotJson:
        return False
    return True


def speech(answer: Exchange) -> bool:
    """Whether the answer is spoken."""
    return isinstance(answer.at("choices", 0, "message", "audio"), dict)


def accepted(answers: Iterable[Exchange]) -> list[Exchange]:
    """The answers that came whole and to their own end: what was cut or declined shows nothing of any field."""
    return [answer for answer in answers if answer.status == 200 and answer.end == "complete" and _ended(answer)]


def ignored(answers: Iterable[Exchange], effect: Effect) -> bool:
    """Whether a field was accepted in some way, and no answer shows its effect."""
    found = accepted(answers)
    return bool(found) and not any(effect(answer) for answer in found)


def _ended(answer: Exchange) -> bool:
    try:
        first = read(answer).first
    except Unseen:
        return False
    return first.finish in _ENDS and not first.refusal and not tells_an_error(answer)
