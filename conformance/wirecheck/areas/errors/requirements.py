"""Errors: one envelope, honest statuses: spec/rules/errors.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.errors import probes as errors
from wirecheck.areas.errors.pools import Told, every_error, every_error_told, every_refused_method, every_wrong_method
from wirecheck.areas.http.pools import every_provocation, every_success, of_a_caller
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import ABSENT, Exchange, Request, at
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

_LEAK = re.compile(
    r"Traceback \(most recent call last\)|^\s*File \"|\.(?:py|go|rs|c|cc|cpp|js|ts)\b.{0,10}(?:line \d+|:\d+)"
    r"|<class '|\bobject at 0x[0-9a-f]+|goroutine \d+ \[|panicked at |\bat [\w.$<>]+ ?\([\w./-]+:\d+"
    # The class of an exception: called, in a module, before its message, in Pydantic's or nlohmann's words.
    r"|\b[A-Za-z_.]*(?:Error|Exception)\(|\b[a-z_]+\.[A-Za-z_.]*(?:Error|Exception)\b|\b[A-Z]\w*(?:Error|Exception): "
    r"|\b\d+ validation errors? for [A-Z]\w+|\[json\.exception\."
    # A path of the server, that is none of a URL.
    r"|(?<![\w./:-])/(?:usr|home|opt|app|srv|root|workspace|mnt|var|tmp|Users)/[\w./-]+|\b[A-Z]:\\\\?[\w.\\ -]+\\",
    re.MULTILINE,
)
_NOTHING = ("none", "null", "undefined", "nil")


def _spells_nothing(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() in _NOTHING


def _documents(answer: Exchange) -> list[Any]:
    """The documents that tell an error: the body, or the events of a stream that hold one."""
    if not answer.is_stream:
        return [answer.json]
    return [value for _, value in answer.objects if shape.says_error(value)]


@requirement("errors.envelope", on=every_error, feature="errors")
def wraps_every_error(answer: Exchange) -> Violations:
    """Every error MUST be a JSON object whose `error` is an object with `message` and `type`."""
    if not answer.body and answer.request.method != "HEAD":
        yield f"{answer.status} with an empty body"
    elif answer.json is ABSENT and not shape.tells_an_error(answer):
        yield f"{answer.status} with a body that is not JSON ({answer.not_json}): {answer.body[:120]!r}"
    for each in shape.breaks(answer, "error"):
        yield f"{answer.status}: {each}"


@requirement("errors.message", on=every_error, feature="errors")
def says_what_is_wrong(answer: Exchange) -> Violations:
    """The `message` of an error MUST be a text that is not empty."""
    for each in shape.breaks(answer, "error message"):
        yield f"{answer.status}: {each}"
    for document in _documents(answer):
        message = at(document, "error", "message")
        if _spells_nothing(message) or (isinstance(message, str) and message and not message.strip()):
            yield f"{answer.status}: the message is {message!r}"


@requirement("errors.fields", on=every_error, feature="errors")
def types_its_fields(answer: Exchange) -> Violations:
    """The `error` MUST have `type`, a text, and `param` and `code`, each a text or null: no number, no text that spells
    out null.
    """
    given = [
        (name, at(document, "error", name)) for document in _documents(answer) for name in ("type", "param", "code")
    ]
    spelled = [name for name, value in given if _spells_nothing(value)]
    for name, value in given:
        # A field of the request may be called so.
        if _spells_nothing(value) and not (name == "param" and value in _names(answer.request)):
            yield f"{answer.status}: {name} is the text {value!r}, where null is meant"
    for each in shape.breaks(answer, "error fields"):
        if each.path.rpartition(".")[2] not in spelled:
            yield f"{answer.status}: {each}"


def _names(request: Request) -> set[str]:
    """The names of what a request gives: in its query, and at any depth of its body."""
    found = {name for name, _ in parse_qsl(urlsplit(request.path).query, keep_blank_values=True)}
    values = [request.json]
    while values:
        value = values.pop()
        if isinstance(value, dict):
            found |= value.keys()
            values += value.values()
        elif isinstance(value, list):
            values += value
    return found


@requirement("errors.type", on=every_error, feature="errors")
def does_not_blame_itself(answer: Exchange) -> Violations:
    """The `type` of a 4xx MUST NOT speak of an error of the server."""
    type_ = answer.at("error", "type")
    if not isinstance(type_, str) or not 400 <= (answer.status or 0) < 500:
        raise Unseen("no 4xx with a type")
    if re.search(r"server|internal|upstream|backend|overloaded|unavailable|^api_?error$", type_, re.IGNORECASE):
        yield f"{answer.status} with type {type_!r}"


@requirement("errors.no-leak", on=every_error_told, feature="errors")
def keeps_its_insides_to_itself(seen: Told) -> Violations:
    """An error SHOULD NOT show a stack trace, the name of an exception's class or a path of the server."""
    answer, request = seen.answer, seen.answer.request
    documents = [document for document in _documents(answer) if document is not ABSENT]
    # What clients sent themselves is no secret: the id of a model may be a path.
    body = request.body.decode("utf-8", "replace")
    sent = "\n".join([unquote(request.path), body, *_texts(request.json), *seen.models])
    for text in (
        ("\n".join(_texts(document)) for document in documents)
        if documents
        else [answer.body.decode("utf-8", "replace")]
    ):
        shown = _LEAK.finditer(text.replace(urlsplit(answer.request.url).path, ""))
        found = next((each.group().strip() for each in shown if each.group().strip() not in sent), None)
        if found:
            yield f"{answer.status}: the answer holds {found!r}"


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


