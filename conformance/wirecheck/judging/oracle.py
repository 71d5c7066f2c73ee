"""What the contract says of a generated request: that it is valid, that it is not, or neither. No I/O, no generator."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from wirecheck.area import sweeping_of
from wirecheck.contract.document import document
from wirecheck.contract.operations import JSON, MULTIPART, Media, Operation, Parameter, Schema, operations
from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import ABSENT, Exchange, Intent, Request
from wirecheck.judging import shape
from wirecheck.judging.shape import Fault

SWEEP: Final = "sweep"
"""The origin of every request that is generated."""

# What a server may answer to a valid request for reasons that the schema cannot know: who asks, what exists, how often.
_REASONS: Final = (401, 403, 404, 409, 429)
_LONGEST: Final = 160
# The cursors of a list are the server's own: one that was made up may be refused.
_CURSORS: Final = frozenset({"after", "before"})


@dataclass(frozen=True)
class Hint:
    """What a generator says of a request that it made.

    `operation` is the operationId of the one that it was made for; `positive` whether it was meant to be valid;
    `description` is for people; `labels`: only the labels around the body were changed, to which the contract ties no
    status; `undeclared`: its method is one that the path does not take.
    """

    operation: str
    positive: bool
    description: str = ""
    labels: bool = False
    undeclared: bool = False


def intent_of(request: Request, hint: Hint) -> Intent:
    """What the contract says of a request. Judges the bytes that are sent; the hint only where these say nothing."""
    intent = Intent(SWEEP, _case(hint))
    if hint.undeclared:
        return replace(intent, case=f"undeclared method {request.method}", provokes="wrong method")
    if hint.labels:
        return intent
    operation = operations()[hint.operation]
    broken, certain = _place(operation, request)
    if broken is None and operation.request:
        if not request.body:
            return replace(intent, valid=False, case="no body")
        value = read_body(operation, request)
        if value is ABSENT:
            # A reader may stop at a depth of its own, so only what no reader takes is a fault.
            return intent if _may_be_read(request) else replace(intent, valid=False, case="a body that is not JSON")
        broken = _first(_schema(operation, request), value)
        if broken is not None:
            where = f"body.{broken.path}" if broken.path else "body"
            case = f"{where}: {broken.message}"
            if forgivable(operation, value):
                return replace(intent, case=case)
            return replace(intent, valid=False, case=case, field=broken.path or None)
    if broken is not None:
        return replace(
            intent, valid=False, case=f"{broken.path}: {broken.message}", field=broken.path.partition(".")[2]
        )
    # Meant to be broken, yet valid: the break is elsewhere, and what it calls for is not known.
    certain = certain and not sweeping_of(operation.id).depends
    return replace(intent, valid=True if hint.positive and certain else None)


def refused_though_valid(exchange: Exchange) -> bool:
    """Whether a valid request was refused for no reason that the schema cannot know. A 5xx is `errors.no-5xx`'s."""
    status = exchange.status or 0
    return 400 <= status < 500 and status not in _REASONS


def first_fault(operation: Operation, value: Any) -> Fault | None:
    """The first break of the schema of an operation's body, None where there is none."""
    return _first(_body_schema(operation), value)


def forgivable(operation: Operation, value: Any) -> bool:
    """Whether all that is wrong with a body is what SHOULD be refused (`validation.unknown-field`), or need not be.

    That is fields that the contract does not know, what the operation's area pardons, and null bytes; and null where a
    field may be left out, since much of what writes JSON means the same by both.
    """
    schema = _body_schema(operation)
    if schema is None or document().validator(schema).is_valid(value):
        return False
    if isinstance(value, dict):
        value = sweeping_of(operation.id).pardons(value)
    return bool(document().validator(schema, opened=True).is_valid(_without_nulls(value)))


def read_body(operation: Operation, request: Request) -> Any:
    """The value of a request's body as the operation's media type has it, `ABSENT` where it cannot be read.

    The fields of a form (RFC 7578) are read by their schemas: digits where a number is wanted, text elsewhere.
    """
    if _is_form(operation, request):
        return _form(operation, request)
    return request.json


def _case(hint: Hint) -> str:
    description = " ".join(hint.description.split())
    if hint.positive:
        return f"a valid request ({description})" if description else "a valid request"
    return description[:200] or "an invalid request"


