"""Before a run: is there a server, does it take the key, where is its API, which model is there to talk to."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from wirecheck.area import areas
from wirecheck.areas.chat.asking import CHAT
from wirecheck.areas.chat.probes.chat import alive, sync
from wirecheck.areas.models.probes import ids, listed, one
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import LAST, Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Gone

# Seconds that a last sign of life is waited for, or so many times as long as the first chat took.
PATIENCE: Final = 15.0
TIMES: Final = 3

# Where servers tell the window of a model: this contract's name, then those of vLLM, OpenRouter, LM Studio, llama.cpp.
_WINDOWS: Final = (
    ("context_window",),
    ("max_model_len",),
    ("context_length",),
    ("max_context_length",),
    ("meta", "n_ctx"),
    ("meta", "n_ctx_train"),
)


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
        window = window_of((await client.see(one)).json, found.json, target.model)
        if window is not None:
            target = target.knowing("context_window", window)
    for name, area in areas().items():
        if area.learns is not None:
            client.target = target
            target = target.with_trait(name, await client.see(area.learns))
    client.target = target
    _refused(await client.see(sync), target)
    return target


async def warnings(client: Client) -> list[str]:
    """What the owner should know before the answers: a model that was named and that the list does not hold."""
    listed_ = await client.see(listed)
    known, model = ids(listed_), client.target.model
    if not known or model in known or listed_.at("has_more") is True:
        return []
    shown = ", ".join(known[:5]) + (" and more" if len(known) > 5 else "")
    return [f"the server does not list the model {model!r}: it lists {shown}"]


def window_of(one: Any, listed: Any, model: str) -> int | None:
    """The context window that a server tells of a model, in its object or in the list; None where it tells none."""
    entries = [entry for entry in items(listed, "data") if at(entry, "id") == model]
    for entry in (one, *entries):
        for path in _WINDOWS:
            window = whole_number(at(entry, *path))
            if window is not None and window > 0:
                return window
    return None


async def sign_of_life(
    target: Target, seed: int, before: Sequence[Exchange], watch: Callable[[Exchange], None]
) -> Exchange:
    """The chat that began the run, once more and over a new connection: whether the server still answers."""
    first = next((each for each in before if each.status == 200 and each.request.path == CHAT), None)
    took = first.seconds if first else 0.0
    target = replace(target, timeout=min(target.timeout, max(PATIENCE, TIMES * took)))
    # The budget ends later than the one answer may, so that a wait for it is never cut by us.
    budget = Budget(time.monotonic() + target.timeout + 1)
    async with Client(target, seed=seed, budget=budget, watch=watch) as client:
        try:
            answer = await client.ask(alive)
        except Gone:
            if client.log:  # shed, and asked again too late: that was an answer
                answer = client.log[-1]
            elif first is not None:  # on a machine that is full the wait may end later than the budget
                answer = replace(
                    first,
                    status=None,
                    headers=(),
                    chunks=(),
                    end="no answer",
                    error=f"nothing more within {target.timeout:.0f} s",
                )
            else:
                raise
    return replace(answer, intent=replace(answer.intent, origin=LAST, provokes="sign of life"))


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
        why = answers[0][1].error
        hint = " (--ca-bundle FILE names whom to trust)" if "CERTIFICATE_VERIFY_FAILED" in why else ""
        raise CannotStart(f"{answers[0][0].root or answers[0][0].api} does not answer: {why}{hint}")
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
