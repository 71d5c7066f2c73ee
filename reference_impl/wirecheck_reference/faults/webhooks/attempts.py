"""Attempts at webhooks gone wrong, and what is told of them."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request, on_verdict
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.faults.kinds.queries import query_of, without
from wirecheck_reference.jobs.posting import Outcome
from wirecheck_reference.store.delivery_work import FAILED, PENDING, Verdict


@on_verdict(breaks=("webhooks.acknowledged",))
def takes_200_alone_for_heard(verdict: Verdict, outcome: Outcome) -> Verdict:
    """Attempts again what was acknowledged with 204."""
    return Verdict(PENDING, due=int(time.time() * 1000) + 50) if outcome.status == 204 else verdict


@on_verdict(breaks=("webhooks.retried",), rows=("WEB-04",))
def fires_once(verdict: Verdict, outcome: Outcome) -> Verdict:
    """Attempts nothing again that was answered with a 500."""
    return Verdict(FAILED) if outcome.status == 500 else verdict


@on_verdict(breaks=("webhooks.later",))
def comes_again_at_once(verdict: Verdict, outcome: Outcome) -> Verdict:
    """Does not wait as long as `Retry-After` says."""
    return verdict if outcome.retry_after is None else replace(verdict, due=int(time.time() * 1000) + 50)


@on_verdict(breaks=("webhooks.gone",))
def calls_who_is_gone_failing(verdict: Verdict, outcome: Outcome) -> Verdict:
    """Disables an endpoint that answered 410 as one that failed too often."""
    return replace(verdict, disabled="failing") if outcome.status == 410 else verdict


@on_json(at="getWebhookDelivery", breaks=("webhooks.delivery-shape",))
def does_not_tell_the_next_attempt(document: dict[str, Any]) -> None:
    """Leaves `next_attempt_at` out of a delivery."""
    del document["next_attempt_at"]


@on_json(at="listWebhookDeliveries", breaks=("webhooks.deliveries-shape",))
def lists_deliveries_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of a list of deliveries."""
    del document["object"]


@on_answer(at="listWebhookDeliveries", breaks=("webhooks.succeeded",))
def takes_one_failure_for_the_end(answer: Answer) -> None:
    """Calls deliveries that were acknowledged at a later attempt `failed`, where all are listed."""
    if answer.status == 200 and "status" not in query_of(answer.request):
        document = answer.document
        for each in document["data"]:
            each["status"] = "failed" if len(each["attempts"]) > 1 and each["status"] != "pending" else each["status"]
        answer.document = document


@on_json(at="listWebhookDeliveries", breaks=("webhooks.attempts",))
def tells_the_last_attempt_alone(document: dict[str, Any]) -> None:
    """Tells the last attempt of each delivery, and none before it."""
    for each in document["data"]:
        each["attempts"] = each["attempts"][-1:]


@on_request(at="listWebhookDeliveries", breaks=("webhooks.status-filter",))
def lists_deliveries_in_every_state(request: Request) -> None:
    """Lists all deliveries, whatever state is asked for."""
    without(request, "status")


@on_answer(at="redeliverWebhookDelivery", breaks=("webhooks.redelivered",))
def makes_no_new_delivery(answer: Answer) -> None:
    """Answers whoever asks for a delivery again with the one before."""
    if answer.status == 202:
        answer.document = {**answer.document, "id": answer.request.parameters["delivery_id"]}


@on_json(at="testWebhookEndpoint", breaks=("webhooks.test",))
def tells_of_every_sample_that_it_was_fine(document: dict[str, Any]) -> None:
    """Says of every sample that it was answered with 200."""
    document["status_code"] = 200


@on_json(at="testWebhookEndpoint", breaks=("webhooks.test-shape",))
def answers_samples_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the answer to a sample."""
    del document["object"]
