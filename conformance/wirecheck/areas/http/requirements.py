"""What every answer owes to HTTP: spec/rules/http.md."""

from __future__ import annotations

import re
from collections import Counter

from wirecheck.area import UNCLAIMED
from wirecheck.areas.chat.probes import chat, concurrency
from wirecheck.areas.http import callers, transport
from wirecheck.areas.http import probes as http
from wirecheck.areas.http.pools import (
    answered,
    every_answer,
    every_answer_of_an_operation,
    every_recognized_success,
    every_success,
    nameless_posts,
    of_a_caller,
    of_the_api,
)
from wirecheck.areas.models import probes as models
from wirecheck.evidence.exchange import ABSENT, Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Violations, requirement

every_answer_to_a_page = Pool(
    "answer to a page of another origin",
    # Each resource says for itself who may read it: what stands around the API may stay closed.
    lambda it: (
        answered(it) and it.request.path.startswith("/v1/") and any(name == "origin" for name, _ in it.request.headers)
    ),
    (http.page, concurrency.crowd, models.unknown),
)

every_answer_that_lets_in = Pool(
    "answer that lets pages of other origins in", lambda it: answered(it) and http.lets_in(it), (http.page,)
)

every_coded_answer = Pool(
    "answer to a request that offers codings, or with one",
    lambda it: (
        answered(it)
        and (
            it.header("content-encoding") is not None
            or any(name == "accept-encoding" for name, _ in it.request.headers)
        )
    ),
    (transport.coded, chat.minimal),
)


@requirement("http.json", on=every_answer, feature="errors")
def sends_json_that_is_json(answer: Exchange) -> Violations:
    """A body labelled `application/json` MUST be one JSON text in UTF-8, without NaN or Infinity."""
    labelled = answer.media_type == "application/json" and not of_a_caller(answer)
    if not of_the_api(answer) or not labelled or answer.end != "complete":
        raise Unseen("not JSON by its label")
    if answer.json is ABSENT and answer.status not in (204, 304) and not (answer.status or 0) >= 400:
        yield f"{answer.not_json}: {answer.body[:120]!r}"


@requirement("http.json-label", on=every_answer, feature="errors")
def labels_json_as_json(answer: Exchange) -> Violations:
    """A body that is a JSON object MUST be labelled `application/json`."""
    if not of_the_api(answer) or of_a_caller(answer) or not isinstance(answer.json, dict) or answer.is_stream:
        raise Unseen("no JSON object")
    if answer.media_type != "application/json" and not answer.media_type.endswith("+json"):
        yield f"{answer.status}: a JSON object with Content-Type: {answer.header('content-type')}"


@requirement("http.complete", on=every_answer, feature="errors")
def brings_answers_to_an_end(answer: Exchange) -> Violations:
    """An answer that was begun MUST be brought to its end, as its framing says."""
    if answer.is_stream:
        raise Unseen("a stream has sentences of its own")
    if answer.end == "broken":
        yield f"{answer.status}: the connection broke in the middle of the answer: {answer.error}"
    elif answer.end == "timeout":
        yield f"{answer.status}: the answer did not end in {answer.seconds:.0f} s"
    elif answer.end == "too long":
        yield f"{answer.status}: the answer goes on past {len(answer.body)} bytes"


@requirement("http.request-id", on=every_answer, feature="errors")
def names_every_answer(answer: Exchange) -> Violations:
    """Every answer, errors and streams too, SHOULD carry a header `x-request-id`."""
    if not answer.header("x-request-id"):
        yield f"{answer.status}: no x-request-id"


@requirement("http.request-id-kept", on=callers.names, feature="errors")
def keeps_the_callers_id(seen: callers.Names) -> Violations:
    """The caller's own `x-request-id` SHOULD come back, where it is printable ASCII of at most 128 characters."""
    found = [(each, each.answer.header("x-request-id")) for each in seen.named]
    if not any(id_ for _, id_ in found):
        raise Unseen("no answer has an x-request-id")
    for each, id_ in found:
        if id_ and id_ != each.id:
            yield Broken(f"sent {each.id!r}, got {id_!r}", each.answer)