@requirement("errors.never-200", on=every_success, feature="errors")
def never_calls_an_error_a_success(answer: Exchange) -> Violations:
    """A 200 MUST NOT carry an error in place of an answer, nor an answer without choices."""
    if of_a_caller(answer):
        raise Unseen("what a caller once sent is no answer of the server's")
    if answer.is_stream:
        values = [value for _, value in answer.objects]
        if values and shape.says_error(values[0]):
            yield f"the stream of a 200 begins with an error: {values[0]}"[:300]
        return
    wanted = shape.schema_of(answer)
    if answer.at("error") not in (ABSENT, None) and "error" not in wanted.get("properties", {}):
        yield f"{answer.status} with an error: {answer.at('error')}"[:300]
    elif isinstance(answer.json, dict) and not answer.at("choices") and "choices" in wanted.get("required", ()):
        yield f"{answer.status} without choices"


@requirement("errors.no-5xx", on=every_provocation, feature="errors")
def does_not_fall_over(answer: Exchange) -> Violations:
    """A request MUST NOT be answered with a 5xx because of what the client sent."""
    model = at(answer.request.json, "model")
    if answer.intent.provokes == "model failure":
        raise Unseen("a 5xx is right here")
    # A method or an operation may be missing; what the contract defines of one that is there is no such thing.
    if answer.status == 501 and answer.intent.valid is None and answer.intent.field is None:
        raise Unseen("501 says that the server has no such thing")
    # A server that is full says when to come back. One that says so of a broken request alone is not full.
    full = answer.header("retry-after") is not None or answer.intent.valid is True
    if answer.status in (503, 529) and full:
        raise Unseen("the server was full")
    if answer.status is not None and answer.status >= 500:
        what = answer.intent.case or ("a valid request" if answer.intent.valid else "")
        case = f" ({what})" if what else ""
        yield (f"{answer.status}{case}, model {model!r}" if isinstance(model, str) else f"{answer.status}{case}")


@requirement("errors.malformed-json", on=errors.broken_json, feature="errors")
def refuses_malformed_json(answer: Exchange) -> Violations:
    """A body that is not JSON SHOULD be answered with 400."""
    if decision(answer).status != 400:
        yield f"a body that ends too early was answered with {answer.status}; 400 is required"


@requirement("errors.unknown-model", on=errors.unknown_model, feature="errors")
def knows_its_models(seen: Both) -> Violations:
    """A model that the server does not have MUST be refused with 404, 400 or 403, with and without a stream."""
    for answer in map(answer_or_unseen, (seen.sync, seen.stream)):
        if answer.status not in (400, 403, 404):
            mode = "stream" if answer is seen.stream else "no stream"
            asked = at(answer.request.json, "model")
            yield Broken(f"model {asked!r} ({mode}): {answer.status}; 404, 400 or 403 is required", answer)


