"""Stored chat completions gone wrong."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.kinds.fault import on_json, on_request
from wirecheck_reference.faults.kinds.parts import Request
from wirecheck_reference.faults.kinds.queries import without


@on_json(at="getStoredCompletion", breaks=("stored.as-answered",))
def names_another_model_in_what_it_stored(document: dict[str, Any]) -> None:
    """Shows what it stored under a longer name of the model."""
    document["model"] += "-2026-01-01"


@on_request(at="createChatCompletion", breaks=("stored.as-streamed",))
def stores_no_streams(request: Request) -> None:
    """Stores no answer that is streamed."""
    if request.field("stream") is True and request.has("store"):
        request.body["store"] = False


@on_request(at="createChatCompletion", breaks=("stored.not-unasked",))
def stores_what_it_should_not(request: Request) -> None:
    """Stores what was not to be stored."""
    if request.field("store") is False:
        request.body["store"] = True


@on_json(at="listStoredMessages", breaks=("stored.messages",))
def turns_conversations_round(document: dict[str, Any]) -> None:
    """Lists the messages from the last to the first."""
    document["data"].reverse()
    document["first_id"], document["last_id"] = document["last_id"], document["first_id"]


@on_request(at="listStoredCompletions", breaks=("stored.model",))
def lists_every_model(request: Request) -> None:
    """Lists the completions of all models, whichever was asked for."""
    without(request, "model")


@on_request(at="listStoredCompletions", breaks=("stored.metadata",))
def lists_every_label(request: Request) -> None:
    """Lists completions whatever their metadata."""
    without(request, "metadata")
