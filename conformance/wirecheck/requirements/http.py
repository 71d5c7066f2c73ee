"""What every answer owes to HTTP: spec/rules/http.md."""

from __future__ import annotations

import re

from wirecheck import shape
from wirecheck.exchange import ABSENT, Exchange
from wirecheck.pools import every_answer, found_by
from wirecheck.probe import Unseen, told
from wirecheck.probes import callers, http
from wirecheck.requirement import Broken, Violations, requirement


@requirement("http.json", on=every_answer, cites="http.md#bodies", feature="errors")
def sends_json_that_is_json(answer: Exchange) -> Violations:
    """A body labelled `application/json` MUST be one JSON text in UTF-8, without NaN or Infinity."""
    if not _of_the_api(answer) or answer.media_type != "application/json" or answer.end != "complete":
        raise Unseen("not JSON by its label")
    if answer.json is ABSENT and answer.status not in (204, 304) and not (answer.status or 0) >= 400:
        yield f"{answer.not_json}: {answer.body[:120]!r}"


@requirement("http.json-label", on=every_answer, cites="http.md#bodies", feature="errors")
def labels_json_as_json(answer: Exchange) -> Violations:
    """A body that is a JSON object MUST be labelled `application/json`."""
    if not _of_the_api(answer) or not isinstance(answer.json, dict) or shape.streams(answer):
        raise Unseen("no JSON object")
    if answer.media_type != "application/json" and not answer.media_type.endswith("+json"):
        yield f"{answer.status}: a JSON object with Content-Type: {answer.header('content-type')}"


@requirement("http.complete", on=every_answer, cites="http.md#bodies", feature="errors")
def brings_answers_to_an_end(answer: Exchange) -> Violations:
    """An answer that was begun MUST be brought to its end, as its framing says."""
    if shape.streams(answer):
        raise Unseen("a stream has sentences of its own")
    if answer.end == "broken":
        yield f"{answer.status}: the connection broke in the middle of the answer: {answer.error}"
    elif answer.end == "timeout":
        yield f"{answer.status}: the answer did not end in {answer.seconds:.0f} s"
    elif answer.end == "too long":
        yield f"{answer.status}: the answer goes on past {len(answer.body)} bytes"


@requirement("http.request-id", on=every_answer, cites="http.md#request-ids", feature="errors")
def names_every_answer(answer: Exchange) -> Violations:
    """Every answer, errors and streams too, SHOULD carry a header `x-request-id`."""
    if not answer.header("x-request-id"):
        yield f"{answer.status}: no x-request-id"


@requirement("http.request-id-kept", on=callers.names, cites="http.md#request-ids", feature="errors")
def keeps_the_callers_id(seen: callers.Names) -> Violations:
    """The caller's own `x-request-id` SHOULD come back, where it is printable ASCII of at most 128 characters."""
    found = [(each, each.answer.header("x-request-id")) for each in seen.named]
    if not any(id_ for _, id_ in found):
        raise Unseen("no answer has an x-request-id")
    for each, id_ in found:
        if id_ and id_ != each.id:
            yield Broken(f"sent {each.id!r}, got {id_!r}", each.answer)


@requirement("http.request-id-unique", on=callers.nameless, cites="http.md#request-ids", feature="errors")
def names_each_answer_apart(seen: callers.Nameless) -> Violations:
    """Two requests without an id of their own SHOULD get two ids."""
    found = [(each, id_) for each in seen.answers if (id_ := each.header("x-request-id"))]
    if len(found) < 2:
        raise Unseen("fewer than two answers have an x-request-id")
    ids = [id_ for _, id_ in found]
    for twice in dict.fromkeys(id_ for id_ in ids if ids.count(id_) > 1):
        last = next(answer for answer, id_ in reversed(found) if id_ == twice)
        yield Broken(f"{ids.count(twice)} of {len(ids)} requests got the id {twice!r}", last)


@requirement("http.process-time", on=every_answer, cites="http.md#time", feature="errors")
def says_how_long_it_took(answer: Exchange) -> Violations:
    """Every answer SHOULD carry `x-process-time`: seconds, as a decimal number."""
    found = answer.header("x-process-time")
    if found is None:
        yield f"{answer.status}: no x-process-time"
    elif not re.fullmatch(r"[0-9]+(\.[0-9]+)?(e-[0-9]+)?", found):
        yield f"x-process-time: {found}"