def _place(operation: Operation, request: Request) -> tuple[Fault | None, bool]:
    """The first break of a query parameter, and whether nothing else in path and query is of unknown worth."""
    schemas = {each.name: each for each in operation.parameters if each.where == "query"}
    given: dict[str, list[str]] = {}
    for name, text in parse_qsl(request.path.partition("?")[2], keep_blank_values=True):
        given.setdefault(name, []).append(text)
    lists = {each.name for each in schemas.values() if document().resolved(each.schema).get("type") == "array"}
    if any(len(texts) > 1 and name not in lists for name, texts in given.items()):
        return None, False
    for name, texts in given.items():
        if name in schemas:
            schema = schemas[name].schema
            fault = _broken_list(schema, texts) if name in lists else _broken(schema, texts[0])
            if fault is not None:
                return Fault(f"query.{name}", fault.message), True
    missing = [each.name for each in schemas.values() if each.required and each.name not in given]
    if missing:
        return Fault(f"query.{missing[0]}", "is required"), True
    return None, set(given) <= set(schemas) - _CURSORS and _fits(operation, request)


def _fits(operation: Operation, request: Request) -> bool:
    """Whether the ids in the path follow their schemas."""
    given = path_values(operation, request.path)
    parameters: dict[str, Parameter] = {each.name: each for each in operation.parameters if each.where == "path"}
    return all(name not in parameters or _broken(parameters[name].schema, text) is None for name, text in given.items())


def path_values(operation: Operation, path: str) -> dict[str, str]:
    """The values of the parameters in a path; none where the path is not the operation's."""
    names = re.findall(r"\{([^}]+)\}", operation.path)
    parts = re.split(r"\{[^}]+\}", operation.path)
    match = re.fullmatch("(.+)".join(re.escape(part) for part in parts), path.partition("?")[0])
    return dict(zip(names, map(unquote, match.groups()), strict=True)) if match else {}


def _broken(schema: Schema, text: str) -> Fault | None:
    """What a parameter's schema says against a text. A text that spells no number stays a text."""
    return _first(schema, _spelled(schema, text))


def _broken_list(schema: Schema, texts: list[str]) -> Fault | None:
    """The same of a parameter that is a list: each of its values stands for itself (OpenAPI, `form`, exploded)."""
    items = document().resolved(schema).get("items", {})
    return _first(schema, [_spelled(items, each) for each in texts])


def _spelled(schema: Schema, text: str) -> Any:
    kinds = document().resolved(schema).get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if ("integer" in kinds or "number" in kinds) and re.fullmatch(r"[+-]?[0-9]+", text):
        return int(text)
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    return text


def _first(schema: Schema | None, value: Any) -> Fault | None:
    return None if schema is None else next(shape.faults(schema, value, _LONGEST), None)


def _body_schema(operation: Operation) -> Schema | None:
    media: Media | None = operation.request.get(JSON) or operation.request.get(MULTIPART)
    return media.schema if media else None


def _schema(operation: Operation, request: Request) -> Schema | None:
    if _is_form(operation, request):
        return operation.request[MULTIPART].schema
    return _body_schema(operation)


def _is_form(operation: Operation, request: Request) -> bool:
    return MULTIPART in operation.request and (
        JSON not in operation.request or _content_type(request).startswith(MULTIPART)
    )


def _content_type(request: Request) -> str:
    return next((value for name, value in request.headers if name.lower() == "content-type"), "")


def _form(operation: Operation, request: Request) -> Any:
    head = f"Content-Type: {_content_type(request)}\r\n\r\n".encode()
    message = BytesParser(EmailMessage, policy=policy.HTTP).parsebytes(head + request.body)
    if not message.is_multipart():
        return ABSENT
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            return ABSENT
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        if part.get_filename() is not None:
            found[name] = data.decode("latin-1")
        else:
            found[name] = _spelled(operation.properties.get(name, {}), data.decode("utf-8", "replace"))
    return found


def _may_be_read(request: Request) -> bool:
    try:
        strict_json.parse(request.body)
    except strict_json.TooDeep:
        return True
    except strict_json.NotJson:
        return False
    return True


def _without_nulls(value: Any) -> Any:
    """The value without null bytes and without the fields that are null."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return value
