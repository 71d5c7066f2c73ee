"""Events delivered to the receiver of the run, which takes them, fails, leads elsewhere, or sends the server away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from wirecheck.areas.events.asking import look, tell
from wirecheck.areas.events.probes import has_events, until_seen
from wirecheck.areas.files.asking import nonce
from wirecheck.areas.webhooks.asking import NOWHERE, create, one_of, path_of
from wirecheck.areas.webhooks.probes.endpoints import has_webhooks
from wirecheck.areas.webhooks.reading import Heard, delivery_of
from wirecheck.areas.webhooks.steps import Place, Stage, patience, sample, stage
from wirecheck.asking.draft import Draft
from wirecheck.asking.inbox import Reply
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Exchange, Intent, at
from wirecheck.evidence.unseen import Unseen

RETRY_AFTER: Final = 3
"""Seconds for which a server is sent away: longer than the second to which its timestamps tell."""

# Seconds within which a sample has come that was answered: it is sent at once.
_AT_ONCE: Final = 2.0

_FAILURES: Final = (Reply(500), Reply(500))


@dataclass(frozen=True)
class Life:
    """Events on their way to endpoints that answer in different ways.

    `again` was told of twice, `paid` behind it. `good` answers 204, `flaky` 500 twice, `moved` with a redirect to
    `elsewhere`, `gone` with 410; `other` wants another type, `off` and `deleted` were so before; `foreign` is another
    caller's, None where there is no key of one. Then what was seen: of `gone`, of the events, of the deliveries to
    `flaky`, and of the one that was asked for again; what came behind that is `after`.
    """

    again: Exchange
    paid: Exchange
    good: Heard
    flaky: Heard
    moved: Heard
    gone: Heard
    other: Heard
    off: Heard
    deleted: Heard
    foreign: Heard | None
    elsewhere: tuple[Arrival, ...]
    turned_off: Exchange
    deletion: Exchange
    gone_shown: Exchange
    events: tuple[Exchange, Exchange]
    page: Exchange
    pages: tuple[tuple[str, Exchange], ...]
    redelivery: Exchange | None
    after: tuple[Arrival, ...]
    patience: int


@dataclass(frozen=True)
class Throttled:
    """An event on its way to an endpoint that sends the server away once, with `Retry-After`."""

    told: Exchange
    heard: Heard


@probe(0, sees=(has_webhooks, has_events))
async def has_deliveries(asker: Asker) -> bool:
    """Whether the server has endpoints, and events to deliver to them."""
    return await asker.see(has_webhooks) and await asker.see(has_events)


async def inside(asker: Asker) -> str:
    """The path of the deliveries to a new endpoint that nobody hears: of one event. The end of a run deletes it."""
    type_ = f"wirecheck-{nonce(asker)}.kept"
    made = await asker.send(create(NOWHERE, "an endpoint that nobody hears", event_types=[type_]))
    path = path_of(made)
    if path is None:
        raise Unseen(f"no endpoint is taken at {NOWHERE}: {made}")
    await asker.send(tell(type_, {}, "an event that nobody hears"))
    return f"{path}/deliveries"


async def make(asker: Asker, path: str, number: int) -> Exchange:
    """The n-th delivery of a run: the first of a collection asked for again, or the last."""
    order = "desc" if number else "asc"
    page = await until_seen(asker, Draft("GET", f"{path}?limit=1&order={order}"), lambda seen: bool(seen.at("data")))
    id_ = page.at("data", 0, "id")
    if not isinstance(id_, str):
        raise Unseen(f"no delivery is listed: {page}")
    intent = Intent("", case="a delivery is asked for again")
    return await asker.send(Draft("POST", f"{path}/{quote(id_, safe='')}/redeliver", intent=intent))


@probe(4, quick=0, sees=(has_deliveries,), slow=True)
async def reached(asker: Asker) -> None:
    """An endpoint that leads to the run, and one event: whether anything comes. Raises `Unseen` where it does not."""
    only_longer(asker)
    if not await asker.see(has_deliveries):
        raise Unseen("the server has no webhook endpoints, or no event can be told of")
    async with stage(asker) as on:
        place = await on.place(on.type("*"))
        told = await on.tell("hello")
        if not await on.until(lambda: place.count(told) > 0):
            answer = await sample(on, place)
            # Who sends that, and no event, reaches the run: what becomes of events is for the sentences.
            if not await on.until(lambda: bool(place.inbox.arrivals), times=0, more=_AT_ONCE):
                why = f"{answer}; --webhook-url says where the server finds the run"
                raise Unseen(f"nothing came to {place.inbox.url} within {patience(asker)} s: {why}")


@probe(36, quick=0, sees=(reached,), slow=True)
async def life(asker: Asker) -> Life:
    """Two events, and endpoints that take them, fail, lead elsewhere, are gone, are off, or want none of them."""
    await asker.see(reached)
    async with stage(asker) as on:
        await _set(on)
        good, flaky, moved, gone, other, off, deleted, *foreign = on.places
        elsewhere = on.receiver.inbox()
        moved.inbox.answer(Reply(307, (("location", elsewhere.url),)), Reply())
        change = Draft("POST", off.path, {"status": "disabled"}, intent=Intent("", case="an endpoint is disabled"))
        turned_off = await asker.send(change)
        deletion = await on.end(deleted)
        again = await on.tell("again", f"wirecheck-{on.word}")
        await asker.send(on.telling("again", f"wirecheck-{on.word}"))
        await on.until(lambda: bool(good.count(again) and gone.count(again)))
        look_at_gone = Draft("GET", gone.path, intent=Intent("", case="an endpoint that answered 410"))
        gone_shown = await until_seen(asker, look_at_gone, lambda seen: seen.at("status") == "disabled")
        paid = await on.tell("paid")
        await on.until(lambda: bool(good.count(paid) and moved.count(paid) and flaky.count(paid) > 1))
        # The pauses between its attempts are how long the others are waited for, which must not be attempted again.
        if flaky.count(paid) > 1:
            await on.until(lambda: flaky.count(paid) > len(_FAILURES))
        shown = (await asker.send(look(str(again.at("id")))), await asker.send(look(str(paid.at("id")))))
        where = f"{flaky.path}/deliveries"

        def over(page: Exchange) -> bool:
            return bool(at(delivery_of(page, paid), "status") != "pending")

        page = await until_seen(asker, Draft("GET", f"{where}?limit=100"), over)
        pages = [(state, await one_of(asker, f"{where}?status={state}&limit=100")) for state in ("succeeded", "failed")]
        before = flaky.heard
        redelivery = await _redelivered(on, flaky, at(delivery_of(page, paid), "id"))
        return Life(
            again,
            paid,
            good.heard,
            before,
            moved.heard,
            gone.heard,
            other.heard,
            off.heard,
            deleted.heard,
            foreign[0].heard if foreign else None,
            tuple(elsewhere.arrivals),
            turned_off,
            deletion,
            gone_shown,
            shown,
            page,
            tuple(pages),
            redelivery,
            tuple(flaky.inbox.arrivals[len(before.arrivals) :]),
            patience(asker),
        )


async def _set(on: Stage) -> None:
    """The endpoints of a life, in the order in which it names them."""
    again, paid = on.type("again"), on.type("paid")
    await on.place(on.type("*"), replies=(Reply(204),))
    await on.place(paid, replies=(*_FAILURES, Reply()))
    await on.place(paid)
    await on.place(again, paid, replies=(Reply(410),))
    await on.place(on.type("other"))
    for _ in range(2):
        await on.place(on.type("*"))
    key = on.asker.target.keys.get("other_key")
    if key is not None:
        await on.place(on.type("*"), key=key)


async def _redelivered(on: Stage, place: Place, id_: Any) -> Exchange | None:
    """The answer to who asks for a delivery again, once it has come; None where there is none to ask for."""
    if not isinstance(id_, str):
        return None
    path, before = f"{place.path}/deliveries/{quote(id_, safe='')}", len(place.inbox.arrivals)
    await one_of(on.asker, path)
    intent = Intent("", case="a delivery is asked for again")
    answer = await on.asker.send(Draft("POST", f"{path}/redeliver", intent=intent))
    if answer.status == 202:
        await on.until(lambda: len(place.inbox.arrivals) > before)
    return answer


@probe(3, quick=0, sees=(reached,), slow=True)
async def throttled(asker: Asker) -> Throttled:
    """An endpoint that sends the server away for some seconds."""
    await asker.see(reached)
    async with stage(asker) as on:
        busy = Reply(503, (("retry-after", str(RETRY_AFTER)),))
        place = await on.place(on.type("paid"), replies=(busy, Reply()))
        told = await on.tell("paid")
        await on.until(lambda: place.count(told) > 1, more=RETRY_AFTER)
        return Throttled(told, place.heard)
