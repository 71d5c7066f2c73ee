"""HTTP gone wrong: headers and methods, of every route."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import Any, Final

from starlette.types import Message

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.fault import EVERY, on_answer, on_headers, on_messages, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _refusal(request: Request, status: int, code: str, message: str) -> Answer:
    answer = Answer(request, status)
    answer.document = ApiError(status, code, message).document()
    return answer


@on_headers(at=EVERY, breaks=("http.request-id",), rows=("HTTP-04",))
def has_no_request_id(answer: Answer) -> None:
    """Answers without `x-request-id`."""
    del answer.headers["x-request-id"]


@on_headers(at=EVERY, breaks=("http.process-time",))
def does_not_tell_its_time(answer: Answer) -> None:
    """Answers without `x-process-time`."""
    del answer.headers["x-process-time"]


@on_headers(at="listModels", breaks=("http.json-label",))
def calls_json_text(answer: Answer) -> None:
    """Labels the list of models `text/plain`."""
    if answer.status == 200:
        answer.headers["content-type"] = "text/plain"


@on_answer(at="createChatCompletion", breaks=("http.media-type",))
def shows_a_page_in_place_of_an_answer(answer: Answer) -> None:
    """Answers chats that carry metadata with a page for people, and 200."""
    if answer.status == 200 and answer.request.has("metadata"):
        answer.headers["content-type"] = "text/html; charset=utf-8"
        answer.body = b"<!doctype html><title>Thank you</title><p>We have received your message."


@on_headers(at="getModel", breaks=("http.complete",), rows=("CON-03",))
def promises_more_than_it_sends(answer: Answer) -> None:
    """Gives a Content-Length that is longer than the body, where a model without a slash in its id is shown."""
    if answer.status == 200 and "/" not in answer.request.parameters["model"]:
        answer.headers["content-length"] = str(int(answer.headers["content-length"]) + 10)


@on_headers(at=EVERY, breaks=("http.request-id-kept",))
def names_requests_itself(answer: Answer) -> None:
    """Gives an id of its own to requests that come with one."""
    answer.headers["x-request-id"] = f"req_{secrets.token_hex(8)}"


@on_headers(at=EVERY, breaks=("http.request-id-unique",))
def names_all_requests_alike(answer: Answer) -> None:
    """Gives all requests without an id the same one."""
    if "x-request-id" not in answer.request.headers:
        answer.headers["x-request-id"] = "req_1"


@on_headers(at="createChatCompletion", breaks=("http.request-id-unique",))
def names_streams_alike(answer: Answer) -> None:
    """Gives all streams without an id the same one."""
    if (
        answer.headers.get("content-type", "").startswith("text/event-stream")
        and "x-request-id" not in answer.request.headers
    ):
        answer.headers["x-request-id"] = "req_stream"


@on_answer(at=EVERY, breaks=("http.request-id-unique",), remembers=count)
def numbers_its_requests_up_to_fifty(answer: Answer, memory: Iterator[int]) -> None:
    """Names requests without an id by a number, which begins again after fifty."""
    if "x-request-id" not in answer.request.headers:
        answer.headers["x-request-id"] = f"req_{next(memory) % 50}"


@on_headers(at=EVERY, breaks=("http.request-id-kept",))
def loses_the_id_on_errors(answer: Answer) -> None:
    """Gives an error an id of its own, whatever id its request came with."""
    if answer.status >= 400:
        answer.headers["x-request-id"] = f"req_{secrets.token_hex(8)}"


@on_headers(at=EVERY, breaks=("http.preflight",), rows=("HTTP-01",))
def redirects_preflights(answer: Answer) -> None:
    """Redirects preflights, which browsers do not follow."""
    if "access-control-request-method" in answer.request.headers:
        answer.status, answer.headers["location"] = 307, "/elsewhere"


@on_headers(at=EVERY, breaks=("http.preflight-headers",), rows=("HTTP-02",))
def allows_two_headers(answer: Answer) -> None:
    """Allows two headers to pages of other origins, whatever they ask for."""
    if "access-control-allow-headers" in answer.headers:
        answer.headers["access-control-allow-headers"] = "authorization, content-type"


@on_headers(at=EVERY, breaks=("http.cors-origin",))
def allows_preflights_alone(answer: Answer) -> None:
    """Lets other origins ask, and not read the answer."""
    if answer.request.method != "OPTIONS":
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(at="createChatCompletion", breaks=("http.cors-origin",))
def keeps_streams_to_its_own_origin(answer: Answer) -> None:
    """Lets other origins read all but streams."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(at=EVERY, breaks=("http.cors-origin",))
