"""What the contract says of a generated request: that it is valid, that it is not, or neither. No I/O, no generator."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import jsonschema_rs

from wirecheck import contract, strict_json
from wirecheck.exchange import ABSENT, Exchange, Intent, Request

UNDECLARED_METHOD: Final = "unspecified_http_method"
# What a server may answer to a valid request for reasons that the schema cannot know: who asks, what exists, how often.
_REASONS: Final = (401, 403, 404, 409, 429)


@dataclass(frozen=True)
class Hint:
    """What a generator says of a request that it made.

    `operation` is the one that it was made for, as `POST /v1/chat/completions`; `positive` whether it was meant to be
    valid; `scenario` a generator's name for the kind of deviation, "" where it has none; `labels` whether only the
    labels around the body were changed, to which the contract ties no status.
    """

    operation: str
    positive: bool
    scenario: str = ""
    description: str = ""
    labels: bool = False


@dataclass(frozen=True)
class Fault:
    """The first break of a schema: the dotted path of the broken field ("" for the whole), and what is wrong."""

    field: str
    message: str


def intent_of(request: Request, hint: Hint) -> Intent:
    """What the contract says of a request. Judges the bytes that are sent; the hint only where these say nothing."""
    intent = Intent("sweep", _case(hint), operation=hint.operation)
    if hint.scenario == UNDECLARED_METHOD:
        return replace(intent, case=f"undeclared method {request.method}")
    if hint.labels:
        return intent
    component = _component(hint.operation)
    if component is None:
        return _judge_query(request, hint, intent)
    return _judge_body(request, hint, intent, component)


def with_findings(exchange: Exchange) -> Exchange:
    """The exchange with what the contract's statuses say of its answer, under the names of Schemathesis' checks."""
    intent, status = exchange.intent, exchange.status
    if status is None or intent.operation is None:
        return exchange
    found: list[tuple[str, str | None]] = []
    method, _, path = intent.operation.partition(" ")
    if intent.case.startswith("undeclared method "):
        # Who may ask and how often comes before what may be asked; a resource that does not exist has no methods.
        refused = status in (401, 403, 405, 429) or (status == 404 and "{" in path)
        found.append(("unsupported_method", None if refused else f"{status}, not 405"))
    elif exchange.request.method == method:
        declared = _declares(intent.operation, status)
        found.append(("status_code_conformance", None if declared else f"{status} is not declared"))
    if intent.valid:
        taken = status < 400 or status >= 500 or status in _REASONS
        found.append(("positive_data_acceptance", None if taken else f"a valid request was refused with {status}"))
    return replace(exchange, intent=replace(intent, findings=tuple(found)))


def first_fault(component: str, value: Any) -> Fault | None:
    """The first break of a component's schema, None where there is none."""
    error = next(iter(contract.validator(component).iter_errors(value)), None)
    return None if error is None else _fault(error)


def forgivable(component: str, value: Any) -> bool:
    """Whether all that is wrong with a value is what sentences of their own say SHOULD be refused, or what none does.

    That is fields that the contract does not know, `stream_options` without a stream, and null bytes; and null where a
    field may be left out, since much of what writes JSON means the same by both.
    """
    if contract.validator(component).is_valid(value):
        return False
    if isinstance(value, dict) and "stream_options" in value and not value.get("stream"):
        value = {**value, "stream": True}
    return bool(contract.lenient(component).is_valid(_without_nulls(value)))


def _without_nulls(value: Any) -> Any:
    """The value without null bytes and without the fields that are null."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return value


def _case(hint: Hint) -> str:
    description = " ".join(hint.description.split())
    if hint.positive:
        return f"a valid request ({description})" if hint.scenario and description else "a valid request"
    return description[:200] or hint.scenario.replace("_", " ")


def _judge_body(request: Request, hint: Hint, intent: Intent, component: str) -> Intent:
    if not request.body:
        return replace(intent, valid=False, case="no body")
    if request.json is ABSENT:
        # A reader may stop at a depth of its own, so only what no JSON reader takes is a fault.
        return intent if _is_json(request.body) else replace(intent, valid=False, case="a body that is not JSON")
    fault = first_fault(component, request.json)
    if fault is None:
        # Meant to be broken, yet valid: the break is elsewhere, and what it calls for is not known.
        return replace(intent, valid=True if hint.positive else None)
    where = f"body.{fault.field}" if fault.field else "body"
    if forgivable(component, request.json):
        return replace(intent, case=f"{where}: {fault.message}")
    return replace(intent, valid=False, case=f"{where}: {fault.message}", field=fault.field or None)


def _judge_query(request: Request, hint: Hint, intent: Intent) -> Intent:
    schemas = _parameters(hint.operation)
    pairs = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    if len(names) == len(set(names)):
        for name, text in pairs:
            message = _broken(schemas[name], text) if name in schemas else None
            if message is not None:
                return replace(intent, valid=False, case=f"query.{name}: {message}", field=name)
    # A cursor is the server's own: one that was made up may be refused.
    known = set(names) <= set(schemas) - {"after"} and len(names) == len(set(names))
    return replace(intent, valid=True if hint.positive and known else None)


def _broken(schema: dict[str, Any], text: str) -> str | None:
    """What a query parameter's schema says against a text. A text that spells no number stays a text."""
    value: Any = text
    kinds = schema.get("type")
    if kinds in ("integer", "number") and re.fullmatch(r"[+-]?[0-9]+", text):
        value = int(text)
    elif kinds == "boolean" and text in ("true", "false"):
        value = text == "true"
    error = next(iter(jsonschema_rs.Draft202012Validator(schema).iter_errors(value)), None)
    return None if error is None else _fault(error).message


def _fault(error: Any) -> Fault:
    steps = [str(step) for step in error.instance_path]
    missing = getattr(error.kind, "property", None)
    if error.kind.name == "required" and missing is not None:
        steps.append(str(missing).strip('"'))
    message = error.message if len(error.message) <= 160 else error.message[:157] + "..."
    return Fault(".".join(steps), message)


def _is_json(body: bytes) -> bool:
    try:
        strict_json.parse(body)
    except strict_json.TooDeep:
        return True
    except strict_json.NotJson:
        return False
    return True


@cache
def _operation(name: str) -> dict[str, Any]:
    method, _, path = name.partition(" ")
    operation: dict[str, Any] = contract.document()["paths"][path][method.lower()]
    return operation


@cache
def _component(operation: str) -> str | None:
    """The name of the component that the JSON body of an operation follows, None where it takes none."""
    content = _resolved(_operation(operation).get("requestBody", {})).get("content", {})
    reference: str | None = content.get("application/json", {}).get("schema", {}).get("$ref")
    return None if reference is None else reference.rpartition("/")[2]


@cache
def _parameters(operation: str) -> dict[str, dict[str, Any]]:
    found = [_resolved(each) for each in _operation(operation).get("parameters", [])]
    return {each["name"]: each["schema"] for each in found if each["in"] == "query"}


def _resolved(value: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        steps = value["$ref"].removeprefix("#/").split("/")
        value = contract.document()
        for step in steps:
            value = value[step]
    return value


def _declares(operation: str, status: int) -> bool:
    declared = _operation(operation)["responses"]
    return str(status) in declared or f"{status // 100}XX" in declared or "default" in declared
