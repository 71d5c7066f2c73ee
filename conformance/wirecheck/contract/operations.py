"""The contract's operations: which one a request is of, and what it declares. Reads the document, sees no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from weakref import WeakKeyDictionary

from wirecheck.contract.document import Document, document

JSON: Final = "application/json"
EVENTS: Final = "text/event-stream"
LINES: Final = "application/x-ndjson"
MULTIPART: Final = "multipart/form-data"
# The header that tells a request that is sent again from a new one (draft-ietf-httpapi-idempotency-key-header).
IDEMPOTENCY_KEY: Final = "idempotency-key"
SAFE: Final = ("GET", "HEAD")
_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

Schema = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation; `where` is `path`, `query`, `header` or `cookie`."""

    name: str
    where: str
    required: bool
    schema: Schema = field(hash=False)


@dataclass(frozen=True)
class Media:
    """One media type of a body: its schema, and that of each event or line where it is a stream of them."""

    schema: Schema | None
    item: Schema | None
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One operation: its operationId, its place, and what may be sent to it and come back from it.

    `stateless`: it answers and keeps nothing. `tags` are the areas that it stands under, `scopes` what a key must be
    good for. `request` maps media types to
    bodies, `responses` each status (or `4XX`, or `default`) to its media types.
    """

    id: str
    method: str
    path: str
    tags: tuple[str, ...]
    stateless: bool
    scopes: frozenset[str]
    parameters: tuple[Parameter, ...] = field(hash=False)
    request: Mapping[str, Media] = field(hash=False)
    responses: Mapping[str, Mapping[str, Media]] = field(hash=False)

    @property
    def streams(self) -> bool:
        """Whether `stream: true` in its body asks for events."""
        return EVENTS in self.answers(200) and "stream" in self.properties

    @property
    def properties(self) -> Mapping[str, Schema]:
        """The top-level fields of its JSON body with their schemas; none where it takes none."""
        media = self.request.get(JSON) or self.request.get(MULTIPART)
        schema = document().resolved(media.schema) if media and media.schema else {}
        found: Mapping[str, Schema] = schema.get("properties", {})
        return found

    @property
    def required(self) -> frozenset[str]:
        """The top-level fields that its body must have."""
        media = self.request.get(JSON) or self.request.get(MULTIPART)
        schema = document().resolved(media.schema) if media and media.schema else {}
        return frozenset(schema.get("required", ()))

    @property
    def needs(self) -> frozenset[str]:
        """What a request cannot do without: the required fields of its body and its required parameters."""
        return self.required | {each.name for each in self.parameters if each.required}

    def declares(self, status: int) -> bool:
        """Whether it may answer with a status."""
        return any(key in self.responses for key in (str(status), f"{status // 100}XX", "default"))

    def answers(self, status: int) -> Mapping[str, Media]:
        """The media types of the answer with a status; none where it has no body or is not declared."""
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.responses:
                return self.responses[key]
        return {}


class Operations:
    """All operations of a document."""

    def __init__(self, source: Document) -> None:
        self._by_id: dict[str, Operation] = {}
        self._elsewhere: dict[str, frozenset[str]] = {}
        self._places: list[tuple[str, re.Pattern[str], re.Pattern[str]]] = []
        for path, item in source.content["paths"].items():
            self._places.append((path, _pattern(path, "[^/]+"), _pattern(path, ".+")))
            for method in _METHODS:
                if method in item:
                    more = frozenset(item[method].get("x-elsewhere", ()))
                    self._elsewhere[path] = self._elsewhere.get(path, frozenset()) | more
                    operation = _operation(source, path, method.upper(), item)
                    self._by_id[operation.id] = operation
        # What says more of its place comes first: `/v1/models/search` before `/v1/models/{model}`.
        self._places.sort(key=lambda each: (each[0].count("{"), -len(each[0])))

    def __iter__(self) -> Iterator[Operation]:
        return iter(self._by_id.values())

    def __getitem__(self, id_: str) -> Operation:
        return self._by_id[id_]

    def get(self, id_: str) -> Operation | None:
        """The operation of that operationId, None where there is none."""
        return self._by_id.get(id_)

    def template(self, path: str) -> str | None:
        """The path of the contract that the path of a request is of, None where it has no such path.

        An id in a path may hold slashes, where no other template fits.
        """
        path = path.partition("?")[0]
        for strict in (True, False):
            for template, narrow, wide in self._places:
                if (narrow if strict else wide).fullmatch(path):
                    return template
        return None

    def of(self, method: str, path: str) -> Operation | None:
        """The operation that a request is of."""
        template = self.template(path)
        return next((each for each in self if each.path == template and each.method == method), None)

    def on_one(self, operation: Operation) -> dict[str, Operation]:
        """The operations, by method, on one thing of those that an operation makes: right below its path, by an id.

        None are there for an operation that makes nothing: that changes one thing, say.
        """
        below = re.compile(re.escape(operation.path) + r"/\{[^/{}]+\}")
        return {each.method: each for each in self if below.fullmatch(each.path)}

    def ending(self, path: str) -> tuple[str, str] | None:
        """The request, as method and path, that ends the thing at a path: that deletes it, else that cancels it.

        None where the contract has neither.
        """
        if self.of("DELETE", path) is not None:
            return "DELETE", path
        cancel = self.of("POST", f"{path}/cancel")
        # An id in a path may hold slashes: another operation may take it for one.
        return ("POST", f"{path}/cancel") if cancel is not None and cancel.path.endswith("}/cancel") else None

    def below(self, operation: Operation) -> list[Operation]:
        """The operations on one thing of those that an operation lists, and on what belongs to it, by its id alone.

        Those that look come first, those that delete last.
        """
        one = re.compile(re.escape(operation.path) + r"/\{[^/{}]+\}[^{}]*")
        order = {"GET": 0, "DELETE": 2}
        return sorted((each for each in self if one.fullmatch(each.path)), key=lambda each: order.get(each.method, 1))

    def at(self, template: str) -> list[Operation]:
        """The operations of a path of the contract."""
        return [each for each in self if each.path == template]

    def elsewhere(self, template: str) -> frozenset[str]:
        """The methods that OpenAI's API has at a path of the contract, and the contract has not."""
        return self._elsewhere.get(template, frozenset())


