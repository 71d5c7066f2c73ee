"""Errors told otherwise, and servers that are full now and then."""

from __future__ import annotations

import itertools
import time
from email.utils import formatdate
from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import CHAT, on_error, on_headers, on_request

_CODES: Final = "OpenAI guide, Error codes (code and param may be null)"
_RFC: Final = "RFC 9110 sections 15.5.1 and 15.5.21 (400, 422)"
_FULL: Final = "RFC 9110 sections 15.6.4 (503) and 10.2.3 (Retry-After)"


@on_error(_CODES)
def gives_no_code(envelope: dict[str, Any], _: Answer) -> None:
    """Writes `code: null` in every error."""
    envelope["error"]["code"] = None


@on_error(_CODES)
def names_no_param(envelope: dict[str, Any], _: Answer) -> None:
    """Writes `param: null` in every error."""
    envelope["error"]["param"] = None


@on_error("OpenAI guide, Error codes (types are not closed)")
def has_one_type_for_all(envelope: dict[str, Any], answer: Answer) -> None:
    """Calls every 4xx `invalid_request_error`."""
    if answer.status < 500:
        envelope["error"]["type"] = "invalid_request_error"


@on_error("vLLM entrypoints/openai/protocol.py (ErrorInfo: type is a name in CamelCase)")
def types_errors_by_their_status(envelope: dict[str, Any], answer: Answer) -> None:
    """Names the type of a 4xx as HTTP names the status."""
    names = {400: "BadRequest", 401: "Unauthorized", 404: "NotFound", 422: "UnprocessableEntity"}
    if answer.status in names:
        envelope["error"]["type"] = names[answer.status]


@on_error("OpenAI guide, Error codes (code: a text)")
def has_codes_of_its_own(envelope: dict[str, Any], answer: Answer) -> None:
    """Gives codes that are its own texts."""
    if envelope["error"]["code"] != "model_not_found":
        envelope["error"]["code"] = f"E{answer.status}"


@on_error("RFC 8259 section 8.1 (JSON is Unicode)")
def speaks_another_language(envelope: dict[str, Any], answer: Answer) -> None:
    """Says what is wrong in another language."""
    envelope["error"]["message"] = f"リクエストを処理できません: «{answer.status}»"


@on_error("OpenAI guide, Error codes (messages are for people)")
def repeats_what_it_was_asked(envelope: dict[str, Any], answer: Answer) -> None:
    """Quotes the path, the model and the headers' names of the request in its messages."""
    model = answer.request.field("model")
    quoted = f" Model: {model!r}." if isinstance(model, str) and model.isprintable() else ""
    envelope["error"]["message"] += f" You asked {answer.request.method} {answer.request.path}.{quoted}"


@on_error(_RFC, at=CHAT)
def refuses_with_400(_: dict[str, Any], answer: Answer) -> None:
    """Answers 400 in place of 422."""
    if answer.status == 422:
        answer.status = 400


@on_error(_RFC, at=CHAT)
def refuses_values_with_422(envelope: dict[str, Any], answer: Answer) -> None:
    """Answers 422 in place of 400 where a value cannot be used."""
    if answer.status == 400 and envelope["error"]["code"] == "invalid_value":
        answer.status = 422


@on_error("RFC 9110 section 15.5.1 (400)", at=CHAT)
def refuses_unknown_models_with_400(envelope: dict[str, Any], answer: Answer) -> None:
    """Answers 400 for a model that it does not have."""
    if answer.status == 404 and envelope["error"]["code"] == "model_not_found":
        answer.status = 400


@on_error("RFC 9110 section 15.5.6 (405)")
def allows_more_methods(_: dict[str, Any], answer: Answer) -> None:
    """Names OPTIONS and HEAD in `Allow` too, in small pieces."""
    if "allow" in answer.headers:
        methods = {each.strip() for each in answer.headers["allow"].split(",")} - {answer.request.method}
        answer.headers["allow"] = " , ".join(sorted(methods | ({"OPTIONS"} - {answer.request.method})))


