"""The pools of exchanges that sentences speak of: every answer, every stream, every invalid request. No I/O."""

from __future__ import annotations

from wirecheck import shape
from wirecheck.exchange import ABSENT, Exchange
from wirecheck.probe import Pool
from wirecheck.probes import auth, chat, errors, limits, logprobs, models, streaming, tools, validation

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


def _calls(exchange: Exchange) -> bool:
    """Whether a chat answer holds tool calls, of whatever form."""
    return _chat(exchange) and exchange.status == 200 and b'"tool_calls"' in exchange.body


def _accepts_another(exchange: Exchange) -> bool:
    return any(name == "accept" and value != "*/*" for name, value in exchange.request.headers)


def _wrong_method(exchange: Exchange) -> bool:
    swept = exchange.intent.finding("unsupported_method") is not ABSENT
    return _answered(exchange) and (exchange.intent.case == errors.WRONG_METHOD or swept)


# What it asks has a sentence of its own on what becomes of the connection.
_ON_THEIR_OWN = (errors.too_large.name,)


def _of_the_api(exchange: Exchange) -> bool:
    """Whether the API itself was asked: not what may be around it, nor what a browser asks for its own sake."""
    method, path = exchange.request.method, exchange.request.path
    return path.startswith("/v1/") and method != "OPTIONS"


def _error(exchange: Exchange) -> bool:
    """An error answer, or a stream that holds an error event. A page of another origin may be turned away as such."""
    status = exchange.status or 0
    if status == 403 and any(name == "origin" for name, _ in exchange.request.headers):
        return False
    if _of_the_api(exchange) and _answered(exchange):
        return status >= 400 or (status == 200 and shape.streams(exchange) and shape.tells_an_error(exchange))
    return False


every_request = Pool(
    "request",
    lambda it: it.end != "left" and it.intent.origin not in _ON_THEIR_OWN,
    (chat.sync, validation.replay, validation.empty_content),
)

every_answer = Pool("answer", _answered, (models.listed, chat.sync, errors.unknown_route))

every_provocation = Pool("answer", _answered, (chat.sync, validation.replay, validation.empty_content))

every_error = Pool(
    "error answer",
    _error,
    (errors.broken_json, errors.unknown_model, errors.unknown_route, errors.wrong_method),
)

every_refused_key = Pool("401", lambda it: _answered(it) and it.status == 401, (auth.missing,))

every_refused_method = Pool("405", lambda it: _answered(it) and it.status == 405, (errors.wrong_method,))

every_shed_request = Pool("429", lambda it: _answered(it) and it.status == 429, (limits.spent,))

every_wrong_method = Pool("request with a wrong method", _wrong_method, (errors.wrong_method,))

every_chat_success = Pool(
    "successful chat answer", lambda it: _chat(it) and it.status == 200, (chat.sync, streaming.streamed)
)

every_completion = Pool(
    "chat completion without a stream",
    lambda it: _chat(it) and it.status == 200 and not _asked_for_stream(it),
    (chat.sync,),
)

every_answer_with_logprobs = Pool(
    "chat answer to `logprobs: true`",
    lambda it: _chat(it) and it.status == 200 and it.request.json.get("logprobs") is True,
    (logprobs.top,),
)

every_completion_with_calls = Pool(
    "chat completion with tool calls", lambda it: _calls(it) and not _asked_for_stream(it), (tools.required,)
)

every_streamed_chat = Pool(
    "chat answer to `stream: true`",
    lambda it: _chat(it) and it.status == 200 and _asked_for_stream(it) and not _accepts_another(it),
    (streaming.streamed,),
)

every_stream = Pool(
    "event stream",
    lambda it: _chat(it) and it.status == 200 and it.media_type == "text/event-stream",
    (streaming.streamed, streaming.counted),
)

every_stream_with_calls = Pool(
    "event stream with tool calls", lambda it: _calls(it) and it.media_type == "text/event-stream", (tools.required,)
)

every_invalid = Pool("invalid request", lambda it: _answered(it) and it.intent.valid is False, (validation.replay,))


def found_by(check: str) -> Pool:
    """The answers of the sweep to which a check of Schemathesis applied."""
    return Pool(
        "generated request of its kind (a quick run generates none)", lambda it: it.intent.finding(check) is not ABSENT
    )
