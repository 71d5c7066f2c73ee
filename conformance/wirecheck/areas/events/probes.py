"""Events: told once and again, told otherwise, and told by the server of files and batches. Nobody can delete them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.batches.probes import life as batch_life
from wirecheck.areas.events.asking import EVENTS, id_of, look, page, tell
from wirecheck.areas.events.reading import BATCH_ENDS, FILE_ENDS, about, shown
from wirecheck.areas.files.asking import FILES, nonce
from wirecheck.areas.files.probes import life as file_life
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent, at
from wirecheck.evidence.unseen import Unseen, accepts

# Seconds that an event may take to be seen, and the looks in them.
_SOON: Final = 2.0
_LOOKS: Final = 4


@dataclass(frozen=True)
class Told:
    """An event that was told of with an id of the run's, and what became of it.

    `otherwise` are requests with its id and another type or other data, `after` is it behind them. `unnamed` were told
    without an id, `ofone` is the list of its type, `ofboth` that of its type and of theirs.
    """

    first: Exchange
    found: Exchange
    again: Exchange
    otherwise: tuple[Exchange, ...]
    after: Exchange
    unnamed: tuple[Exchange, ...]
    ofone: Exchange
    ofboth: Exchange


@dataclass(frozen=True)
class OfFiles:
    """The events that files made: the file that was uploaded, and the id of one that nobody could delete."""

    upload: Exchange
    deleted: Exchange
    page: Exchange
    nobody: str
    refused: Exchange


@dataclass(frozen=True)
class OfBatch:
    """The events that a batch made which is over: it as it was seen then."""

    batch: Exchange
    page: Exchange


@probe()
async def listed(asker: Asker) -> Exchange:
    """A page of events."""
    return await asker.send(Draft("GET", f"{EVENTS}?limit=1"))


@probe(0, sees=(listed,))
async def has_events(asker: Asker) -> bool:
    """Whether the server lists events."""
    answer = await asker.see(listed)
    return accepts(answer) and isinstance(answer.at("data"), list)


async def make(asker: Asker, _: str, number: int) -> Exchange:
    """The n-th event of a run that nobody asks for."""
    return await asker.send(tell("wirecheck.kept", {"number": number}, "an event"))


@probe(4 + _LOOKS + 6, quick=0, sees=(has_events,))
async def told(asker: Asker) -> Told:
    """An event told of once, again, and otherwise; two without an id; and the lists of their types."""
    await longer(asker)
    word = nonce(asker)
    id_, one, other = f"wirecheck:{word}.1", f"wirecheck-{word}.one", f"wirecheck-{word}.other"
    data: dict[str, Any] = {"order": word, "total": 12.5, "words": ["naïve 日本語", None, True]}
    first = await asker.send(tell(one, data, "an event", id_))
    if id_of(first) is None:
        raise Unseen(f"no event can be told of: {first}")
    found = await until_seen(asker, look(id_), lambda answer: answer.status != 404)
    again = await asker.send(tell(one, data, "the same event again", id_))
    otherwise = [
        await asker.send(tell(one, {**data, "total": 13}, "the same event with other data", id_)),
        await asker.send(tell(other, data, "the same event with another type", id_)),
    ]
    after = await asker.send(look(id_))
    unnamed = [await asker.send(tell(other, {"order": word}, "an event without an id")) for _ in range(2)]
    ofone, ofboth = [await asker.send(page(*types)) for types in ((one,), (one, other))]
    return Told(first, found, again, tuple(otherwise), after, tuple(unnamed), ofone, ofboth)


@probe(quick=0, sees=(has_events,))
async def reserved(asker: Asker) -> Exchange:
    """A client that says that a batch is completed."""
    await longer(asker)
    id_ = f"wirecheck-{nonce(asker)}"
    return await asker.send(tell("batch.completed", {"id": id_}, "an event that only the server tells of", id_))


@probe(1 + _LOOKS, quick=0, sees=(has_events, file_life))
async def of_files(asker: Asker) -> OfFiles:
    """What the server tells of the life of a file, and of a deletion that came to nothing."""
    await longer(asker)
    life = await asker.see(file_life)
    id_ = life.upload.at("id")
    if life.found is None or life.found.at("id") != id_ or life.deleted is None or life.deleted.status != 200:
        raise Unseen(f"no file was made, found and deleted: {life.upload}")
    nobody = f"wirecheck_{nonce(asker)}"
    intent = Intent("", case="the deletion of a file that there is not")
    refused = await asker.send(Draft("DELETE", f"{FILES}/{nobody}", intent=intent))

    def both(answer: Exchange) -> bool:
        return {str(at(each, "type")) for each in about(shown(answer), str(id_))} >= set(FILE_ENDS)

    found = await until_seen(asker, page(*FILE_ENDS), both)
    return OfFiles(life.upload, life.deleted, found, nobody, refused)


@probe(_LOOKS, quick=0, sees=(has_events, batch_life), slow=True)
async def of_batch(asker: Asker) -> OfBatch:
    """What the server tells of a batch that is over."""
    await longer(asker)
    job = (await asker.see(batch_life)).job
    id_ = job.created.at("id")
    if not job.over or not isinstance(id_, str):
        raise Unseen(f"no batch was over: {job.last}")
    return OfBatch(job.last, await until_seen(asker, page(*BATCH_ENDS), lambda seen: bool(about(shown(seen), id_))))


async def until_seen(asker: Asker, draft: Draft, there: Callable[[Exchange], bool]) -> Exchange:
    """The answer in which it is there, or the last of those that came soon."""
    answers: list[Exchange] = []

    async def done() -> bool:
        answers.append(await asker.send(draft))
        return there(answers[-1])

    await asker.until(done, _SOON)
    return answers[-1]


async def longer(asker: Asker) -> None:
    """Raises `Unseen` in a quick run, and where there are no events."""
    only_longer(asker)
    if not await asker.see(has_events):
        raise Unseen(f"the server has no {EVENTS}")