@on_headers("RFC 9110 section 11.6.1 (WWW-Authenticate: parameters)")
def names_a_realm(answer: Answer) -> None:
    """Names a realm and an error in the challenge of a 401."""
    if answer.status == 401:
        answer.headers["www-authenticate"] = 'Bearer realm="api", error="invalid_token"'


@on_headers("RFC 9110 section 11.6.1 (WWW-Authenticate: several challenges)")
def offers_two_schemes(answer: Answer) -> None:
    """Offers two schemes in the challenge of a 401."""
    if answer.status == 401:
        answer.headers["www-authenticate"] = 'Basic realm="console", bearer'


def _full(status: int, headers: dict[str, str], request: Request) -> Answer:
    answer = Answer(request, status, dict(headers))
    answer.document = ApiError(status, "overloaded", "The server is full; come again later.").document()
    return answer


def _every_ninth() -> itertools.cycle[bool]:
    return itertools.cycle((False,) * 8 + (True,))


@on_request(_FULL, at=CHAT, remembers=_every_ninth)
def is_full_now_and_then(request: Request, memory: itertools.cycle[bool]) -> Answer | None:
    """Sheds every ninth chat with 503, and says that a second is enough."""
    return _full(503, {"retry-after": "1"}, request) if next(memory) else None


@on_request("RFC 9110 section 10.2.3 (Retry-After as a date)", at=CHAT, remembers=_every_ninth)
def is_full_until_a_date(request: Request, memory: itertools.cycle[bool]) -> Answer | None:
    """Sheds every ninth chat with 503, and says the date at which to come again."""
    return _full(503, {"retry-after": formatdate(time.time() + 1, usegmt=True)}, request) if next(memory) else None


@on_request("Anthropic API documentation, Errors (529: overloaded)", at=CHAT, remembers=_every_ninth)
def is_overloaded_now_and_then(request: Request, memory: itertools.cycle[bool]) -> Answer | None:
    """Sheds every ninth chat with 529, and says milliseconds too."""
    return _full(529, {"retry-after-ms": "200", "retry-after": "1"}, request) if next(memory) else None


@on_request("RFC 6585 section 4 (429)", at=CHAT, remembers=_every_ninth)
def limits_everybody(request: Request, memory: itertools.cycle[bool]) -> Answer | None:
    """Sheds every ninth chat with 429, and says that a second is enough."""
    if not next(memory):
        return None
    answer = _full(429, {"retry-after": "1"}, request)
    answer.document = ApiError(429, "rate_limit_exceeded", "Too many requests.").document()
    return answer


@on_request(_FULL, at=CHAT, remembers=_every_ninth)
def is_full_for_a_minute(request: Request, memory: itertools.cycle[bool]) -> Answer | None:
    """Sheds every ninth chat with 503, and says that a minute is enough."""
    return _full(503, {"retry-after": "60"}, request) if next(memory) else None


@on_headers("openai-python _base_client.py (retry-after-ms is read before retry-after)")
def counts_the_wait_in_milliseconds(answer: Answer) -> None:
    """Tells the wait after a 429 in milliseconds too."""
    if answer.status == 429:
        answer.headers["retry-after-ms"] = "1500"


@on_headers("RFC 9110 section 10.2.3 (Retry-After as a date)")
def dates_the_wait(answer: Answer) -> None:
    """Tells the date after which a limited key may ask again."""
    if answer.status == 429:
        answer.headers["retry-after"] = formatdate(time.time() + 60, usegmt=True)


@on_headers("RFC 9110 section 10.2.3 (Retry-After in seconds)")
def makes_limited_keys_wait_for_a_minute(answer: Answer) -> None:
    """Tells a limited key to wait for sixty seconds."""
    if answer.status == 429:
        answer.headers["retry-after"] = "60"


@on_headers("OpenAI guide, Rate limits (headers)")
def tells_limits_of_tokens(answer: Answer) -> None:
    """Tells limits of requests and of tokens with every answer."""
    answer.headers |= {
        "x-ratelimit-limit-tokens": "150000",
        "x-ratelimit-remaining-tokens": "149984",
        "x-ratelimit-reset-tokens": "6m0s",
    }
