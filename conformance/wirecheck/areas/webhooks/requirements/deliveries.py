"""What is delivered, to whom, and how it is signed: spec/rules/webhooks/deliveries.md."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.webhooks.probes import deliveries
from wirecheck.areas.webhooks.probes.deliveries import Life, Throttled
from wirecheck.areas.webhooks.reading import Heard, arrived, is_signed
from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement

# Seconds by which receivers let clocks differ.
_TOLERANCE: Final = 300
# Seconds by which the time between two timestamps may differ from that between two attempts: both are whole.
_ROUNDING: Final = 2


@requirement("webhooks.delivered", on=deliveries.life, feature="webhooks")
def delivers_to_whoever_wants_it(seen: Life) -> Violations:
    """An event MUST be delivered to each enabled endpoint of its owner that wants its type, by a POST to the
    endpoint's URL.
    """
    wanted = ((seen.good, seen.again), (seen.gone, seen.again))
    for heard, told in (*wanted, *((each, seen.paid) for each in (seen.good, seen.flaky, seen.moved))):
        came = heard.of(told)
        if not came:
            types = ", ".join(heard.types)
            what = f"an event of the type {told.at('type')} did not come to an endpoint that wants {types}"
            yield Broken(f"{what}, within {seen.patience} s", told, heard.made)
        elif came[0].request.method != "POST":
            yield Broken(f"it came by {came[0].request.method}; POST is required", told, heard.made)


@requirement("webhooks.wanted", on=deliveries.life, feature="webhooks")
def delivers_nothing_unwanted(seen: Life) -> Violations:
    """An endpoint MUST NOT be sent an event of a type that it does not want."""
    _came(seen, seen.paid)
    for heard in (seen.other, seen.flaky, seen.moved):
        for told in (seen.again, seen.paid):
            if told.at("type") not in heard.types and heard.of(told):
                types = ", ".join(heard.types)
                what = f"an event of the type {told.at('type')} came to an endpoint that wants {types}"
                yield Broken(what, told, heard.made)


@requirement("webhooks.tenant", on=deliveries.life, feature="webhooks")
def delivers_nothing_of_others(seen: Life) -> Violations:
    """An endpoint MUST NOT be sent an event of another caller's."""
    if seen.foreign is None:
        raise Unseen("no key of another caller is given (other_key_env in wirecheck.toml)")
    _came(seen, seen.paid)
    for told in (seen.again, seen.paid):
        if seen.foreign.of(told):
            yield Broken("an event of one caller came to an endpoint of another", told, seen.foreign.made)


@requirement("webhooks.disabled", on=deliveries.life, feature="webhooks")
def delivers_nothing_to_who_is_off(seen: Life) -> Violations:
    """An endpoint that is disabled or deleted MUST NOT be sent an event that happens from then on."""
    _came(seen, seen.paid)
    closed: list[tuple[Heard, Exchange]] = []
    if decision(seen.turned_off).status == 200 and seen.turned_off.at("status") == "disabled":
        closed.append((seen.off, seen.turned_off))
    if decision(seen.deletion).status == 200:
        closed.append((seen.deleted, seen.deletion))
    if not closed:
        raise Unseen(f"no endpoint could be disabled or deleted: {seen.turned_off}")
    if seen.gone_shown.at("status") == "disabled" and seen.gone.of(seen.paid):
        yield Broken("an event came to an endpoint that is disabled since it answered 410", seen.paid, seen.gone.made)
    for heard, how in closed:
        if any(heard.of(told) for told in (seen.again, seen.paid)):
            yield Broken("an event came to an endpoint that was disabled or deleted before", seen.paid, how)


@requirement("webhooks.told-again", on=deliveries.life, feature="webhooks")
def delivers_what_is_told_again_once(seen: Life) -> Violations:
    """An event that a client tells of again MUST NOT be delivered again."""
    _came(seen, seen.again)
    if len(seen.good.of(seen.paid)) > 1:
        raise Unseen("an event that was told of once was delivered twice too")
    if (often := len(seen.good.of(seen.again))) > 1:
        yield Broken(f"an event that was told of twice was delivered {often} times", seen.again)


