"""The pools of exchanges that sentences speak of: every answer, every stream, every invalid request. No I/O."""

from __future__ import annotations

from wirecheck.exchange import ABSENT, Exchange
from wirecheck.probe import Pool

_CHAT = ("POST", "/v1/chat/completions")


def _answered(exchange: Exchange) -> bool:
    return exchange.status is not None and exchange.end != "left"


def _chat(exchange: Exchange) -> bool:
    """What was asked in a way that an answer can be held to: an invalid request owes nothing but its refusal."""
    return (
        _answered(exchange)
        and (exchange.request.method, exchange.request.path) == _CHAT
        and exchange.intent.valid is not False
        and isinstance(exchange.request.json, dict)
    )


def _asked_for_stream(exchange: Exchange) -> bool:
    return exchange.request.json.get("stream") is True


every_answer = Pool("answer", _answered)

every_error = Pool("error answer", lambda it: _answered(it) and (it.status or 0) >= 400)

every_success = Pool("successful answer", lambda it: _answered(it) and it.status == 200)

every_completion = Pool(
    "chat completion without a stream",
    lambda it: _chat(it) and it.status == 200 and not _asked_for_stream(it),
)

every_streamed_chat = Pool(
    "chat answer to `stream: true`",
    lambda it: _chat(it) and it.status == 200 and _asked_for_stream(it) and not _accepts_another(it),
)

every_stream = Pool(
    "event stream",
    lambda it: _chat(it) and it.status == 200 and it.media_type == "text/event-stream",
)

every_chat_success = Pool("successful chat answer", lambda it: _chat(it) and it.status == 200)

every_invalid = Pool("invalid request", lambda it: _answered(it) and it.intent.valid is False)


every_wrong_method = Pool(
    "request with a wrong method",
    lambda it: (
        _answered(it) and (it.intent.case == "wrong method" or it.intent.finding("unsupported_method") is not ABSENT)
    ),
)


def _accepts_another(exchange: Exchange) -> bool:
    return any(name == "accept" and value != "*/*" for name, value in exchange.request.headers)


def found_by(check: str) -> Pool:
    """The answers of the sweep to which a check of Schemathesis applied."""
    return Pool(f"request of the sweep for {check}", lambda it: it.intent.finding(check) is not ABSENT)
