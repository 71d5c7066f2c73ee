"""HTTP used otherwise: headers, framing, connections, other origins."""

from __future__ import annotations

import secrets

from wirecheck_reference.faults.kinds.parts import Answer
from wirecheck_reference.variants.kind import on_answer, on_headers

_CORS = "Fetch standard, section 3.3 (CORS protocol)"


@on_headers("RFC 9110 section 5.1 (names of fields have no case)")
def names_headers_in_capitals(answer: Answer) -> None:
    """Writes the names of headers as Content-Type is written."""
    answer.headers = {name.title(): value for name, value in answer.headers.items()}


@on_headers("RFC 9110 section 5.1 (fields that are not known are ignored)")
def sends_more_headers(answer: Answer) -> None:
    """Sends the headers of a proxy in front of it."""
    answer.headers |= {
        "server": "cloudflare",
        "via": "1.1 google, 1.1 varnish",
        "cf-ray": "8d0a-FRA",
        "alt-svc": 'h3=":443"; ma=86400',
        "strict-transport-security": "max-age=31536000",
        "set-cookie": "__cf_bm=1.0; path=/; HttpOnly; Secure",
        "openai-processing-ms": "17",
        "x-content-type-options": "nosniff",
    }


@on_headers("RFC 9112 section 9.6 (close)")
def closes_after_every_answer(answer: Answer) -> None:
    """Closes the connection after every answer, and says so."""
    answer.headers["connection"] = "close"


@on_headers("RFC 9112 section 7.1 (chunked transfer coding)")
def chunks_every_answer(answer: Answer) -> None:
    """Sends every body in chunks, without a Content-Length."""
    if answer.status != 204:
        answer.headers.pop("content-length", None)


@on_headers("RFC 9112 section 9.3 (persistence); Keep-Alive as Apache sends it")
def tells_how_long_it_keeps_connections(answer: Answer) -> None:
    """Sends `Connection: keep-alive` and its terms."""
    answer.headers |= {"connection": "keep-alive", "keep-alive": "timeout=5, max=1000"}


@on_headers("OpenAI API reference, Debugging requests (x-request-id: a unique identifier, of no form)")
def names_requests_by_uuid(answer: Answer) -> None:
    """Gives requests without an id of their own one in another form."""
    if answer.headers.get("x-request-id", "").startswith("req_"):
        answer.headers["x-request-id"] = secrets.token_hex(16).upper()


@on_headers("RFC 9111 sections 4.2.3 and 5.1 (Age)", at="listModels")
def keeps_its_list_in_a_cache(answer: Answer) -> None:
    """Answers for the list of models out of a cache, an hour old."""
    if answer.status == 200:
        answer.headers |= {"age": "3600", "cache-control": "max-age=86400", "etag": '"33a64df5"', "vary": "Origin"}


@on_answer(
    "RFC 9111 section 5.1 (Age); RFC 9110 section 6.6.1 (Date: when the message was made)", at="createChatCompletion"
)
def keeps_answers_in_a_cache(answer: Answer) -> None:
    """Answers chats without a stream as made three days ago, and says so."""
    document = answer.document
    if answer.status == 200 and isinstance(document, dict) and "created" in document:
        document["created"] -= 3 * 86_400
        answer.document = document
        answer.headers["age"] = str(3 * 86_400)


@on_headers(_CORS)
def lets_any_origin_in(answer: Answer) -> None:
    """Answers every origin with `*`."""
    if "access-control-allow-origin" in answer.headers:
        answer.headers["access-control-allow-origin"] = "*"
        answer.headers.pop("vary", None)


@on_headers(_CORS)
def lets_origins_in_without_a_word_on_methods(answer: Answer) -> None:
    """Names POST and GET as all methods, whatever is asked for."""
    if "access-control-allow-methods" in answer.headers:
        answer.headers["access-control-allow-methods"] = "GET, POST, OPTIONS"


@on_headers(_CORS)
def exposes_no_header(answer: Answer) -> None:
    """Exposes no header to other origins."""
    answer.headers.pop("access-control-expose-headers", None)


@on_headers(_CORS)
def answers_preflights_with_200(answer: Answer) -> None:
    """Answers preflights with 200."""
    if "access-control-request-method" in answer.request.headers:
        answer.status = 200
        answer.headers["content-length"] = "0"


@on_headers(_CORS + ": each resource says for itself who may read it")
def lets_other_origins_into_chats_and_models_only(answer: Answer) -> None:
    """Says nothing of other origins outside of /v1/."""
    if not answer.request.path.startswith("/v1/"):
        _close(answer)


@on_headers(_CORS + ": each resource says for itself who may read it")
def lets_other_origins_into_models_only(answer: Answer) -> None:
    """Lets pages of other origins read the list of models, and nothing else."""
    if not answer.request.path.startswith("/v1/models"):
        _close(answer)


@on_headers(_CORS + ": each resource says for itself who may read it")
def lets_other_origins_read_no_errors_of_routes(answer: Answer) -> None:
    """Says nothing of other origins where there is no such route."""
    if answer.status in (404, 405) and not answer.request.parameters:
        _close(answer)


@on_headers(_CORS + ": a server that sends no header lets no page in")
def lets_no_other_origin_in(answer: Answer) -> None:
    """Says nothing of other origins at all."""
    _close(answer)


def _close(answer: Answer) -> None:
    for name in [each for each in answer.headers if each.startswith("access-control-")]:
        del answer.headers[name]