@requirement("webhooks.body", on=deliveries.life, feature="webhooks")
def delivers_the_event(seen: Life) -> Violations:
    """The body of a delivery MUST be the event, as it is found by its id."""
    shown = [(told, event) for told, event in zip((seen.again, seen.paid), seen.events, strict=True) if _found(event)]
    arrivals = [(each, event) for told, event in shown for each in _all(seen, told)]
    if not arrivals:
        raise Unseen("no event came that could be found by its id")
    for each, event in arrivals:
        if each.json != event.json:
            yield Broken(f"{_said(each)}; the event is {str(event.json)[:200]}", event)


@requirement("webhooks.media-type", on=deliveries.life, feature="webhooks")
def labels_deliveries(seen: Life) -> Violations:
    """A delivery SHOULD be labelled `application/json`."""
    for each in _some(seen):
        label = (each.header("content-type") or "").partition(";")[0].strip().lower()
        if label != "application/json":
            yield Broken(f"Content-Type: {each.header('content-type')}; application/json is required", seen.paid)


@requirement("webhooks.id", on=deliveries.life, feature="webhooks")
def names_the_event(seen: Life) -> Violations:
    """`webhook-id` MUST be the id of the event, the same in every attempt."""
    _some(seen)
    for told in (seen.again, seen.paid):
        for each in _all(seen, told):
            if each.header("webhook-id") != told.at("id"):
                yield Broken(f"webhook-id is {each.header('webhook-id')!r}; {told.at('id')!r} is required", told)


@requirement("webhooks.timestamp", on=deliveries.throttled, feature="webhooks")
def tells_the_time_of_the_attempt(seen: Throttled) -> Violations:
    """`webhook-timestamp` MUST be the time of the attempt in whole Unix seconds, not that of the event."""
    came = seen.heard.of(seen.told)
    if not came:
        raise Unseen("no event came")
    times: list[tuple[int, Arrival]] = []
    for each in came:
        text = each.header("webhook-timestamp") or ""
        if not (text.isascii() and text.isdigit() and len(text) < 12):
            yield Broken(f"webhook-timestamp is {text!r}; whole Unix seconds are required", seen.told)
            return
        times.append((int(text), each))
        if abs(int(text) - each.at) > _TOLERANCE:
            yield Broken(f"webhook-timestamp is {text}, {abs(int(text) - each.at):.0f} s from when it came", seen.told)
            return
    (first, one), (last, other) = times[0], times[-1]
    if len(times) < 2:
        raise Unseen("there was no second attempt")
    between = other.moment - one.moment
    if abs(last - first - between) >= _ROUNDING:
        yield Broken(f"two attempts have timestamps {last - first} s apart; they came {between:.1f} s apart", seen.told)


@requirement("webhooks.signature", on=deliveries.life, feature="webhooks")
def signs_deliveries(seen: Life) -> Violations:
    """`webhook-signature` MUST hold `v1,` and the Base64 of the HMAC-SHA256 of id, timestamp and body, with dots
    between them, with the endpoint's secret.
    """
    _some(seen)
    for heard in (seen.good, seen.flaky, seen.moved, seen.gone):
        for told in (seen.again, seen.paid):
            for each in heard.of(told):
                if not is_signed(each, heard.secret):
                    what = f"webhook-signature is {each.header('webhook-signature')!r}"
                    yield Broken(f"{what}, which is none of the bytes that came", told, heard.made)


def _came(seen: Life, told: Exchange) -> None:
    """Raises `Unseen` where an event did not even come to who wants it: nothing is known of others then."""
    if not seen.good.of(told):
        raise Unseen("the event did not come to who wants it")


def _all(seen: Life, told: Exchange) -> list[Arrival]:
    """What came of an event, where it was wanted."""
    heard = (seen.good, seen.flaky, seen.moved, seen.gone)
    return [each for one in heard for each in arrived(one.arrivals, told)]


def _some(seen: Life) -> list[Arrival]:
    """What came of the events. Raises `Unseen` where nothing did."""
    found = [each for told in (seen.again, seen.paid) for each in _all(seen, told)]
    if not found:
        raise Unseen("no event came")
    return found


def _found(event: Exchange) -> bool:
    return decision(event).status == 200


def _said(arrival: Arrival) -> str:
    return f"what came says {arrival.request.body[:200].decode('utf-8', 'replace')}"