_read: WeakKeyDictionary[Document, Operations] = WeakKeyDictionary()


def operations() -> Operations:
    """The operations of the document that this process judges by."""
    source = document()
    if source not in _read:
        _read[source] = Operations(source)
    return _read[source]


def component(schema: Schema | None) -> str | None:
    """The name of the component that a schema refers to, None where it is none."""
    reference = (schema or {}).get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else None


def _pattern(path: str, value: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]+\}", path)
    return re.compile(value.join(re.escape(part) for part in parts))


def _operation(source: Document, path: str, method: str, item: dict[str, Any]) -> Operation:
    found = item[method.lower()]
    parameters = [source.resolved(each) for each in (*item.get("parameters", ()), *found.get("parameters", ()))]
    body = source.resolved(found.get("requestBody", {}))
    return Operation(
        found.get("operationId") or f"{method} {path}",
        method,
        path,
        tuple(found.get("tags", ())),
        method in SAFE or found.get("x-stateless") is True,
        frozenset(
            scope
            for each in found.get("security", source.content.get("security", ()))
            for scopes in each.values()
            for scope in scopes
        ),
        tuple(
            Parameter(each["name"], each["in"], bool(each.get("required")), each.get("schema", {}))
            for each in parameters
        ),
        {name: _media(source, each) for name, each in body.get("content", {}).items()},
        {
            status: {name: _media(source, each) for name, each in source.resolved(response).get("content", {}).items()}
            for status, response in found["responses"].items()
        },
    )


def _media(source: Document, media: dict[str, Any]) -> Media:
    examples = [source.resolved(each).get("value") for each in media.get("examples", {}).values()]
    examples += [media["example"]] if "example" in media else []
    return Media(media.get("schema"), media.get("itemSchema"), tuple(examples))
