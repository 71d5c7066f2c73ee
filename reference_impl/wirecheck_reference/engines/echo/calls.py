"""Which tools an answer calls, and with what. Knows nothing of how calls are sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from wirecheck_reference.engines.chat import ChatRequest
from wirecheck_reference.engines.echo.instances.smallest import smallest_instance
from wirecheck_reference.engines.echo.instances.unusable import UnusableSchemaError
from wirecheck_reference.errors import ApiError, invalid_value

Kind = Literal["function", "custom", "legacy"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `given` is the JSON text of the arguments, or a custom tool's input."""

    kind: Kind
    name: str
    given: str


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of one answer (none: the answer is text) and the finish reason that goes with them."""

    calls: tuple[Call, ...] = ()
    finish_reason: str = "stop"


NONE: Final = Calls()


@dataclass(frozen=True, slots=True)
class _Offer:
    """A tool on offer and where the request defines it."""

    kind: Kind
    name: str
    definition: Mapping[str, Any]
    path: str


def calls_for(request: ChatRequest, prompt: str, *, answered: bool) -> Calls:
    """The calls that a request demands, or that its prompt names.

    `answered` says that the last message is a tool's result: then nothing is called unless a call is demanded.
    Raises `ApiError` (400) for a choice of a tool that is not on offer and for parameters that are no usable schema.
    """
    if request.get("tools"):
        return _tool_calls(request, prompt, answered=answered)
    if request.get("functions"):
        return _legacy_call(request, prompt, answered=answered)
    return NONE


def _tool_calls(request: ChatRequest, prompt: str, *, answered: bool) -> Calls:
    offers = [_offer(tool, f"tools.{position}") for position, tool in enumerate(request["tools"])]
    choice = request.get("tool_choice", "auto")
    if isinstance(choice, str):
        mode = choice
    elif choice["type"] == "allowed_tools":
        mode = choice["allowed_tools"]["mode"]
        offers = [_chosen(offers, _referred(tool)) for tool in choice["allowed_tools"]["tools"]]
    else:
        return Calls((_made(_chosen(offers, choice[choice["type"]]["name"]), prompt),))
    if mode == "none" or not offers or (mode == "auto" and answered):
        return NONE
    wanted = _named_in(prompt, offers) or (offers[:1] if mode == "required" else [])
    if request.get("parallel_tool_calls") is False:
        wanted = wanted[:1]
    if not wanted:
        return NONE
    return Calls(tuple(_made(offer, prompt) for offer in wanted), "tool_calls")


def _legacy_call(request: ChatRequest, prompt: str, *, answered: bool) -> Calls:
    offers = [
        _Offer("legacy", function["name"], function, f"functions.{position}")
        for position, function in enumerate(request["functions"])
    ]
    choice = request.get("function_call", "auto")
    if not isinstance(choice, str):
        return Calls((_made(_chosen(offers, choice["name"], "function_call"), prompt),))
    wanted = [] if choice == "none" or answered else _named_in(prompt, offers)[:1]
    return Calls(tuple(_made(offer, prompt) for offer in wanted), "function_call" if wanted else "stop")


def _offer(tool: Mapping[str, Any], path: str) -> _Offer:
    kind: Kind = "custom" if tool["type"] == "custom" else "function"
    definition = tool[kind]
    return _Offer(kind, definition["name"], definition, f"{path}.{kind}")


def _referred(tool: Mapping[str, Any]) -> str:
    """The name that a reference to a tool holds: the contract lets it be any object.

    Raises `ApiError` (400) for one that names no tool.
    """
    kind = tool.get("type")
    inner = tool.get(kind) if isinstance(kind, str) else None
    name = inner.get("name") if isinstance(inner, Mapping) else None
    if not isinstance(name, str):
        raise invalid_value("tool_choice refers to a tool without naming it", "tool_choice")
    return name


def _chosen(offers: Sequence[_Offer], name: str, param: str = "tool_choice") -> _Offer:
    for offer in offers:
        if offer.name == name:
            return offer
    raise invalid_value(f"{param} names {name!r}, which is not on offer", param)


def _named_in(prompt: str, offers: Sequence[_Offer]) -> list[_Offer]:
    """The offers whose names stand in the prompt as words, in the order of the prompt."""
    found: dict[int, _Offer] = {}
    for offer in offers:
        if offer.name in prompt:  # Far cheaper than the expression, and nearly always false.
            match = re.search(rf"(?<![\w-]){re.escape(offer.name)}(?![\w-])", prompt)
            if match:
                found.setdefault(match.start(), offer)
    return [found[position] for position in sorted(found)]


def _made(offer: _Offer, prompt: str) -> Call:
    given = _input(offer, prompt) if offer.kind == "custom" else _arguments(offer)
    return Call(offer.kind, offer.name, given)


def _arguments(offer: _Offer) -> str:
    parameters = offer.definition.get("parameters")
    if not parameters:
        return "{}"
    # Arguments are an object even where the schema forgets to say so.
    schema = parameters if "type" in parameters else {**parameters, "type": "object"}
    try:
        instance = smallest_instance(schema)
    except UnusableSchemaError as error:
        raise _unusable(error, f"{offer.path}.parameters") from None
    if not isinstance(instance, dict):
        raise invalid_value("The parameters of a function must allow an object.", f"{offer.path}.parameters")
    return json.dumps(instance, ensure_ascii=False)


def _input(offer: _Offer, prompt: str) -> str:
    form: Mapping[str, Any] = offer.definition.get("format") or {"type": "text"}
    if form["type"] == "text":
        return prompt
    path = f"{offer.path}.format.grammar"
    grammar = form["grammar"]
    if grammar["syntax"] != "regex":
        raise invalid_value("Only grammars of syntax regex are supported.", f"{path}.syntax")
    try:
        instance: str = smallest_instance({"type": "string", "pattern": f"^(?:{grammar['definition']})$"})
    except UnusableSchemaError as error:
        raise _unusable(error, f"{path}.definition") from None
    return instance


def _unusable(error: UnusableSchemaError, param: str) -> ApiError:
    return invalid_value(f"It cannot be used: {error}", param)
