"""What is sent as messages: spec/rules/chat/prompt.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes import prompt
from wirecheck.areas.chat.probes.tools import Alike
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

# Fewer tokens than this do not tell a longer text from a shorter one.
_TELLING = 10


def _refused(answer: Exchange) -> bool:
    """Whether a request was refused for what it says: what fails or is shed has sentences of its own."""
    return answer.status in (400, 404, 413, 415, 422)


def _said(answer: Exchange) -> str:
    message = answer.at("error", "message")
    return f"{answer.intent.case}: {answer.status}{f': {message}'[:200] if isinstance(message, str) else ''}"


@requirement("prompt.parts-by-role", on=prompt.by_role, feature="chat")
def takes_parts_of_every_role(seen: tuple[Alike, ...]) -> Violations:
    """Text in parts MUST be accepted in the messages of each role that takes the same text as a string."""
    comparable = [each for each in seen if each.plain.status == 200]
    if not comparable:
        raise Unseen("no such conversation was taken with strings either")
    for each in comparable:
        if _refused(each.other):
            yield Broken(f"{_said(each.other)}; as a string it is 200", each.other)


@requirement("prompt.any-text", on=prompt.scripts, feature="chat")
def takes_any_script(seen: tuple[Exchange, ...]) -> Violations:
    """Text in any script, with combining marks and characters of any plane, MUST be accepted, whether its JSON holds
    the characters or escapes of them.
    """
    for answer in seen:
        if _refused(answer):
            yield Broken(_said(answer), answer)


@requirement("prompt.unusual", on=prompt.unusual, feature="chat")
def takes_odd_conversations(seen: tuple[Exchange, ...]) -> Violations:
    """Messages in any order and number that the schema allows, with names or empty, SHOULD be accepted."""
    for answer in seen:
        if _refused(answer):
            yield Broken(_said(answer), answer)


@requirement("prompt.all-read", on=prompt.padded, feature="chat")
def reads_every_message(seen: tuple[prompt.Padded, ...]) -> Violations:
    """Every message of a conversation MUST reach the model, whatever its role and place: `prompt_tokens` grow
    with each.
    """
    found: dict[str, tuple[int, Exchange]] = {}
    for talk in seen:
        before = _prompt(talk.plain)
        for name, answer in talk.longer:
            after = _prompt(answer)
            if before is not None and after is not None:
                found[name] = (after - before, answer)
    most = max((growth for growth, _ in found.values()), default=0)
    if most < _TELLING:
        raise Unseen("no prompt_tokens that grow with the prompt")
    for name, (growth, answer) in found.items():
        # The same text in each: what a template adds or a tokenizer joins at its borders is a few tokens.
        if growth < most / 2:
            yield Broken(f"{name}: a text that adds {most} prompt_tokens elsewhere adds {growth} here", answer)


def _prompt(answer: Exchange) -> int | None:
    return read(answer).count("prompt_tokens") if answer.status == 200 else None
