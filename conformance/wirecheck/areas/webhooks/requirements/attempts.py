"""Attempts, and what is told of them: spec/rules/webhooks/deliveries.md."""

from __future__ import annotations

from wirecheck.areas.webhooks.pools import every_delivery, every_delivery_list, every_sample
from wirecheck.areas.webhooks.probes import deliveries, samples
from wirecheck.areas.webhooks.probes.deliveries import RETRY_AFTER, Life, Throttled
from wirecheck.areas.webhooks.probes.samples import ACCEPTED, Tested
from wirecheck.areas.webhooks.reading import arrived, delivery_of
from wirecheck.areas.webhooks.steps import SAMPLE, SETTING
from wirecheck.evidence.exchange import Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

# Seconds by which a pause is cut short by clocks that differ.
_SLACK = 0.2


@requirement("webhooks.acknowledged", on=deliveries.life, feature="webhooks")
def delivers_once(seen: Life) -> Violations:
    """A delivery that was answered with a 2xx, whichever, MUST NOT be attempted again."""
    came = seen.good.of(seen.paid)
    if not came:
        raise Unseen("no event came")
    if len(seen.flaky.of(seen.paid)) < 2:
        raise Unseen("nothing was attempted again: nobody knows when this would be")
    if len(came) > 1:
        yield Broken(f"it was answered with {came[0].answered}, and attempted {len(came)} times", seen.paid)


@requirement("webhooks.retried", on=deliveries.life, feature="webhooks")
def tries_again(seen: Life) -> Violations:
    """A delivery that was answered with a 5xx MUST be attempted again."""
    came = seen.flaky.of(seen.paid)
    if not came:
        raise Unseen("no event came")
    failed = next((number for number, each in enumerate(came, 1) if each.answered < 500), len(came))
    if failed < len(came) or came[-1].answered < 500:
        return
    delivery = delivery_of(seen.page, seen.paid)
    due = whole_number(at(delivery, "next_attempt_at"))
    if at(delivery, "status") == "pending" and due is not None and due > came[-1].at + seen.patience:
        raise Unseen(f"it is attempted again in {due - came[-1].at:.0f} s ({SETTING} in wirecheck.toml)")
    what = f"attempt {len(came)} was answered with {came[-1].answered}, and no other came within {seen.patience} s"
    yield Broken(f"{what} ({SETTING} in wirecheck.toml)", seen.paid, seen.flaky.made)


@requirement("webhooks.redirect", on=deliveries.life, feature="webhooks")
def follows_no_redirect(seen: Life) -> Violations:
    """A redirect MUST NOT be followed."""
    if not any(each.answered == 307 for each in seen.moved.of(seen.paid)):
        raise Unseen("nothing came that was answered with a redirect")
    if seen.elsewhere:
        yield Broken(f"{seen.elsewhere[0].request.method} came to where a redirect leads", seen.paid, seen.moved.made)


@requirement("webhooks.later", on=deliveries.throttled, feature="webhooks")
def waits_as_it_is_told(seen: Throttled) -> Violations:
    """A delivery that was answered with 429 or 503 and a `Retry-After` SHOULD NOT be attempted before that."""
    came = seen.heard.of(seen.told)
    if len(came) < 2:
        raise Unseen("there was no second attempt")
    pause = came[1].moment - came[0].moment
    if pause < RETRY_AFTER - _SLACK:
        yield Broken(f"Retry-After: {RETRY_AFTER}, and the next attempt came after {pause:.1f} s", seen.told)


@requirement("webhooks.gone", on=deliveries.life, feature="webhooks")
def gives_up_who_is_gone(seen: Life) -> Violations:
    """An endpoint that answered 410 SHOULD be `disabled` for the reason `gone`."""
    if not seen.gone.of(seen.again):
        raise Unseen("nothing came that was answered with 410")
    shown = decision(seen.gone_shown)
    told = (shown.at("status"), shown.at("disabled_reason"))
    if told != ("disabled", "gone"):
        yield Broken(f"status is {told[0]!r}, disabled_reason is {told[1]!r}", shown, seen.again)


@requirement("webhooks.delivery-shape", on=every_delivery, feature="webhooks")
def shapes_deliveries(answer: Exchange) -> Violations:
    """A delivery MUST follow the schema WebhookDelivery."""
    for each in shape.breaks(answer, "delivery"):
        yield str(each)


@requirement("webhooks.deliveries-shape", on=every_delivery_list, feature="webhooks")
def shapes_lists_of_deliveries(answer: Exchange) -> Violations:
    """A list of deliveries MUST follow the schema WebhookDeliveryList."""
    for each in shape.breaks(answer, "delivery list"):
        yield str(each)