@requirement("http.request-id-unique", on=nameless_posts, feature="errors")
def names_each_answer_apart(answers: tuple[Exchange, ...]) -> Violations:
    """Two requests without an id of their own SHOULD get two ids."""
    found = {id(each): id_ for each in answers if (id_ := each.header("x-request-id"))}
    if len(found) < 2:
        raise Unseen("fewer than two answers have an x-request-id")
    id_, times = Counter(found.values()).most_common(1)[0]
    if times > 1:
        last = next(each for each in reversed(answers) if each.header("x-request-id") == id_)
        yield Broken(f"{len(found)} requests got {len(set(found.values()))} ids; {times} of them got {id_!r}", last)


@requirement("http.process-time", on=every_answer, feature="errors")
def says_how_long_it_took(answer: Exchange) -> Violations:
    """Every answer SHOULD carry `x-process-time`: seconds, as a decimal number."""
    found = answer.header("x-process-time")
    if found is None:
        yield f"{answer.status}: no x-process-time"
    elif not re.fullmatch(r"[0-9]+(\.[0-9]+)?(e-[0-9]+)?", found):
        yield f"x-process-time: {found}"


@requirement("http.status-declared", on=every_answer_of_an_operation, feature="errors")
def answers_with_declared_statuses(answer: Exchange) -> Violations:
    """A success MUST have a status that the contract declares for the operation."""
    operation, status = answer.operation, answer.status or 0
    # Redirects, refusals and failures are for `models.list`, `errors.*` and `validation.*` to judge.
    if operation is not None and 200 <= status < 300 and not operation.declares(status):
        yield f"{answer.request.method} {answer.request.path}: {status} is not declared"


@requirement("http.preflight", on=http.preflight, feature="cors")
def answers_preflights(answer: Exchange) -> Violations:
    """A CORS preflight MUST be answered with 2xx, without a key."""
    if not 200 <= (answer_or_unseen(answer).status or 0) < 300:
        yield f"OPTIONS with Origin and Access-Control-Request-Method: {answer.status}; 204 or 200 is required"


@requirement("http.preflight-headers", on=http.preflight, feature="cors")
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


@requirement("http.cors-origin", on=every_answer_to_a_page, feature="cors")
def lets_other_origins_read(answer: Exchange) -> Violations:
    """An answer of the API to a request with `Origin` MUST carry `Access-Control-Allow-Origin`."""
    # Which origin it names is the owner's choice. What a proxy says for a server that is full or down is not the API's.
    if answer.status == 429 or (answer.status or 0) >= 500:
        raise Unseen("a refusal for the moment")
    if not http.lets_in(answer):
        mode = " (a stream)" if answer.is_stream else ""
        yield (
            f"{answer.request.method} {answer.request.path} with Origin: {http.ORIGIN}: {answer.status}{mode}"
            " without Access-Control-Allow-Origin"
        )


@requirement("http.schema", on=every_recognized_success, feature="errors")
def follows_the_schema_of_its_operation(answer: Exchange) -> Violations:
    """The body of a success MUST follow the schema that the contract declares for its operation and status."""
    for each in shape.breaks(answer, UNCLAIMED)[:3]:
        yield f"{answer.request.method} {answer.request.path}: {each}"


@requirement("http.media-type", on=every_success, feature="errors")
def labels_bodies_as_declared(answer: Exchange) -> Violations:
    """A success with a body MUST be labelled with a media type that the contract declares for its operation."""
    operation = answer.operation
    declared = operation.answers(answer.status or 0) if operation is not None else {}
    if not declared or not answer.body:
        raise Unseen("no body, or nothing is declared of it")
    if answer.media_type in declared or "*/*" in declared:
        return
    if isinstance(answer.json, dict) or (operation is not None and operation.streams and answer.asks_for_stream):
        raise Unseen(
            "the label of a JSON object is for http.json-label to judge, that of a stream for stream.media-type"
        )
    wanted = " or ".join(declared)
    yield f"{answer.request.method} {answer.request.path}: {answer.header('content-type')}; {wanted} is required"


@requirement("http.coding", on=every_coded_answer, feature="errors")
def codes_bodies_as_labelled(answer: Exchange) -> Violations:
    """A body MUST be coded as its `Content-Encoding` says, in a coding that the request offers."""
    if answer.not_coded and answer.body:
        yield f"Content-Encoding: {answer.header('content-encoding')}: {answer.not_coded}"


@requirement("http.framing", on=every_answer, feature="errors")
def frames_bodies_in_one_way(answer: Exchange) -> Violations:
    """An answer MUST NOT carry both `Content-Length` and `Transfer-Encoding`."""
    length, coding = answer.header("content-length"), answer.header("transfer-encoding")
    if length is not None and coding is not None:
        yield f"Content-Length: {length} beside Transfer-Encoding: {coding}"


