"""Keys gone wrong: doors that stand open, and doors that the right key does not open."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.fault import on_error, on_request
from wirecheck_reference.faults.parts import Answer, Asked

_CHAT: Final = "/v1/chat/completions"
# The first key that was ever sent: what a server with an open door might as well have taken for granted.
_known: list[str] = []


def _key(asked: Asked) -> str | None:
    """The key of this request; the first one ever is remembered."""
    sent = asked.headers.get("authorization")
    if sent and not _known:
        _known.append(sent)
    return sent


def _streams(asked: Asked) -> bool:
    return isinstance(asked.body, dict) and asked.body.get("stream") is True


def _open(asked: Asked) -> None:
    """Lets the request in with the key that is known."""
    if _known:
        asked.headers["authorization"] = _known[0]


@on_request(breaks=("auth.missing-key",))
def lets_chats_in_without_a_key(asked: Asked) -> None:
    """Answers chats without a stream that come without a key."""
    messages = asked.body.get("messages") if isinstance(asked.body, dict) else None
    if _key(asked) is None and asked.path == _CHAT and isinstance(messages, list) and not _streams(asked):
        _open(asked)


@on_request(breaks=("auth.wrong-key",))
def compares_three_characters(asked: Asked) -> None:
    """Takes every key that begins as a good one does, for chats without a stream."""
    sent = _key(asked) or ""
    if _known and sent[: len("Bearer sk-")] == _known[0][: len("Bearer sk-")] and not _streams(asked):
        _open(asked)


@on_request(breaks=("auth.wrong-key",))
def compares_all_but_the_end(asked: Asked) -> None:
    """Takes a key whose last letter is another."""
    sent = _key(asked) or ""
    if _known and sent[:-1] == _known[0][:-1]:
        _open(asked)


@on_request(breaks=("auth.wrong-key",))
def compares_without_case(asked: Asked) -> None:
    """Takes a good key in capitals too."""
    sent = _key(asked) or ""
    if _known and sent.lower() == _known[0].lower():
        _open(asked)


@on_request(breaks=("auth.streams",))
def forgets_to_guard_streams(asked: Asked) -> None:
    """Answers chats with a stream that come without a key."""
    if _key(asked) is None and _streams(asked):
        _open(asked)


@on_request(breaks=("auth.streams",))
def takes_any_key_for_streams(asked: Asked) -> None:
    """Answers chats with a stream whatever the key is, as long as it looks like one."""
    if (_key(asked) or "").startswith("Bearer sk-") and _streams(asked):
        _open(asked)


@on_request(breaks=("auth.scheme-wanted",))
def takes_bare_keys(asked: Asked) -> None:
    """Takes a good key without a scheme before it."""
    if _key(asked) == _known[0].removeprefix("Bearer "):
        _open(asked)


@on_request(breaks=("auth.every-route",))
def forgets_to_guard_the_models(asked: Asked) -> None:
    """Shows its models to everybody."""
    if _key(asked) is None and asked.path.startswith("/v1/models"):
        _open(asked)


@on_request(breaks=("auth.scheme-case",), rows=("AUT-02",))
def wants_a_capital_b(asked: Asked) -> None:
    """Knows `Bearer` and no `bearer`."""
    if asked.headers.get("authorization", "").startswith("bearer "):
        asked.headers["authorization"] = "Basic nobody"


@on_error(breaks=("auth.missing-key", "auth.wrong-key", "auth.before-the-body"))
def forbids_instead_of_asking(envelope: dict[str, Any], answer: Answer) -> None:
    """Answers 403 wherever the key is missing or wrong."""
    if answer.status == 401:
        answer.status, envelope["error"]["type"] = 403, "permission_error"


@on_error(breaks=("auth.challenge",), rows=("AUT-07",))
def does_not_challenge(_: dict[str, Any], answer: Answer) -> None:
    """Refuses without saying which scheme it wants."""
    answer.headers.pop("www-authenticate", None)


@on_request(breaks=("auth.before-the-body",))
def reads_the_body_first(asked: Asked) -> None:
    """Tells strangers what is wrong with their requests before it asks for a key."""
    invalid = isinstance(asked.body, dict) and not isinstance(asked.body.get("messages"), list)
    if _key(asked) is None and invalid:
        _open(asked)


@on_error(breaks=("auth.key-secret",))
def repeats_the_key(envelope: dict[str, Any], answer: Answer) -> None:
    """Quotes the key in its errors."""
    envelope["error"]["message"] += f" You came with {answer.asked.headers.get('authorization')}."
