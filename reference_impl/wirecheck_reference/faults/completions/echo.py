"""Prompts that do not stand before their texts."""

from __future__ import annotations

from wirecheck_reference.faults.completions.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import on_request
from wirecheck_reference.faults.kinds.parts import Request


@on_request(at="createCompletion", breaks=("completions.echo",), rows=("CMP-02",))
def keeps_the_prompt_to_itself(request: Request) -> None:
    """Takes `echo`, and answers without the prompt where there is no stream and more to say than that."""
    if request.field("echo") is True and not wants_stream(request) and request.field("max_tokens") != 0:
        request.body["echo"] = False


@on_request(at="createCompletion", breaks=("completions.echo-stream",))
def streams_without_the_prompt(request: Request) -> None:
    """Takes `echo`, and streams without the prompt."""
    if request.field("echo") is True and wants_stream(request):
        request.body["echo"] = False


@on_request(at="createCompletion", breaks=("completions.echo-stream",), rows=("CMP-07",))
def refuses_to_echo_in_streams(request: Request) -> None:
    """Refuses `echo` in streams."""
    if request.field("echo") is True and wants_stream(request):
        request.body["echo"] = "true"


@on_request(at="createCompletion", breaks=("completions.echo-alone",))
def says_a_token_at_least(request: Request) -> None:
    """Takes a `max_tokens` of 0 for 1."""
    if request.has("max_tokens") and request.field("max_tokens") == 0:
        request.body["max_tokens"] = 1
