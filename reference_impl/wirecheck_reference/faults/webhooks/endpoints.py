"""Webhook endpoints that are made, shown and changed wrongly."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from wirecheck_reference.faults.kinds.fault import on_answer, on_error, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_SECRET: Final = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="  # noqa: S105 - of nobody


def _made_up(answer: Answer) -> None:
    """Takes a request for an endpoint that nothing is ever sent to."""
    body = answer.request.body
    answer.status = 200
    answer.document = {
        "id": "we_0f3c1a6e5b7d4c2f9e8a7b6c5d4e3f2a",
        "object": "webhook_endpoint",
        "created_at": 1767225600,
        "name": body.get("name", "made up"),
        "url": body["url"],
        "event_types": body.get("event_types") or ["*"],
        "status": "enabled",
        "signing_secret": _SECRET,
    }


def _url(answer: Answer) -> str:
    """The URL for which a request was refused; empty where it was not."""
    refused = answer.status in (400, 422) and answer.error.get("param") == "url"
    return str(answer.request.field("url")) if refused else ""


@on_json(at="listWebhookEndpoints", breaks=("webhooks.shape",))
def lists_endpoints_without_names(document: dict[str, Any]) -> None:
    """Leaves `name` out of the endpoints of a list."""
    for each in document["data"]:
        del each["name"]


@on_json(at="getWebhookEndpoint", breaks=("webhooks.fields",))
def calls_endpoints_active(document: dict[str, Any]) -> None:
    """Calls an endpoint that is enabled `active`."""
    if document["status"] == "enabled":
        document["status"] = "active"


@on_json(at="listWebhookEndpoints", breaks=("webhooks.list-shape",))
def lists_endpoints_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the list of endpoints."""
    del document["object"]


@on_json(at="deleteWebhookEndpoint", breaks=("webhooks.deletion",))
def calls_what_is_deleted_an_endpoint(document: dict[str, Any]) -> None:
    """Calls what was deleted a `webhook_endpoint`."""
    document["object"] = "webhook_endpoint"


@on_json(at="createWebhookEndpoint", breaks=("webhooks.as-asked",))
def names_endpoints_by_their_hosts(document: dict[str, Any]) -> None:
    """Shows every new endpoint under the name of its host."""
    document["name"] = urlsplit(document["url"]).hostname


@on_request(at="updateWebhookEndpoint", breaks=("webhooks.change",))
def changes_no_names(request: Request) -> None:
    """Takes another name for an endpoint, and keeps the one before."""
    if request.has("name"):
        del request.body["name"]


@on_request(at="updateWebhookEndpoint", breaks=("webhooks.change",))
def forgets_what_is_not_sent(request: Request) -> None:
    """Takes what is not sent of `event_types` for all of them."""
    if request.has("name") and not request.has("event_types"):
        request.body["event_types"] = ["*"]


@on_json(at="createWebhookEndpoint", breaks=("webhooks.all-types",))
def lists_all_types_there_are(document: dict[str, Any]) -> None:
    """Shows the types that there are today in place of `*`."""
    if document["event_types"] == ["*"]:
        document["event_types"] = ["batch.completed", "batch.failed"]


@on_json(at="listWebhookEventTypes", breaks=("webhooks.event-types",))
def lists_types_as_objects(document: dict[str, Any]) -> None:
    """Lists each type of events as an object."""
    document["data"] = [{"type": each} for each in document["data"]]


@on_answer(at="createWebhookEndpoint", breaks=("webhooks.wrong-url",))
def takes_urls_with_users(answer: Answer) -> None:
    """Takes URLs with a user and a password."""
    if "@" in _url(answer):
        _made_up(answer)


@on_answer(at="createWebhookEndpoint", breaks=("webhooks.link-local",))
def takes_addresses_as_numbers(answer: Answer) -> None:
    """Looks at addresses in dotted notation alone: takes one that comes as a number."""
    if (urlsplit(_url(answer)).hostname or "").isdigit():
        _made_up(answer)


@on_error(at="createWebhookEndpoint", breaks=("webhooks.target-param",))
def does_not_say_that_it_is_the_url(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses addresses that nothing is sent to, and names no field."""
    if answer.status == 400 and envelope["error"]["param"] == "url":
        envelope["error"]["param"] = None


@on_json(at="createWebhookEndpoint", breaks=("webhooks.secret",))
def tells_secrets_bare(document: dict[str, Any]) -> None:
    """Tells a secret without `whsec_` before it."""
    document["signing_secret"] = document["signing_secret"].removeprefix("whsec_")


@on_answer(at=("createWebhookEndpoint", "getWebhookEndpoint"), breaks=("webhooks.secret-once",), remembers=dict)
def tells_secrets_to_whoever_looks(answer: Answer, memory: dict[str, str]) -> None:
    """Shows the secret of an endpoint to whoever fetches it."""
    if answer.status == 200:
        document = answer.document
        secret = memory.setdefault(document["id"], document.get("signing_secret"))
        answer.document = {**document, "signing_secret": secret}


@on_json(at="createWebhookEndpoint", breaks=("webhooks.own-secret",))
def has_one_secret_for_all(document: dict[str, Any]) -> None:
    """Tells one secret of all endpoints that want all types."""
    if document["event_types"] == ["*"]:
        document["signing_secret"] = _SECRET