@requirement("http.status-declared", on=found_by("status_code_conformance"), cites="http.md#statuses", feature="errors")
def answers_with_declared_statuses(answer: Exchange) -> Violations:
    """A success MUST have a status that the contract declares for the operation."""
    found = answer.intent.finding("status_code_conformance")
    # A redirect, a refused method, a refusal and a failure have sentences of their own.
    if found and 200 <= (answer.status or 0) < 300:
        yield f"{answer.request.method} {answer.request.path}: {answer.status} is not declared"


@requirement("http.preflight", on=http.preflight, cites="http.md#other-origins", feature="cors")
def answers_preflights(answer: Exchange) -> Violations:
    """A CORS preflight MUST be answered with 2xx, without a key."""
    if not 200 <= (told(answer).status or 0) < 300:
        yield f"OPTIONS with Origin and Access-Control-Request-Method: {answer.status}; 204 or 200 is required"


@requirement("http.preflight-headers", on=http.preflight, cites="http.md#other-origins", feature="cors")
def allows_what_clients_send(answer: Exchange) -> Violations:
    """A preflight MUST allow the headers that SDKs send: `authorization`, `content-type`, `x-stainless-*`."""
    if answer.status is None or not 200 <= answer.status < 300:
        raise Unseen("the preflight was not answered with 2xx")
    allowed = {name.strip().lower() for name in (answer.header("access-control-allow-headers") or "").split(",")}
    # "*" stands for every header but authorization (Fetch standard, 4.9).
    missing = [name for name in http.WANTED if name not in allowed and ("*" not in allowed or name == "authorization")]
    if missing:
        found = answer.header("access-control-allow-headers")
        star = " (* stands for all but authorization)" if "*" in allowed else ""
        yield f"Access-Control-Allow-Headers: {found}{star}; not allowed: {', '.join(missing)}"


@requirement("http.cors-origin", on=callers.pages, cites="http.md#other-origins", feature="cors")
def lets_other_origins_read(seen: callers.Pages) -> Violations:
    """An answer to a request with `Origin` MUST carry `Access-Control-Allow-Origin`."""
    # Which origin it names is the owner's choice. What a proxy says for a server that is full or down is not the API's.
    found = [each for each in seen.answers if each.status != 429 and (each.status or 0) < 500]
    if not found:
        raise Unseen("all answers were refusals for the moment")
    for answer in found:
        if not http.lets_in(answer):
            mode = " (a stream)" if shape.streams(answer) else ""
            yield Broken(
                f"{answer.request.method} {answer.request.path} with Origin: {http.ORIGIN}: {answer.status}{mode}"
                " without Access-Control-Allow-Origin",
                answer,
            )


@requirement("http.health", on=http.health, cites="http.md#health", feature="health")
def tells_its_health(answer: Exchange) -> Violations:
    """`GET /health` SHOULD follow the schema Health."""
    for each in shape.breaks(answer, "health"):
        yield str(each)


@requirement("http.health-open", on=http.open_health, cites="http.md#health", feature="health")
def tells_its_health_to_all(answer: Exchange) -> Violations:
    """`GET /health` SHOULD be answered without a key, with 200 or 503."""
    if told(answer).status not in (200, 503):
        yield f"without a key: {answer.status}"


@requirement("http.document", on=http.document, cites="http.md#the-document", feature="document")
def serves_its_document(answer: Exchange) -> Violations:
    """`GET /openapi.json` SHOULD be an OpenAPI 3 document that has the paths of chat and models."""
    version, paths = answer.at("openapi"), answer.at("paths")
    if not isinstance(version, str) or not version.startswith("3."):
        yield f"openapi is {version!r}"
    elif not isinstance(paths, dict) or not any(str(path).endswith("/chat/completions") for path in paths):
        yield "the document has no path that ends with /chat/completions"


def _of_the_api(answer: Exchange) -> bool:
    """Whether an answer is one of the API: what stands beside it, such as a web page's own health, has other rules."""
    return answer.request.path.startswith("/v1") and answer.request.method not in ("HEAD", "OPTIONS")
