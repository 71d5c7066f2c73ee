"""Keys gone wrong: doors that stand open, and doors that the right key does not open."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.auth.reading import admit, credentials_of, right
from wirecheck_reference.faults.chat.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import EVERY, on_error, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request


@on_request(at="createChatCompletion", breaks=("auth.missing-key",))
def lets_chats_in_without_a_key(request: Request) -> None:
    """Answers chats without a stream that come without a key."""
    if not credentials_of(request) and isinstance(request.field("messages"), list) and not wants_stream(request):
        admit(request)


@on_request(at="createChatCompletion", breaks=("auth.wrong-key",))
def compares_three_characters(request: Request) -> None:
    """Takes every key that begins as a good one does, for chats without a stream."""
    length = len("Bearer ") + 3
    if credentials_of(request)[:length] in {each[:length] for each in right(request)} and not wants_stream(request):
        admit(request)


@on_request(at="createChatCompletion", breaks=("auth.wrong-key",))
def compares_all_but_the_end(request: Request) -> None:
    """Takes a key whose last letter is another, for chats without a stream."""
    if credentials_of(request)[:-1] in {each[:-1] for each in right(request)} and not wants_stream(request):
        admit(request)


@on_request(at="createChatCompletion", breaks=("auth.wrong-key",))
def compares_without_case(request: Request) -> None:
    """Takes a good key in capitals too, for chats without a stream."""
    if credentials_of(request).lower() in {each.lower() for each in right(request)} and not wants_stream(request):
        admit(request)


@on_request(at="createChatCompletion", breaks=("auth.streams",))
def forgets_to_guard_streams(request: Request) -> None:
    """Answers chats with a stream that come without a key."""
    if not credentials_of(request) and wants_stream(request):
        admit(request)


@on_request(at="createChatCompletion", breaks=("auth.streams",))
def takes_any_key_for_streams(request: Request) -> None:
    """Answers chats with a stream whatever the key is."""
    if credentials_of(request).startswith("Bearer ") and wants_stream(request):
        admit(request)


@on_request(at="createChatCompletion", breaks=("auth.scheme-wanted",))
def takes_bare_keys(request: Request) -> None:
    """Takes a good key without a scheme before it."""
    if credentials_of(request) in request.keys:
        admit(request)


@on_request(at=("listModels", "getModel"), breaks=("auth.every-route",))
def forgets_to_guard_the_models(request: Request) -> None:
    """Shows its models to everybody."""
    if not credentials_of(request):
        admit(request)


@on_request(at=EVERY, breaks=("auth.scheme-case",), rows=("AUT-02",))
def wants_a_capital_b(request: Request) -> None:
    """Knows `Bearer` and no `bearer`."""
    if request.headers.get("authorization", "").startswith("bearer "):
        request.headers["authorization"] = "Basic nobody"


@on_error(at=EVERY, breaks=("auth.missing-key", "auth.wrong-key", "auth.before-the-body"))
def forbids_instead_of_asking(envelope: dict[str, Any], answer: Answer) -> None:
    """Answers 403 wherever the key is missing or wrong."""
    if answer.status == 401:
        answer.status, envelope["error"]["type"] = 403, "permission_error"


@on_error(at=EVERY, breaks=("auth.challenge",), rows=("AUT-07",))
def does_not_challenge(_: dict[str, Any], answer: Answer) -> None:
    """Refuses keys without saying which scheme it wants."""
    if answer.status == 401:
        answer.headers.pop("www-authenticate", None)


@on_request(at="createChatCompletion", breaks=("auth.before-the-body",))
def reads_the_body_first(request: Request) -> None:
    """Tells strangers what is wrong with their requests before it asks for a key."""
    if (
        not credentials_of(request)
        and isinstance(request.body, dict)
        and not isinstance(request.field("messages"), list)
    ):
        admit(request)


@on_error(at=EVERY, breaks=("auth.key-secret",))
def repeats_the_key(envelope: dict[str, Any], answer: Answer) -> None:
    """Quotes the key in its errors."""
    envelope["error"]["message"] += f" You came with {answer.request.headers.get('authorization')}."