@requirement("webhooks.succeeded", on=deliveries.life, feature="webhooks")
def says_what_succeeded(seen: Life) -> Violations:
    """A delivery that was acknowledged MUST be `succeeded`."""
    if not any(each.answered < 300 for each in seen.flaky.of(seen.paid)):
        raise Unseen("nothing was acknowledged")
    status = at(delivery_of(decision(seen.page), seen.paid), "status")
    if status != "succeeded":
        yield Broken(f"it was answered with 200, and its status is {status!r}", seen.page, seen.paid)


@requirement("webhooks.attempts", on=deliveries.life, feature="webhooks")
def tells_its_attempts(seen: Life) -> Violations:
    """A delivery SHOULD tell its attempts in their order, each with the status that it was answered with."""
    came = [each.answered for each in seen.flaky.of(seen.paid)]
    delivery = delivery_of(decision(seen.page), seen.paid)
    if not came or delivery is None:
        raise Unseen("no delivery is listed")
    told = [at(each, "status_code") for each in items(delivery, "attempts")]
    if told != came:
        yield Broken(f"attempts were answered with {came}, {told} is told", seen.page, seen.paid)


@requirement("webhooks.status-filter", on=deliveries.life, feature="webhooks")
def narrows_to_a_state(seen: Life) -> Violations:
    """`status` MUST narrow a list of deliveries to those in that state."""
    mine = delivery_of(seen.page, seen.paid)
    if mine is None:
        raise Unseen("no delivery is listed")
    for state, page in seen.pages:
        if decision(page).status != 200:
            yield Broken(f"{page.request.path}: {page.status}; 200 is required", page)
            continue
        others = {str(at(each, "status")) for each in items(page.json, "data")} - {state}
        if others:
            yield Broken(f"deliveries are listed that are {', '.join(sorted(others))}", page)
    if at(mine, "status") != "pending" and not any(delivery_of(page, seen.paid) for _, page in seen.pages):
        yield Broken(f"a delivery that is {at(mine, 'status')} is listed in no state", seen.page)


@requirement("webhooks.redelivered", on=deliveries.life, feature="webhooks")
def delivers_again_when_asked(seen: Life) -> Violations:
    """A redelivery MUST be answered with 202 and a new delivery, and send the same event under the same
    `webhook-id`.
    """
    if seen.redelivery is None:
        raise Unseen("no delivery is listed that could be asked for again")
    answer, before = decision(seen.redelivery), delivery_of(seen.page, seen.paid)
    if not any(each.answered < 300 for each in seen.flaky.of(seen.paid)):
        raise Unseen("nothing was acknowledged: who hears nothing may be sent nothing more")
    if answer.status != 202:
        yield Broken(f"a redelivery was answered with {answer.status}; 202 is required", answer)
        return
    if answer.at("id") == at(before, "id") or answer.at("event_id") != seen.paid.at("id"):
        yield Broken("it is no new delivery of the event", answer, seen.page)
    came = arrived(seen.after, seen.paid)
    if not came:
        yield Broken(f"nothing came within {seen.patience} s", answer, seen.flaky.made)
    elif came[0].header("webhook-id") != seen.paid.at("id") and _named(seen):
        yield Broken(f"webhook-id is {came[0].header('webhook-id')!r}, another than before", answer)


def _named(seen: Life) -> bool:
    """Whether every attempt before was named by its event: else that is for `webhooks.id`."""
    return all(each.header("webhook-id") == seen.paid.at("id") for each in seen.flaky.of(seen.paid))


@requirement("webhooks.test", on=samples.tested, feature="webhooks")
def sends_samples(seen: Tested) -> Violations:
    """A test MUST send the endpoint an event of the type that was asked for, and be answered with 200 and the status
    that the endpoint answered with.
    """
    answer = decision(seen.answer)
    if answer.status != 200:
        yield Broken(f"a sample was answered with {answer.status}; 200 is required", answer)
        return
    if answer.at("status_code") != ACCEPTED:
        yield Broken(f"the endpoint answered {ACCEPTED}, status_code is {answer.at('status_code')!r}", answer)
    types = [at(each.json, "type") for each in seen.mine.arrivals if each not in seen.mine.of(seen.told)]
    if types != [SAMPLE]:
        yield Broken(f"a sample of the type {SAMPLE} was asked for, of {types} came", answer)


@requirement("webhooks.test-alone", on=samples.tested, feature="webhooks")
def sends_samples_to_one(seen: Tested) -> Violations:
    """A test MUST NOT send anything to another endpoint."""
    if not seen.mine.arrivals or not seen.other.of(seen.told):
        raise Unseen("no sample came, or no event behind it to the other")
    sample = at(seen.mine.arrivals[0].json, "id")
    if any(at(each.json, "id") == sample for each in seen.other.arrivals):
        yield Broken("the sample came to another endpoint too", seen.answer, seen.other.made)


@requirement("webhooks.test-shape", on=every_sample, feature="webhooks")
def shapes_samples(answer: Exchange) -> Violations:
    """The answer to a test MUST follow the schema WebhookTestResult."""
    for each in shape.breaks(answer, "sample"):
        yield str(each)
