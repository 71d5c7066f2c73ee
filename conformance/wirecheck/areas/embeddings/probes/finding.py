"""Which model embeds: the one that the owner names, else what looks like one in the list of models, by trying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.embeddings.asking import SETTING, TEXTS, embed
from wirecheck.areas.models.probes import listed
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, at, items
from wirecheck.evidence.unseen import Unseen, Untried, accepts

TRIES: Final = 3

# Models that embed are called so, or by the name of a family that does nothing else.
_NAMES: Final = re.compile(r"embed|(^|[^a-z])(bge|e5|gte)([^a-z]|$)|minilm", re.IGNORECASE)
# Where lists of models tell what one is for: this contract's name, and those of other servers.
_PURPOSES: Final = ("capabilities", "type", "task", "tasks")


@dataclass(frozen=True)
class Tried:
    """The models that were asked for the vector of one text, and what each answered."""

    models: tuple[str, ...]
    answers: tuple[Exchange, ...]


@dataclass(frozen=True)
class Embedder:
    """A model that embeds, and its answer to the first of the texts."""

    model: str
    answer: Exchange


def likely(entries: list[Any]) -> list[str]:
    """The ids of the models that look as if they embed: those that say so first."""
    named = [(at(entry, "id"), entry) for entry in entries]
    told = [id_ for id_, entry in named if isinstance(id_, str) and any(map(_says_so, _purposes(entry)))]
    called = [id_ for id_, _ in named if isinstance(id_, str) and _NAMES.search(id_)]
    return list(dict.fromkeys([*told, *called]))


def _purposes(entry: Any) -> list[Any]:
    """What an entry tells of its model's use: a text, a list of texts, or an object of them with true."""
    found: list[Any] = []
    for name in _PURPOSES:
        value = at(entry, name)
        found += value if isinstance(value, list) else [value]
        found += [key for key, given in value.items() if given is True] if isinstance(value, dict) else []
    return found


def _says_so(purpose: Any) -> bool:
    return isinstance(purpose, str) and "embed" in purpose.lower()


@probe(TRIES, sees=(listed,))
async def tried(asker: Asker) -> Tried:
    """The vector of one text, asked of the owner's embedding_model, or of three models at most that look like one.

    Where there is no list of models, of the model that everything is asked of.
    """
    named = asker.target.owner.get(SETTING)
    known = [named] if isinstance(named, str) else []
    if not known:
        shown = await asker.see(listed)
        known = likely(items(shown.json, "data")) if shown.status == 200 else [asker.target.model]
    answers: list[Exchange] = []
    for model in known[:TRIES]:
        answers.append(await embed(asker, model, TEXTS[0]))
        if answers[-1].status == 200:
            break
    return Tried(tuple(known[: len(answers)]), tuple(answers))


@probe(0, sees=(tried,))
async def embedder(asker: Asker) -> Embedder:
    """The model that answered with 200, and its answer."""
    seen = await asker.see(tried)
    for model, answer in zip(seen.models, seen.answers, strict=True):
        if answer.status == 200:
            return Embedder(model, answer)
    raise Unseen("no model was found that embeds: the owner may name one (embedding_model)")


@probe(0, sees=(embedder,))
async def model(asker: Asker) -> str:
    """The model that embeds."""
    return (await asker.see(embedder)).model


@probe(0, sees=(tried,))
async def has_embeddings(asker: Asker) -> bool:
    """Whether a model embeds."""
    seen = await asker.see(tried)
    if any(answer.status == 200 for answer in seen.answers):
        return True
    for answer in seen.answers:
        if accepts(answer):
            raise Untried(f"cannot tell whether the server has it: {answer}")
    return False
