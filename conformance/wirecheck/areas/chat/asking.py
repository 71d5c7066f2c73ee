"""How probes ask for chats: prompts that an echo server and any instruct model answer alike, and small answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.chat.reading import read
from wirecheck.asking.draft import OWN, Draft, Ends
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange, Intent, at
from wirecheck.evidence.unseen import Unseen

CHAT: Final = "/v1/chat/completions"

# Letters of one to four bytes in UTF-8, so that a stream that cuts characters is seen.
PHRASE: Final = "The fox naïve, 日本語 and 🦊 said: 12 x 12 = 144."

# As near to the same answer twice as a sampling server gets, and no longer than needed.
STEADY: Final[Mapping[str, Any]] = {"temperature": 0, "seed": 7, "max_tokens": 64}

OFFERED: Final[Mapping[str, str]] = {"accept-encoding": "gzip, deflate"}
"""The codings that HTTP clients offer: those of the official SDKs do, with every request."""

# Once an answer has said that it is over, this many seconds show that its body stays open, whatever comes meanwhile.
LINGER: Final = 2.0
# The same after a finish reason, behind which the usage may take a while; none where several choices were asked for.
LINGER_FINISHED: Final = 5.0

_OVER: Final = re.compile(rb'\[DONE\]|"error"\s*:\s*\{')
_FINISHED: Final = re.compile(rb'"finish_reason"\s*:\s*"')


def repeat(text: str) -> str:
    """A prompt whose answer is the text."""
    return f"Repeat exactly: {text}"


def ends(body: Any) -> Ends:
    """When the answer in choices has ended: soon after its last word, its error, or its only finish reason."""
    choices = at(body, "n")
    several = (isinstance(choices, (int, float)) and choices != 1) or isinstance(at(body, "prompt"), list)

    def seconds_left(seen: bytes) -> float | None:
        if _OVER.search(seen):
            return LINGER
        return LINGER_FINISHED if not several and _FINISHED.search(seen) else None

    return seconds_left


async def chat(
    asker: Asker,
    prompt: str | list[dict[str, Any]],
    *,
    headers: Mapping[str, str] | None = None,
    key: str | None = OWN,
    leave_after: int | None = None,
    intent: Intent | None = None,
    **fields: Any,
) -> Exchange:
    """One chat request, valid unless `intent` says otherwise. `prompt` is a user's text or whole messages.

    It is put in the model's dialect. A model that refuses to talk is asked once more.
    """
    fields = dialect(asker.target).of(fields)
    answer = await send(asker, prompt, fields, headers=headers, key=key, leave_after=leave_after, intent=intent)
    if leave_after is None and _declined(answer):
        return await send(asker, prompt, fields, headers=headers, key=key, intent=intent)
    return answer


async def send(
    asker: Asker,
    prompt: str | list[dict[str, Any]],
    fields: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    key: str | None = OWN,
    leave_after: int | None = None,
    intent: Intent | None = None,
) -> Exchange:
    """One chat request with these fields, whatever the model takes."""
    messages = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else prompt
    body = {"model": asker.target.model, "messages": messages, **fields}
    return await asker.send(
        Draft(
            "POST",
            CHAT,
            json=body,
            headers=headers or {},
            key=key,
            leave_after=leave_after,
            intent=intent or Intent("", valid=True),
            ends=ends(body),
        )
    )


async def chat_bytes(
    asker: Asker, body: bytes, *, intent: Intent, content_type: str = "application/json", key: str | None = OWN
) -> Exchange:
    """A chat request whose body is no document, or calls itself something else."""
    headers = {"content-type": content_type}
    return await asker.send(Draft("POST", CHAT, body=body, headers=headers, key=key, intent=intent, ends=ends(None)))


def _declined(answer: Exchange) -> bool:
    """Whether the model refused to say anything, in the field that there is for it."""
    if answer.status != 200:
        return False
    try:
        return any(choice.refusal and not choice.text for choice in read(answer).choices.values())
    except Unseen:
        return False