@requirement("http.field-once", on=every_answer, feature="errors")
def says_once_what_stands_once(answer: Exchange) -> Violations:
    """A field that holds one value (`Content-Type`, `Content-Length`, `Retry-After` ...) MUST NOT stand twice in an
    answer, nor hold a list.
    """
    for name in transport.SINGLE:
        values = [value for key, value in answer.headers if key.lower() == name]
        # What a parameter holds in quotes is no border of a list.
        if len(values) > 1 or any("," in re.sub(r'"[^"]*"', "", value) for value in values if name in transport.BARE):
            yield f"{name}: {' | '.join(values)}"


@requirement("http.charset", on=transport.with_charset, feature="chat")
def takes_a_character_encoding(seen: transport.Alike) -> Violations:
    """A JSON body labelled `application/json; charset=utf-8` MUST be taken as one labelled `application/json` is."""
    yield from _unlike(seen, "labelled application/json; charset=utf-8", ())


@requirement("http.chunked", on=transport.in_chunks, feature="chat")
def takes_bodies_in_chunks(seen: transport.Alike) -> Violations:
    """A request whose body is sent in chunks MUST be served as one with a length is, or be refused with 411."""
    yield from _unlike(seen, "with a body in chunks", (411,))


def _unlike(seen: transport.Alike, how: str, allowed: tuple[int, ...]) -> Violations:
    """A violation where a request that was sent in another way is not answered as the plain one was."""
    status = answer_or_unseen(seen.other).status or 0
    if seen.plain.status != 200:
        raise Unseen(f"the plain request was not served either: {seen.plain}")
    # A 5xx is for `errors.no-5xx`.
    if status != 200 and status < 500 and status not in allowed:
        yield Broken(f"a chat {how}: {status}; plain, it is answered with 200", seen.other)


@requirement("http.next-request", on=transport.followed, feature="errors")
def leaves_no_body_behind(seen: transport.Followed) -> Violations:
    """A request that follows a refused one on the same connection MUST be answered as on any other: the body of the
    refused one is read to its end, or the connection is closed.
    """
    if seen.listed.status != 200:
        raise Unseen(f"the list of models is not to be had: {seen.listed}")
    for each in seen.pairs:
        if each.refused.status is not None and each.next.status != 200 and each.next.status != 429:
            told = each.next.status or each.next.error or each.next.end
            case = each.refused.intent.case
            yield Broken(f"GET /v1/models after {case} ({each.refused.status}): {told}; alone it is 200", each.next)


@requirement("http.request-id-taken", on=transport.forms, feature="errors")
def takes_any_id(seen: transport.Forms) -> Violations:
    """A request MUST NOT be refused for the form of its `x-request-id`, where that is printable ASCII of at most 128
    characters.
    """
    if seen.nameless.status != 200:
        raise Unseen(f"without an id it was not served either: {seen.nameless}")
    for own, answer in seen.named:
        if answer.status is not None and 400 <= answer.status < 500 and answer.status != 429:
            yield Broken(f"GET /v1/models with x-request-id {own!r}: {answer.status}; without one it is 200", answer)


@requirement("http.cors-value", on=every_answer_that_lets_in, feature="cors")
def names_one_origin(answer: Exchange) -> Violations:
    """`Access-Control-Allow-Origin` MUST be one value: `*`, `null` or one origin."""
    values = [value for name, value in answer.headers if name.lower() == "access-control-allow-origin"]
    # An origin is a scheme, a host and perhaps a port (RFC 6454 section 6.2): no path, no list.
    if len(values) != 1 or not re.fullmatch(r"\*|null|[a-zA-Z][\w+.-]*://[^\s,/]*", values[0].strip()):
        yield f"Access-Control-Allow-Origin: {' | '.join(values)}"


@requirement("http.head", on=transport.head, feature="models")
def takes_head_where_it_takes_get(seen: transport.Alike) -> Violations:
    """A path that takes GET SHOULD take HEAD, and answer it with the status of GET."""
    if seen.plain.status != 200:
        raise Unseen(f"GET is not served: {seen.plain}")
    if answer_or_unseen(seen.other).status != 200:
        yield Broken(f"HEAD {seen.other.request.path}: {seen.other.status}; GET is answered with 200", seen.other)