@requirement("errors.unknown-model-404", on=errors.unknown_model, feature="errors")
def calls_an_unknown_model_not_found(seen: Both) -> Violations:
    """The status of an unknown model SHOULD be 404, and the error's code `model_not_found`."""
    for answer in map(answer_or_unseen, (seen.sync, seen.stream)):
        if answer.status == 400:
            yield Broken("an unknown model was refused with 400; 404 is what tells it apart", answer)
    if not 400 <= (seen.sync.status or 0) < 500 or not isinstance(seen.sync.at("error"), dict):
        raise Unseen("the unknown model was not refused with an envelope")
    if seen.sync.at("error", "code") != "model_not_found":
        yield Broken(f"code is {seen.sync.at('error', 'code')!r}, not 'model_not_found'", seen.sync)


@requirement("errors.unknown-route", on=errors.unknown_route, feature="errors")
def knows_its_routes(answer: Exchange) -> Violations:
    """A path that the server does not have MUST be answered with 404."""
    if answer_or_unseen(answer).status != 404:
        yield f"{answer.request.path} was answered with {answer.status}; 404 is required"


@requirement("errors.wrong-method", on=every_wrong_method, feature="errors")
def refuses_a_wrong_method(answer: Exchange) -> Violations:
    """A known path with a method that neither the contract nor OpenAI has there SHOULD be answered with 405."""
    if answer.status != 405:
        yield f"{answer.request.method} {answer.request.path}: {answer.status}; 405 is required"


@requirement("errors.allow", on=every_refused_method, feature="errors")
def says_which_methods_it_takes(answer: Exchange) -> Violations:
    """A 405 MUST carry `Allow` with the methods that the path takes."""
    allow = answer.header("allow")
    if not allow:
        yield "a 405 without an Allow header"
        return
    methods = [method.strip() for method in allow.split(",")]
    if answer.request.method in methods:
        yield f"405 for {answer.request.method}, yet Allow: {allow}"
        return
    taken = [each.method for each in operations().at(operations().template(answer.request.path) or "")]
    if taken and not set(taken) & set(methods):
        yield f"Allow: {allow}, yet {taken[0]} is taken"


@requirement("errors.too-large", on=errors.too_large, feature="errors")
def refuses_what_is_too_large(answer: Exchange) -> Violations:
    """A request too large to be served MUST be refused with 413 or 400."""
    what = answer.intent.case
    if answer.status is None:
        yield f"{what} got no answer: {answer.error}"
    elif answer.status == 200:
        raise Unseen(f"{what} is not too large for this server")
    elif decision(answer).status not in (400, 413):
        yield f"{what} was answered with {answer.status}; 413 (or 400) is required"


@requirement("errors.media-type", on=errors.wrong_media_type, feature="errors")
def refuses_other_media_types(answer: Exchange) -> Violations:
    """A JSON body that calls itself `text/plain` SHOULD be refused with 415."""
    if answer_or_unseen(answer).status != 415:
        yield f"Content-Type: text/plain was answered with {answer.status}; 415 is required"


@requirement(
    "errors.failed-model",
    on=errors.failing,
    feature="failing_model",
)
def admits_a_failure(seen: Both) -> Violations:
    """A model's failure before the first byte MUST be answered with a 5xx."""
    if (answer_or_unseen(seen.sync).status or 0) < 500:
        yield Broken(f"the model failed, and the answer is {seen.sync.status}", seen.sync)


@requirement("errors.mid-stream", on=errors.failing, feature="failing_model")
def tells_a_stream_that_it_failed(seen: Both) -> Violations:
    """A stream that fails after its first byte MUST say so with an event that holds the error envelope."""
    answer = _begun(seen)
    if not any(shape.says_error(value) for _, value in answer.objects):
        yield Broken("the model failed, and the stream holds no event with an error", answer)


@requirement(
    "errors.mid-stream-end",
    on=errors.failing,
    feature="failing_model",
)
def ends_a_failed_stream(seen: Both) -> Violations:
    """A stream MUST end with its error event, after which only `[DONE]` may follow."""
    answer = _begun(seen)
    payloads = [value for _, value in answer.objects]
    where = next((place for place, value in enumerate(payloads) if shape.says_error(value)), None)
    if where is None:
        raise Unseen("the failed stream holds no error event")
    if len(payloads) > where + 1:
        yield Broken(f"{len(payloads) - where - 1} more chunks follow the error event", answer)


def _begun(seen: Both) -> Exchange:
    if seen.sync.status == 200:
        raise Unseen("the failing model did not fail")
    if seen.stream.status != 200:
        raise Unseen(f"the failing stream did not begin: {seen.stream}")
    return seen.stream
