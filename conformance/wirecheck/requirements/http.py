"""What every answer owes to HTTP: spec/rules/http.md."""

from __future__ import annotations

import re

from wirecheck import shape
from wirecheck.exchange import ABSENT, Exchange
from wirecheck.pools import every_answer, found_by
from wirecheck.probe import Unseen
from wirecheck.probes import chat, http
from wirecheck.probes.chat import Both
from wirecheck.requirement import Broken, Violations, requirement


@requirement("http.json", on=every_answer, cites="http.md#bodies", feature="errors")
def sends_json_that_is_json(answer: Exchange) -> Violations:
    """A body labelled `application/json` MUST be one JSON text in UTF-8, without NaN or Infinity."""
    if answer.media_type != "application/json" or answer.end != "complete" or answer.request.method == "HEAD":
        raise Unseen("not JSON by its label")
    if answer.json is ABSENT and answer.status not in (204, 304) and not (answer.status or 0) >= 400:
        yield f"{answer.not_json}: {answer.body[:120]!r}"


@requirement("http.json-label", on=every_answer, cites="http.md#bodies", feature="errors")
def labels_json_as_json(answer: Exchange) -> Violations:
    """A body that is a JSON object MUST be labelled `application/json`."""
    if not isinstance(answer.json, dict) or shape.streams(answer):
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


@requirement("http.request-id-kept", on=http.named, cites="http.md#request-ids", feature="errors")
def keeps_the_callers_id(seen: http.Named) -> Violations:
    """The caller's own `x-request-id` SHOULD come back, where it is printable ASCII of at most 128 characters."""
    found = seen.answer.header("x-request-id")
    if found is None:
        raise Unseen("the answer has no x-request-id")
    if found != seen.id:
        yield Broken(f"sent {seen.id!r}, got {found!r}", seen.answer)


@requirement("http.request-id-unique", on=chat.again, cites="http.md#request-ids", feature="errors")
def names_each_answer_apart(seen: Both) -> Violations:
    """Two requests without an id of their own SHOULD get two ids."""
    first, second = seen.sync.header("x-request-id"), seen.stream.header("x-request-id")
    if first is None or second is None:
        raise Unseen("an answer without x-request-id")
    if first == second:
        yield Broken(f"two requests got the id {first!r}", seen.stream)


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
    if answer.status is None or not 200 <= answer.status < 300:
        yield f"OPTIONS with Origin and Access-Control-Request-Method: {answer.status}; 204 or 200 is required"


@requirement("http.preflight-headers", on=http.preflight, cites="http.md#other-origins", feature="cors")
def allows_what_clients_send(answer: Exchange) -> Violations:
    """A preflight MUST allow the headers that SDKs send: `authorization`, `content-type`, `x-stainless-*`,
    `x-request-id`.
    """
    if answer.status is None or not 200 <= answer.status < 300:
        raise Unseen("the preflight was not answered with 2xx")
    allowed = {name.strip().lower() for name in (answer.header("access-control-allow-headers") or "").split(",")}
    # "*" stands for every header but authorization (Fetch standard, 4.9).
    missing = [name for name in http.WANTED if name not in allowed and ("*" not in allowed or name == "authorization")]
    if missing:
        found = answer.header("access-control-allow-headers")
        star = " (* stands for all but authorization)" if "*" in allowed else ""
        yield f"Access-Control-Allow-Headers: {found}{star}; not allowed: {', '.join(missing)}"


@requirement("http.cors-origin", on=http.named, cites="http.md#other-origins", feature="cors")
def lets_other_origins_read(seen: http.Named) -> Violations:
    """An answer to a request with `Origin` MUST carry `Access-Control-Allow-Origin`."""
    found = seen.answer.header("access-control-allow-origin")
    if found not in ("*", http.ORIGIN):
        yield f"Origin: {http.ORIGIN} was answered with Access-Control-Allow-Origin: {found}"


@requirement("http.health", on=http.health, cites="http.md#health", feature="health")
def tells_its_health(answer: Exchange) -> Violations:
    """`GET /health` MUST follow the schema Health."""
    for each in shape.breaks(answer, "health"):
        yield str(each)


@requirement("http.health-open", on=http.open_health, cites="http.md#health", feature="health")
def tells_its_health_to_all(answer: Exchange) -> Violations:
    """`GET /health` SHOULD be answered without a key, with 200 or 503."""
    if answer.status not in (200, 503):
        yield f"without a key: {answer.status}"


@requirement("http.document", on=http.document, cites="http.md#the-document", feature="document")
def serves_its_document(answer: Exchange) -> Violations:
    """`GET /openapi.json` SHOULD be an OpenAPI 3 document that has the paths of chat and models."""
    version, paths = answer.at("openapi"), answer.at("paths")
    if not isinstance(version, str) or not version.startswith("3."):
        yield f"openapi is {version!r}"
    elif not isinstance(paths, dict) or not any(str(path).endswith("/chat/completions") for path in paths):
        yield "the document has no path that ends with /chat/completions"
