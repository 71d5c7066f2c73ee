"""What of an answer breaks the schema that the contract declares for it, and which claim each break belongs to. No I/O.

Every break belongs to exactly one claim, the first that takes it: one mistake of a server fails one requirement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.area import claim_of
from wirecheck.contract.document import document
from wirecheck.contract.operations import JSON, Media, Schema, component
from wirecheck.evidence.exchange import ABSENT, Exchange, at

ERROR: Final = "ErrorResponse"
"""The component of every error answer, whatever was asked."""

_LONGEST: Final = 300


@dataclass(frozen=True)
class Break:
    """One break of a schema: where, what, and whose it is. `event` counts from 1 in a stream, 0 elsewhere."""

    claim: str
    path: str
    message: str
    event: int = 0

    def __str__(self) -> str:
        where = f"event {self.event}: " if self.event else ""
        return f"{where}{self.path or 'the whole'}: {self.message}"


@dataclass(frozen=True)
class Fault:
    """One break of a schema as a validator tells it: the dotted path ("" for the whole), and what is wrong."""

    path: str
    message: str


def breaks(exchange: Exchange, *claims: str) -> list[Break]:
    """The breaks of an answer's schema that belong to the claims. Nothing where the answer is no JSON at all."""
    return [each for each in exchange.once(_all) if each.claim in claims]


def says_error(value: Any) -> bool:
    """Whether a payload of a stream is an error: it has an `error`, and that is not null."""
    return at(value, "error") not in (ABSENT, None)


def tells_an_error(exchange: Exchange) -> bool:
    """Whether a stream holds an error event."""
    return b'"error"' in exchange.body and any(says_error(value) for _, value in exchange.objects)


def component_of(exchange: Exchange) -> str | None:
    """The component that an answer that is one document follows, None where the contract declares none."""
    if exchange.status is None:
        return None
    if exchange.status >= 400:
        return ERROR
    media = _media(exchange)
    return component(media.schema) if media else None


def schema_of(exchange: Exchange) -> Schema:
    """The schema that a success in one document is to follow, empty where the contract declares none."""
    media = _media(exchange)
    return document().resolved(media.schema) if media and media.schema else {}


def faults(schema: str | Schema, value: Any, longest: int = _LONGEST) -> Iterator[Fault]:
    """The breaks of one value against a component, by its name, or any schema of the contract."""
    for error in document().validator(schema).iter_errors(value):
        steps = [str(step) for step in error.instance_path]
        missing = getattr(error.kind, "property", None)
        if error.kind.name == "required" and missing is not None:
            steps.append(str(missing).strip('"'))
        message = error.message if len(error.message) <= longest else error.message[: longest - 3] + "..."
        yield Fault(".".join(steps), message)


def _all(exchange: Exchange) -> list[Break]:
    return list(_judge(exchange))


def _media(exchange: Exchange) -> Media | None:
    """What the contract declares of an answer's body: under its own label, or else as JSON."""
    operation, status = exchange.operation, exchange.status
    if operation is None or status is None:
        return None
    declared = operation.answers(status)
    return declared.get(exchange.media_type) or (None if exchange.is_stream else declared.get(JSON))


def _judge(exchange: Exchange) -> Iterator[Break]:
    if exchange.status is not None and exchange.status >= 400:
        if exchange.json is not ABSENT:
            yield from breaks_of(ERROR, exchange.json)
        return
    media = _media(exchange)
    if media is None:
        return
    if exchange.is_stream and media.item is not None:
        for number, value in exchange.objects:
            schema = _chosen(_data_schema(media.item), value)
            wanted = document().resolved(schema).get("required", ())
            if wanted and not any(name in value for name in wanted):
                message = f"an object without {', '.join(wanted)}: {str(value)[:120]}"
                yield Break(claim_of(component(schema), ""), "", message, number)
            else:
                yield from breaks_of(schema, value, number)
    elif media.schema is not None and exchange.json is not ABSENT and not _error_in_place(media.schema, exchange.json):
        yield from breaks_of(media.schema, exchange.json)


def _error_in_place(schema: Schema, value: Any) -> bool:
    """Whether a value is an error that calls itself a success: `errors.never-200` judges it."""
    wanted = document().resolved(schema)
    lacks = any(name not in value for name in wanted.get("required", ())) if isinstance(value, dict) else False
    return lacks and "error" in value and "error" not in wanted.get("properties", {})


def _data_schema(item: Schema) -> Schema:
    """The schema of what an event's `data` says, or of a line: an event is described with the text around it."""
    data = document().resolved(item).get("properties", {}).get("data", {})
    for each in (data, *data.get("oneOf", ()), *data.get("anyOf", ())):
        if "contentSchema" in each:
            content: Schema = each["contentSchema"]
            return content
    return item


def _chosen(schema: Schema, value: Any) -> Schema:
    """The branch of an `if` that a value is to follow; the schema itself where it has none."""
    while "if" in schema:
        schema = schema.get("then" if document().validator(schema["if"]).is_valid(value) else "else", {})
    return schema


def breaks_of(schema: str | Schema, value: Any, event: int = 0) -> Iterator[Break]:
    """The breaks of one value against a component, by its name, or any schema of the contract, each with its claim."""
    name = schema if isinstance(schema, str) else component(schema)
    for fault in faults(schema, value):
        yield Break(claim_of(name, fault.path), fault.path, fault.message, event)
