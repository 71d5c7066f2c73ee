"""Ids that the server has: put into the paths of generated requests, remembered where a run created them. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from wirecheck.contract.operations import Operation, component, operations
from wirecheck.evidence.exchange import Exchange, at, items
from wirecheck.judging import oracle
from wirecheck.sweeping.cases import Drawn

_MODEL = "ModelId"


@dataclass(frozen=True)
class Created:
    """A resource that a run made: its path, and whether the contract has an operation that ends it."""

    path: str
    ends: bool


@dataclass
class Ids:
    """What is known of a server's ids: the model, those that its lists show, those that the run created."""

    model: str
    listed: dict[str, str] = field(default_factory=dict)
    created: dict[str, list[str]] = field(default_factory=dict)

    def learn(self, exchange: Exchange) -> Created | None:
        """Takes the ids of an answer: of a list, or of what a request created, which is returned."""
        operation = exchange.operation
        if operation is None or not 200 <= (exchange.status or 0) < 300:
            return None
        path = exchange.request.path.partition("?")[0]
        if operation.method == "GET":
            first = next((each for item in items(exchange.json, "data") if isinstance(each := at(item, "id"), str)), "")
            if first:
                self.listed.setdefault(path, first)
            return None
        id_ = exchange.at("id")
        on_one = operations().on_one(operation)
        if operation.stateless or operation.method != "POST" or not on_one or not isinstance(id_, str) or not id_:
            return None
        self.created.setdefault(path, []).append(id_)
        inner = f"{path}/{quote(id_, safe='')}"
        return Created(inner, operations().ending(inner) is not None)

    def filled(self, operation: Operation, drawn: Drawn) -> str | None:
        """The path of a request with ids that the server has; the path as drawn where it is to be wrong.

        None where the operation changes state and the run has created nothing that it could change.
        """
        given = oracle.path_values(operation, drawn.path)
        real = self._known(operation, given)
        if not operation.stateless and given and real is None:
            return None
        fits = drawn.hint.positive or bool(operation.request) or not operation.stateless
        if not given or real is None or not fits or drawn.hint.undeclared:
            return drawn.path
        query = drawn.path.partition("?")[2]
        path = operation.path
        for name, value in real.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return f"{path}?{query}" if query else path

    def plain_path(self, operation: Operation) -> str | None:
        """The path of an operation with ids that the server has, None where an id is not known."""
        names = {each.name: "" for each in operation.parameters if each.where == "path"}
        real = self._known(operation, names)
        if real is None:
            return None
        path = operation.path
        for name, value in real.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return path

    def _known(self, operation: Operation, given: Mapping[str, str]) -> dict[str, str] | None:
        schemas = {each.name: each.schema for each in operation.parameters if each.where == "path"}
        found: dict[str, str] = {}
        path = operation.path
        for name in given:
            before, _, _ = path.partition(f"/{{{name}}}")
            collection = before
            for known, value in found.items():
                collection = collection.replace(f"{{{known}}}", quote(value, safe=""))
            if component(schemas.get(name)) == _MODEL:
                value = self.model
            elif operation.stateless:
                value = next(iter(self.created.get(collection, ())), self.listed.get(collection, ""))
            else:
                # What the run did not make is not its own to change.
                value = next(iter(reversed(self.created.get(collection, ()))), "")
            if not value:
                return None
            found[name] = value
        return found
