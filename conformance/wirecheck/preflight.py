"""Before a run: is there a server, does it take the key, where is its API, which model is there to talk to."""

from __future__ import annotations

from dataclasses import replace

from wirecheck.area import areas
from wirecheck.areas.chat.probes.chat import sync
from wirecheck.areas.models.probes import ids, listed, one
from wirecheck.asking.client import Client
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Gone


class CannotStart(Exception):
    """A run would tell nothing; the message says why and what to do."""


async def prepare(client: Client, pairs: list[tuple[str, str]]) -> Target:
    """The target with its address, model and window filled in. Raises `CannotStart`.

    `pairs` are the (root, api) addresses that the user's URL may mean.
    """
    try:
        return await _prepare(client, pairs)
    except Gone as gone:
        raise CannotStart(str(gone)) from None


async def _prepare(client: Client, pairs: list[tuple[str, str]]) -> Target:
    found = await _reach(client, pairs)
    target = client.target
    _refused(found, target)
    if not target.model:
        models = ids(found)
        if not models:
            raise CannotStart(f"{target.api}/models lists no model ({found.status}): say which one with --model")
        target = replace(target, model=models[0])
    if "context_window" not in target.owner:
        client.target = target
        window = (await client.see(one)).at("context_window")
        if isinstance(window, int) and not isinstance(window, bool) and window > 0:
            target = target.knowing("context_window", window)
    for name, area in areas().items():
        if area.learns is not None:
            client.target = target
            target = target.with_trait(name, await client.see(area.learns))
    client.target = target
    _refused(await client.see(sync), target)
    return target


async def _reach(client: Client, pairs: list[tuple[str, str]]) -> Exchange:
    """The list of models from the likeliest address that answers; the target is set to it."""
    answers: list[tuple[Target, Exchange]] = []
    for root, base in pairs:
        client.target = replace(client.target, root=root, api=base)
        answer = await client.ask(listed)
        answers.append((client.target, answer))
        if answer.status == 200 and answer.at("data"):
            break
    answered = [(target, answer) for target, answer in answers if answer.status is not None]
    if not answered:
        raise CannotStart(f"{answers[0][0].root or answers[0][0].api} does not answer: {answers[0][1].error}")
    best = next((pair for pair in answered if pair[1].status == 200 and pair[1].at("data")), None)
    best = best or next((pair for pair in answered if pair[1].status != 404), answered[0])
    if best[0] != client.target:
        client.target = best[0]
        return await client.ask(listed)
    return best[1]


def _refused(answer: Exchange, target: Target) -> None:
    if answer.status not in (401, 403):
        return
    if target.key is None:
        raise CannotStart(f"the server wants a key ({answer.status}): give --api-key or WIRECHECK_API_KEY")
    raise CannotStart(f"the server refuses the key ({answer.status} for {answer.request.method} {answer.request.path})")
