"""Webhooks that are sent wrongly: to whom, with what, and signed how."""

from __future__ import annotations

import asyncio
import base64
import hmac
import time

import httpx2

from wirecheck_reference.faults.kinds.deliveries import Sending
from wirecheck_reference.faults.kinds.fault import on_request, on_sending
from wirecheck_reference.faults.kinds.parts import Request
from wirecheck_reference.jobs.posting import Outcome, seconds_of


@on_sending(breaks=("webhooks.delivered",), remembers=dict)
async def tells_one_endpoint_of_an_event(sending: Sending, memory: dict[str, str]) -> Outcome:
    """Tells of an event the first of several endpoints that want it, and none of the others."""
    first = memory.setdefault(sending.event["id"], sending.post.url)
    return await sending.send(sending.post) if first == sending.post.url else Outcome(200)


@on_sending(breaks=("webhooks.wanted",))
async def tells_every_endpoint_of_everything(sending: Sending) -> Outcome:
    """Sends an event to the endpoints that want other types, too."""
    for each in sending.others():
        if each.caller == sending.endpoint.caller and not each.off and not sending.wanted_by(each):
            await sending.send(sending.for_(each))
    return await sending.send(sending.post)


@on_sending(breaks=("webhooks.tenant",))
async def tells_endpoints_of_every_caller(sending: Sending) -> Outcome:
    """Sends an event to the endpoints of other callers, too."""
    for each in sending.others():
        if each.caller != sending.endpoint.caller and not each.off and sending.wanted_by(each):
            await sending.send(sending.for_(each))
    return await sending.send(sending.post)


@on_sending(breaks=("webhooks.disabled",))
async def tells_endpoints_that_are_off(sending: Sending) -> Outcome:
    """Sends an event to endpoints that are disabled or deleted, too."""
    for each in sending.others():
        if each.caller == sending.endpoint.caller and each.off and sending.wanted_by(each):
            await sending.send(sending.for_(each))
    return await sending.send(sending.post)


@on_sending(breaks=("webhooks.told-again",))
async def delivers_again_what_is_told_again(sending: Sending) -> Outcome:
    """Delivers an event that a client tells of again a second time."""
    outcome = await sending.send(sending.post)
    await asyncio.sleep(0.1)
    if outcome.status == 204 and sending.known.told[sending.event["id"]] > 1:
        await sending.send(sending.post)
    return outcome


@on_sending(breaks=("webhooks.body",))
async def leaves_out_when_it_happened(sending: Sending) -> Outcome:
    """Delivers events without `created_at`."""
    return await sending.send(sending.signed(created_at=None))


@on_sending(breaks=("webhooks.media-type",))
async def labels_webhooks_as_text(sending: Sending) -> Outcome:
    """Labels what it delivers as text."""
    return await sending.send(sending.with_headers(content_type="text/plain"))


@on_sending(breaks=("webhooks.id",), remembers=set)
async def names_each_attempt(sending: Sending, memory: set[tuple[str, str]]) -> Outcome:
    """Gives each attempt but the first a `webhook-id` of its own."""
    place = (sending.post.url, sending.event["id"])
    name = f"{place[1]}.{len(memory)}" if place in memory else None
    memory |= {place, (place[0], name or "")}
    return await sending.send(sending.signed(name=name))


@on_sending(breaks=("webhooks.timestamp",), remembers=dict)
async def keeps_the_time_of_the_first_attempt(sending: Sending, memory: dict[tuple[str, str], float]) -> Outcome:
    """Sends every attempt with the timestamp of the first."""
    now = float(sending.post.headers["webhook-timestamp"])
    first = memory.setdefault((sending.post.url, sending.event["id"]), now)
    return await sending.send(sending.signed(at=first))


@on_sending(breaks=("webhooks.signature",))
async def signs_the_body_alone(sending: Sending) -> Outcome:
    """Signs the body, and neither id nor timestamp."""
    key = base64.b64decode(sending.endpoint.secrets[0].removeprefix("whsec_"))
    digest = base64.b64encode(hmac.digest(key, sending.post.body, "sha256")).decode()
    return await sending.send(sending.with_headers(webhook_signature=f"v1,{digest}"))


@on_sending(breaks=("webhooks.rotated",))
async def waits_with_a_new_secret(sending: Sending) -> Outcome:
    """Signs with the secret before alone, as long as that is kept."""
    old = sending.post.headers["webhook-signature"].split(" ")[-1]
    return await sending.send(sending.with_headers(webhook_signature=old))


@on_sending(breaks=("webhooks.overlap",))
async def signs_with_one_secret(sending: Sending) -> Outcome:
    """Signs with the new secret alone, though the one before is kept."""
    new = sending.post.headers["webhook-signature"].split(" ")[0]
    return await sending.send(sending.with_headers(webhook_signature=new))


@on_request(at="rotateWebhookSecret", breaks=("webhooks.withdrawn",))
def keeps_every_secret_for_a_day(request: Request) -> None:
    """Keeps the secret before for a day, whatever is said of it."""
    if isinstance(request.body, dict):
        request.body = {"keep_old_secret_active_for_24_hours": True}


@on_sending(breaks=("webhooks.redirect",))
async def follows_redirects(sending: Sending) -> Outcome:
    """Sends a webhook on to where a redirect leads."""
    async with httpx2.AsyncClient(trust_env=False, follow_redirects=True) as client:
        post = sending.post
        answer = await client.post(post.url, headers=dict(post.headers), content=post.body)
    return Outcome(answer.status_code, None, seconds_of(answer.headers.get("retry-after"), time.time()))


@on_sending(breaks=("webhooks.test-alone",))
async def sends_samples_to_all(sending: Sending) -> Outcome:
    """Sends a sample to every endpoint of the caller that wants its type."""
    if sending.event["data"].get("id") in sending.known.endpoints:
        for each in sending.others():
            if each.caller == sending.endpoint.caller and not each.off and sending.wanted_by(each):
                await sending.send(sending.for_(each))
    return await sending.send(sending.post)
