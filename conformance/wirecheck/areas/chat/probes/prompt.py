"""What is sent as messages: each role in parts, each message read, odd orders, every script. A small answer each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.chat.asking import chat, chat_bytes, repeat
from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.chat.probes.chat import developer, parts, parts_are_taken, roles
from wirecheck.areas.chat.probes.tools import Alike
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent

# What comes of it does not matter, or is a word.
_SHORT: Final[dict[str, Any]] = {"max_tokens": 16}
# Some forty tokens in any vocabulary of words; more in one of characters.
_PAD: Final = " ".join(["The ferry leaves the harbour at noon and comes back before dusk."] * 3)
_LONG: Final = 10_000

# A text of each kind that has been lost or refused on the way: by its name.
SCRIPTS: Final = {
    "Arabic, from right to left": "مرحبا بالعالم",
    "Hebrew with points": "שָׁלוֹם עוֹלָם",
    "Devanagari": "नमस्ते दुनिया",
    "Thai, without spaces": "สวัสดีชาวโลก",
    "combining marks in a heap": "Z\u0351\u036b\u0343a\u0304\u0301\u0323l\u0334\u030ag\u0335\u0308o\u0327\u0300",
    "ideographs of the second plane": "𠮷野家で𩸽を食べる",
    "joined emoji": "👩🏽\u200d🚀 and 👨\u200d👩\u200d👧\u200d👦 🇧🇻",
    "letters of the first plane": "\U0001d4b6\U0001d4c1\U0001d4c5\U0001d4bd\U0001d4b6 𐍈 𓀀",
}


@dataclass(frozen=True)
class Padded:
    """A conversation as it is, and with each of its messages made longer by the same text, by the message's name."""

    plain: Exchange
    longer: tuple[tuple[str, Exchange], ...]


def _parts(text: str) -> list[dict[str, str]]:
    """The text in two parts."""
    half = text.find(" ") + 1
    return [{"type": "text", "text": piece} for piece in (text[:half], text[half:])]


def _says(role: str, content: Any, **more: Any) -> dict[str, Any]:
    return {"role": role, "content": content, **more}


@probe(3, quick=0, sees=(parts, roles, developer))
async def by_role(asker: Asker) -> tuple[Alike, ...]:
    """Conversations with system, assistant and developer messages, which are in two parts, one role at a time."""
    only_longer(asker)
    await parts_are_taken(asker)
    found = []
    for role, plain in (("system", roles), ("assistant", roles), ("developer", developer)):
        before = await asker.see(plain)
        messages = before.request.json["messages"]
        changed = [{**each, "content": _parts(each["content"])} if each["role"] == role else each for each in messages]
        intent = Intent("", case=f"a message of the role {role} in two parts")
        found.append(Alike(before, await chat(asker, changed, intent=intent, **_SHORT)))
    return tuple(found)


@probe(8, quick=0)
async def padded(asker: Asker) -> tuple[Padded, ...]:
    """A conversation of four messages, and one of two of the user's in a row: each message made longer in turn."""
    only_longer(asker)
    talk = [
        _says("system", "You are kind."),
        _says("user", "Say yes."),
        _says("assistant", "Yes."),
        _says("user", "Say no."),
    ]
    return (await _padded(asker, talk), await _padded(asker, [_says("user", "Hello."), _says("user", "Say yes.")]))


async def _padded(asker: Asker, talk: list[dict[str, Any]]) -> Padded:
    intent = Intent("", case="a conversation")
    plain, longer = await chat(asker, talk, intent=intent, **_SHORT), []
    for place, message in enumerate(talk):
        changed = [*talk[:place], {**message, "content": f"{_PAD} {message['content']}"}, *talk[place + 1 :]]
        name = f"message {place + 1} of {len(talk)} ({message['role']})"
        longer.append((name, await chat(asker, changed, intent=intent, **_SHORT)))
    return Padded(plain, tuple(longer))


def _odd() -> dict[str, list[dict[str, Any]]]:
    """Conversations that the schema allows and templates stumble over, by what is odd in them."""
    asks, answers = _says("user", repeat("good night")), _says("assistant", "good night")
    return {
        "two system messages": [_says("system", "You are kind."), _says("system", "You are brief."), asks],
        "a system message in the middle": [asks, answers, _says("system", "You are brief."), asks],
        "two messages of the user in a row": [_says("user", "Good evening."), asks],
        "six turns": [asks, answers] * 6 + [asks],
        "the assistant's message last": [asks, answers],
        "the assistant's message first": [answers, asks],
        "names": [_says("system", "You are kind.", name="house"), _says("user", repeat("good night"), name="Ada_1")],
        "an empty system message": [_says("system", ""), asks],
        "an empty answer of the assistant": [asks, _says("assistant", ""), asks],
    }


@probe(len(_odd()), quick=0, sees=(roles,))
async def unusual(asker: Asker) -> tuple[Exchange, ...]:
    """Conversations in odd orders, with names, with empty messages: of the roles that the server takes at all."""
    only_longer(asker)
    all_roles = (await asker.see(roles)).status == 200
    found = []
    for case, talk in _odd().items():
        if all_roles or all(each["role"] == "user" for each in talk):
            found.append(await chat(asker, talk, intent=Intent("", case=case), **_SHORT))
    return tuple(found)


@probe(len(SCRIPTS) + 2, quick=0)
async def scripts(asker: Asker) -> tuple[Exchange, ...]:
    """Texts in many scripts, escaped as ASCII by whoever wrote the JSON, and two that are not."""
    only_longer(asker)
    found = [await chat(asker, repeat(text), intent=Intent("", case=case), **_SHORT) for case, text in SCRIPTS.items()]
    for case in ("Hebrew with points", "joined emoji"):
        limit = dialect(asker.target).of(_SHORT)
        body = {"model": asker.target.model, "messages": [_says("user", repeat(SCRIPTS[case]))], **limit}
        raw = json.dumps(body, ensure_ascii=False).encode()
        found.append(await chat_bytes(asker, raw, intent=Intent("", case=f"{case}, in UTF-8")))
    return tuple(found)


@probe(quick=0)
async def unbroken(asker: Asker) -> Exchange:
    """Ten thousand letters without a space: tokenizers have taken time without end for them."""
    only_longer(asker)
    return await chat(asker, "ab" * (_LONG // 2), intent=Intent("", case="10,000 letters without a space"), **_SHORT)
