"""Webhook endpoints: spec/rules/webhooks/endpoints.md, but for their secrets."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.webhooks.pools import every_deletion, every_endpoint, every_list, every_type_list
from wirecheck.areas.webhooks.probes import endpoints
from wirecheck.areas.webhooks.probes.endpoints import Shown, Urls
from wirecheck.evidence.exchange import ABSENT, Exchange, at
from wirecheck.evidence.unseen import Unseen, decision, decisions
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

_ASKED: Final = ("url", "name", "event_types")
_REFUSED: Final = (400, 422)


@requirement("webhooks.shape", on=every_endpoint, feature="webhooks")
def shapes_endpoints(answer: Exchange) -> Violations:
    """A webhook endpoint MUST follow the schema WebhookEndpoint in `id`, `object`, `created_at`, `name`, `url` and
    `event_types`.
    """
    for each in shape.breaks(answer, "endpoint"):
        yield str(each)


@requirement("webhooks.fields", on=every_endpoint, feature="webhooks")
def tells_more_as_agreed(answer: Exchange) -> Violations:
    """What else the schema WebhookEndpoint has SHOULD follow it."""
    for each in shape.breaks(answer, "more of an endpoint"):
        yield str(each)


@requirement("webhooks.list-shape", on=every_list, feature="webhooks")
def shapes_the_list(answer: Exchange) -> Violations:
    """The list of webhook endpoints MUST follow the schema WebhookEndpointList."""
    for each in shape.breaks(answer, "endpoint list"):
        yield str(each)


@requirement("webhooks.deletion", on=every_deletion, feature="webhooks")
def shapes_deletions(answer: Exchange) -> Violations:
    """A deletion MUST follow the schema WebhookEndpointDeleted."""
    for each in shape.breaks(answer, "endpoint deletion"):
        yield str(each)


@requirement("webhooks.as-asked", on=endpoints.shown, feature="webhooks")
def keeps_what_was_asked(seen: Shown) -> Violations:
    """`url`, `name` and `event_types` MUST be those that were sent."""
    for answer in map(decision, (seen.full, seen.found)):
        for name in _ASKED:
            sent, told = at(seen.full.request.json, name), answer.at(name)
            # What is missing is for `webhooks.shape`.
            if told is not ABSENT and told != sent:
                yield Broken(f"{name} {sent!r} was sent, {told!r} is told", answer)


@requirement("webhooks.change", on=endpoints.shown, feature="webhooks")
def changes_what_was_asked(seen: Shown) -> Violations:
    """A change of `url`, `name` or `event_types` MUST be seen by whoever fetches the endpoint next, and leave what was
    not sent as it was.
    """
    before = {name: seen.found.at(name) for name in _ASKED}
    for change, after in seen.changes:
        if decision(change).status != 200:
            yield Broken(f"{change.request.method} {change.request.path}: {change.status}; 200 is required", change)
            return
        before |= {
            name: at(change.request.json, name) for name in _ASKED if at(change.request.json, name) is not ABSENT
        }
        for name in _ASKED:
            if decision(after).status == 200 and after.at(name) != before[name]:
                yield Broken(f"{name} is {after.at(name)!r}; {before[name]!r} is required", after, change)


@requirement("webhooks.all-types", on=endpoints.shown, feature="webhooks")
def says_that_it_wants_all(seen: Shown) -> Violations:
    """An endpoint for which no `event_types` were sent SHOULD say `*`."""
    for answer in decisions(seen.plain):
        if answer.status == 200 and answer.at("event_types") != ["*"]:
            yield Broken(f"event_types is {answer.at('event_types')!r}; ['*'] is required", answer)


@requirement("webhooks.event-types", on=every_type_list, feature="webhooks")
def lists_its_types(answer: Exchange) -> Violations:
    """The list of event types SHOULD follow the schema WebhookEventTypeList."""
    for each in shape.breaks(answer, "event types"):
        yield str(each)


@requirement("webhooks.wrong-url", on=endpoints.urls, feature="webhooks")
def wants_urls(seen: Urls) -> Violations:
    """A URL that is not absolute, of another scheme than `https` and `http`, or with a user or a fragment, SHOULD be
    refused with 400 or 422.
    """
    yield from _refused(seen.wrong)


@requirement("webhooks.link-local", on=endpoints.urls, feature="webhooks")
def sends_nothing_to_link_local_addresses(seen: Urls) -> Violations:
    """A URL at a link-local address SHOULD be refused with 400 or 422, in whatever notation it comes."""
    yield from _refused(seen.link_local)


@requirement("webhooks.target-param", on=endpoints.urls, feature="webhooks")
def names_the_url(seen: Urls) -> Violations:
    """The `param` of such a refusal SHOULD name `url`."""
    refused = [each for each in (*seen.wrong, *seen.link_local) if each.status in _REFUSED]
    if not refused:
        raise Unseen("no URL was refused")
    for answer in refused:
        if answer.at("error", "param") != "url":
            yield Broken(f"{answer.intent.case}: param is {answer.at('error', 'param')!r}; url is required", answer)


def _refused(answers: tuple[Exchange, ...]) -> Violations:
    for answer in decisions(answers):
        if answer.status not in _REFUSED:
            yield Broken(f"{answer.intent.case}: {answer.status}; 400 or 422 is required", answer)