def keeps_errors_to_its_own_origin(answer: Answer) -> None:
    """Lets other origins read all but errors."""
    if answer.status >= 400:
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(at=EVERY, breaks=("http.cors-origin",))
def guards_its_doors_before_cors(answer: Answer) -> None:
    """Lets other origins read all but refused keys."""
    if answer.status == 401:
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(at=EVERY, breaks=("http.cors-origin",))
def greets_no_preflight(answer: Answer) -> None:
    """Answers preflights without saying which origin may come."""
    if answer.request.method == "OPTIONS":
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(at=EVERY, breaks=("http.cors-value",), rows=("HTTP-14",))
def lets_a_list_of_origins_in(answer: Answer) -> None:
    """Names two origins in `Access-Control-Allow-Origin`."""
    if "access-control-allow-origin" in answer.headers:
        answer.headers["access-control-allow-origin"] += ", https://other.example"


@on_headers(at="createChatCompletion", breaks=("http.coding",), rows=("HTTP-10",))
def calls_plain_answers_packed(answer: Answer) -> None:
    """Labels plain answers as gzip where the client offers that."""
    if "gzip" in answer.request.headers.get("accept-encoding", ""):
        answer.headers["content-encoding"] = "gzip"


@on_headers(at="createChatCompletion", breaks=("http.coding",), rows=("HTTP-10",))
def calls_plain_streams_packed(answer: Answer) -> None:
    """Labels plain streams as deflate, where the client offers codings."""
    stream = answer.headers.get("content-type", "").startswith("text/event-stream")
    if stream and "deflate" in answer.request.headers.get("accept-encoding", ""):
        answer.headers["content-encoding"] = "deflate"


@on_headers(at="createChatCompletion", breaks=("http.coding",))
def packs_as_nobody_offers(answer: Answer) -> None:
    """Labels answers as Brotli's, which the client does not offer."""
    answer.headers["content-encoding"] = "br"


@on_messages(at="createChatCompletion", breaks=("http.framing",), rows=("HTTP-11",))
async def tells_the_length_of_streams(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends streams in chunks, with a Content-Length too."""
    async for message in messages:
        if message["type"] == "http.response.start":
            framing = [(b"content-length", b"100000"), (b"transfer-encoding", b"chunked")]
            message = {**message, "headers": [*message["headers"], *framing]}
        yield message


@on_messages(at="createChatCompletion", breaks=("http.field-once",))
async def labels_streams_twice(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends streams with a second Content-Type, that of another layer."""
    async for message in messages:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"content-type", b"text/plain")]}
        yield message


@on_headers(at="listModels", breaks=("http.field-once",))
def labels_the_list_with_a_list(answer: Answer) -> None:
    """Labels the list of models twice in one field, as a proxy joins two."""
    answer.headers["content-type"] = "application/json; charset=utf-8, application/json"


@on_request(at="createChatCompletion", breaks=("http.charset",), rows=("HTTP-12",))
def reads_no_parameters_of_labels(request: Request) -> Answer | None:
    """Refuses a JSON body whose label has a parameter."""
    if ";" in request.headers.get("content-type", ""):
        return _refusal(request, 415, "unsupported_media_type", "The body must be application/json.")
    return None


@on_request(at="createChatCompletion", breaks=("http.chunked",))
def finds_nothing_in_chunks(request: Request) -> Answer | None:
    """Takes a body without a length for none."""
    if "content-length" not in request.headers and "transfer-encoding" in request.headers:
        return _refusal(request, 400, "invalid_json", "The body is not valid JSON: it is empty.")
    return None


@on_request(at=EVERY, breaks=("errors.no-5xx",))
def stumbles_over_foreign_letters(request: Request) -> Answer | None:
    """Fails where the value of a header is not ASCII."""
    if all(value.isascii() for value in request.headers.values()):
        return None
    return _refusal(request, 500, "internal_error", "The server failed to answer this request.")


@on_request(at=EVERY, breaks=("http.request-id-taken",), rows=("HTTP-15",))
def wants_uuids(request: Request) -> Answer | None:
    """Refuses requests whose `x-request-id` is no UUID."""
    if _UUID.fullmatch(request.headers.get("x-request-id", "0" * 8 + "-0000" * 3 + "-" + "0" * 12)):
        return None
    return _refusal(request, 400, "invalid_request_id", "The request id is no UUID.")


@on_answer(at=EVERY, breaks=("http.next-request",), rows=("HTTP-13",), remembers=set)
def reads_the_rest_as_a_request(answer: Answer, memory: set[Any]) -> None:
    """Takes what is left of the body of a request with a wrong key for the next request of the connection."""
    connection = answer.request.connection
    if connection in memory:
        memory.discard(connection)
        answer.status, answer.document = 400, ApiError(400, "invalid_request", "Invalid HTTP request.").document()
    elif answer.status == 401 and answer.request.body is not None:
        memory.add(connection)


@on_request(at=EVERY, breaks=("http.head",))
def knows_no_head(request: Request) -> Answer | None:
    """Refuses HEAD where it takes GET."""
    if request.method != "HEAD":
        return None
    answer = _refusal(request, 405, "method_not_allowed", "The method HEAD is not allowed here.")
    answer.headers["allow"] = "GET"
    return answer
