"""HTTP gone wrong: headers and methods, of every route."""

from __future__ import annotations

import secrets

from wirecheck_reference.faults.fault import on_answer, on_headers, on_request
from wirecheck_reference.faults.parts import Answer, Asked


@on_headers(breaks=("http.request-id",), rows=("HTTP-04",))
def has_no_request_id(answer: Answer) -> None:
    """Answers without `x-request-id`."""
    del answer.headers["x-request-id"]


@on_headers(breaks=("http.process-time",))
def does_not_tell_its_time(answer: Answer) -> None:
    """Answers without `x-process-time`."""
    del answer.headers["x-process-time"]


@on_headers(breaks=("http.json-label",))
def calls_json_text(answer: Answer) -> None:
    """Labels the list of models `text/plain`."""
    if answer.asked.path == "/v1/models" and answer.status == 200:
        answer.headers["content-type"] = "text/plain"


@on_headers(breaks=("http.complete",), rows=("CON-03",))
def promises_more_than_it_sends(answer: Answer) -> None:
    """Gives a Content-Length that is longer than the body."""
    if answer.asked.path == "/v1/models/echo" and answer.status == 200:
        answer.headers["content-length"] = str(int(answer.headers["content-length"]) + 10)


@on_headers(breaks=("http.request-id-kept",))
def names_requests_itself(answer: Answer) -> None:
    """Gives an id of its own to requests that come with one."""
    answer.headers["x-request-id"] = f"req_{secrets.token_hex(8)}"


@on_headers(breaks=("http.request-id-unique",))
def names_all_requests_alike(answer: Answer) -> None:
    """Gives all requests without an id the same one."""
    if "x-request-id" not in answer.asked.headers:
        answer.headers["x-request-id"] = "req_1"


@on_headers(breaks=("http.request-id-unique",))
def names_streams_alike(answer: Answer) -> None:
    """Gives all streams without an id the same one."""
    if (
        answer.headers.get("content-type", "").startswith("text/event-stream")
        and "x-request-id" not in answer.asked.headers
    ):
        answer.headers["x-request-id"] = "req_stream"


@on_headers(breaks=("http.request-id-kept",))
def loses_the_id_on_errors(answer: Answer) -> None:
    """Gives an error an id of its own, whatever id its request came with."""
    if answer.status >= 400:
        answer.headers["x-request-id"] = f"req_{secrets.token_hex(8)}"


@on_headers(breaks=("http.status-declared",))
def answers_with_a_status_of_its_own(answer: Answer) -> None:
    """Answers its documentation with 203."""
    if answer.asked.path == "/docs" and answer.status == 200:
        answer.status = 203


@on_headers(breaks=("http.preflight",), rows=("HTTP-01",))
def redirects_preflights(answer: Answer) -> None:
    """Redirects preflights, which browsers do not follow."""
    if "access-control-request-method" in answer.asked.headers:
        answer.status, answer.headers["location"] = 307, "/elsewhere"


@on_headers(breaks=("http.preflight-headers",), rows=("HTTP-02",))
def allows_two_headers(answer: Answer) -> None:
    """Allows two headers to pages of other origins, whatever they ask for."""
    if "access-control-allow-headers" in answer.headers:
        answer.headers["access-control-allow-headers"] = "authorization, content-type"


@on_headers(breaks=("http.cors-origin",))
def allows_preflights_alone(answer: Answer) -> None:
    """Lets other origins ask, and not read the answer."""
    if answer.asked.method != "OPTIONS":
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(breaks=("http.cors-origin",))
def keeps_streams_to_its_own_origin(answer: Answer) -> None:
    """Lets other origins read all but streams."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(breaks=("http.cors-origin",))
def keeps_errors_to_its_own_origin(answer: Answer) -> None:
    """Lets other origins read all but errors."""
    if answer.status >= 400:
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(breaks=("http.cors-origin",))
def guards_its_doors_before_cors(answer: Answer) -> None:
    """Lets other origins read all but refused keys."""
    if answer.status == 401:
        answer.headers.pop("access-control-allow-origin", None)


@on_headers(breaks=("http.cors-origin",))
def greets_no_preflight(answer: Answer) -> None:
    """Answers preflights without saying which origin may come."""
    if answer.asked.method == "OPTIONS":
        answer.headers.pop("access-control-allow-origin", None)


@on_answer(breaks=("http.health",))
def feels_fine(answer: Answer) -> None:
    """Tells its health in words of its own."""
    if answer.asked.path == "/health" and answer.status == 200:
        answer.document = {**answer.document, "status": "fine, thanks"}


@on_request(breaks=("http.health-open",))
def guards_its_health(asked: Asked) -> None:
    """Tells its health only to those with a key."""
    if asked.path == "/health" and "authorization" not in asked.headers:
        asked.path = "/v1/models"


@on_answer(breaks=("http.document",))
def serves_an_old_document(answer: Answer) -> None:
    """Says that its document is of OpenAPI 2."""
    if answer.asked.path == "/openapi.json" and answer.status == 200:
        answer.document = {**answer.document, "openapi": "2.0"}
