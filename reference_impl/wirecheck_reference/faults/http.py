"""HTTP gone wrong: headers and methods, of every route."""

from __future__ import annotations

import secrets

from wirecheck_reference.faults.kinds.fault import EVERY, on_answer, on_headers
from wirecheck_reference.faults.kinds.parts import Answer


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
