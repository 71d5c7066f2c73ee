"""Before a run: is there a server, does it take the key, where is its API, which model is there to talk to."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from wirecheck.api import Api
from wirecheck.exchange import Exchange
from wirecheck.probe import Gone
from wirecheck.probes.asking import MODELS, chat
from wirecheck.probes.models import ids
from wirecheck.target import Target


class CannotStart(Exception):
    """A run would tell nothing; the message says why and what to do."""


async def prepare(api: Api, pairs: list[tuple[str, str]]) -> Target:
    """The target with its address, model and window filled in. Raises `CannotStart`.

    `pairs` are the (root, api) addresses that the user's URL may mean.
    """
    try:
        return await _prepare(api, pairs)
    except Gone as gone:
        raise CannotStart(str(gone)) from None


async def _prepare(api: Api, pairs: list[tuple[str, str]]) -> Target:
    listed = await _reach(api, pairs)
    target = api.target
    _refused(listed, target)
    if not target.model:
        found = ids(listed)
        if not found:
            raise CannotStart(f"{target.api}/models lists no model ({listed.status}): say which one with --model")
        target = replace(target, model=found[0])
    if target.window is None:
        api.target = target
        one = await api.send("GET", f"{MODELS}/{quote(target.model, safe='')}")
        window = one.at("context_window")
        if isinstance(window, int) and not isinstance(window, bool) and window > 0:
            target = replace(target, window=window)
    api.target = target
    _refused(await chat(api, "hello", max_tokens=1), target)
    return target


async def _reach(api: Api, pairs: list[tuple[str, str]]) -> Exchange:
    """The list of models from the likeliest address that answers; the target is set to it."""
    answers: list[tuple[Target, Exchange]] = []
    for root, base in pairs:
        api.target = replace(api.target, root=root, api=base)
        answer = await api.send("GET", MODELS)
        answers.append((api.target, answer))
        if answer.status == 200 and answer.at("data"):
            break
    answered = [(target, answer) for target, answer in answers if answer.status is not None]
    if not answered:
        raise CannotStart(f"{answers[0][0].root or answers[0][0].api} does not answer: {answers[0][1].error}")
    best = next((pair for pair in answered if pair[1].status == 200 and pair[1].at("data")), None)
    best = best or next((pair for pair in answered if pair[1].status != 404), answered[0])
    api.target = best[0]
    return best[1]


def _refused(answer: Exchange, target: Target) -> None:
    if answer.status not in (401, 403):
        return
    if target.key is None:
        raise CannotStart(f"the server wants a key ({answer.status}): give --api-key or WIRECHECK_API_KEY")
    raise CannotStart(f"the server refuses the key ({answer.status} for {answer.request.method} {answer.request.path})")
