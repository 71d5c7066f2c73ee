"""What stands around the API: this contract's own, which no other server owes."""

from __future__ import annotations

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_answer, on_headers, on_request


def _nowhere(request: Request) -> Answer:
    answer = Answer(request, 404)
    answer.document = ApiError(404, "not_found", "There is no such path.").document()
    return answer


@on_request("OpenAI API reference (it has no such path)", at="getHealth")
def has_no_health(request: Request) -> Answer:
    """Has no /health."""
    return _nowhere(request)


@on_answer("Kubernetes documentation, Probes (any 2xx will do)", at="getHealth")
def is_healthy_in_a_word(answer: Answer) -> None:
    """Says in plain text that it is well."""
    answer.body, answer.headers["content-type"] = b"OK", "text/plain; charset=utf-8"


@on_request("OpenAI API reference (it has no such path)", at="getOpenapi")
def shows_no_contract(request: Request) -> Answer:
    """Shows no OpenAPI document."""
    return _nowhere(request)


@on_headers("OpenAI API reference (x-process-time is this contract's own)")
def tells_no_time(answer: Answer) -> None:
    """Does not tell how long it took."""
    answer.headers.pop("x-process-time", None)


@on_headers("OpenAI API reference (x-request-id is the server's own)")
def keeps_no_id_of_the_caller(answer: Answer) -> None:
    """Sends no x-request-id."""
    answer.headers.pop("x-request-id", None)
