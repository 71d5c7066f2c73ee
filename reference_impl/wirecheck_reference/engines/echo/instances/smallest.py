"""The smallest instance of a JSON Schema (2020-12) that a validator accepts. Knows no use of it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any, Final, Never

import jsonschema_rs

from wirecheck_reference.engines.echo.instances.merging import merged
from wirecheck_reference.engines.echo.instances.scalars import numbers, texts
from wirecheck_reference.engines.echo.instances.unusable import UnusableSchemaError

DEEPEST: Final = 100
_MOST_TRIED: Final = 400
_MOST_BUILT: Final = 5_000
_LONGEST_ARRAY: Final = 1_000
_NOTHING: Final = object()
_SCALAR: Final = frozenset(
    {"type", "minLength", "maxLength", "pattern", "format"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
_KINDS: Final = ("object", "array", "string", "integer", "number", "boolean", "null")
# What a schema without `type` is most likely about, told by its keywords.
_TELLS: Final = {
    "object": (
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "minProperties",
        "propertyNames",
    ),
    "array": ("items", "prefixItems", "minItems", "uniqueItems", "contains"),
    "string": ("minLength", "maxLength", "pattern", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}


def smallest_instance(schema: Any) -> Any:
    """The smallest instance found, valid by the schema (formats too).

    Raises `UnusableSchemaError` where the schema is none, refers outside itself or to nowhere, nests deeper
    than 100, or where no instance was found: whether none exists at all is not decided.
    """
    if _depth(schema) > DEEPEST:
        raise UnusableSchemaError(f"the schema nests deeper than {DEEPEST}")
    try:
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, retriever=_refuse)
        candidates = _Builder(schema).candidates(schema, ())
        for instance in itertools.islice(candidates, _MOST_TRIED):
            if validator.is_valid(instance):
                return instance
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        # What follows these words names the classes of a program.
        reason = error.args[0].splitlines()[0].split(" and retrieving it failed")[0]
        raise UnusableSchemaError(f"not a usable JSON Schema: {reason}") from None
    except UnusableSchemaError:
        raise
    except (ArithmeticError, RecursionError, ValueError) as error:
        raise UnusableSchemaError(f"no instance can be built: {error}") from None
    raise UnusableSchemaError("no instance that satisfies the schema was found")


def _refuse(uri: str) -> Never:
    raise ValueError(f"references outside the schema are not followed: {uri}")


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level:
        deepest += 1
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return deepest


class _Builder:
    """Yields candidates of one root schema. `trail` is the references followed so far."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._built = 0

    def candidates(self, schema: Any, trail: tuple[str, ...]) -> Iterator[Any]:
        self._built += 1
        if self._built > _MOST_BUILT:
            raise UnusableSchemaError("the schema is too large to find an instance for")
        if schema is False:
            return
        if schema is True or not schema:
            yield from (None, "", {}, 0, False)
            return
        for flat, path in self._flattened(schema, trail):
            yield from self._plain(flat, path)

    def _flattened(
        self, schema: dict[str, Any], trail: tuple[str, ...]
    ) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
        """The schema with references, `allOf` and one branch of `anyOf`, `oneOf`, `if` folded in."""
        base = dict(schema)
        if (reference := base.pop("$ref", None) or base.pop("$dynamicRef", None)) is not None:
            if reference in trail:
                return  # A loop: another branch, or leaving the member out, is the way.
            target = self._target(reference)
            together = merged(target, base)
            if together is not False:
                yield from self._flattened(together, (*trail, reference)) if together else [({}, trail)]
            return
        for keyword in ("anyOf", "oneOf"):
            if (branches := base.pop(keyword, None)) is not None:
                for branch in branches:
                    together = merged(base, branch)
                    if together is not False:
                        yield from self._flattened(together, trail)
                return
        if (condition := base.pop("if", None)) is not None:
            then, otherwise = base.pop("then", True), base.pop("else", True)
            for part in (otherwise, merged(condition, then)):
                together = merged(base, part)
                if together is not False:
                    yield from self._flattened(together, trail)
            return
        # Last: a part may hold a choice of its own, which is kept aside as long as the schema itself has one.
        if (parts := base.pop("allOf", None)) is not None:
            for part in parts:
                base = merged(base, part)
                if base is False:
                    return
            yield from self._flattened(base, trail)
            return
        yield base, trail

    def _target(self, reference: str) -> Any:
        """The schema that a local reference points to, by pointer (RFC 6901) or by anchor."""
        if reference.startswith("#/"):
            found = self._root
            for step in reference[2:].split("/"):
                key = step.replace("~1", "/").replace("~0", "~")
                found = found[int(key)] if isinstance(found, list) else found[key]
            return found
        if reference == "#":
            return self._root
        return _anchored(self._root, reference.removeprefix("#"))

    def _plain(self, schema: dict[str, Any], trail: tuple[str, ...]) -> Iterator[Any]:
        if "const" in schema:
            yield schema["const"]
            return
        if "enum" in schema:
            yield from schema["enum"]
            return
        scalar = {key: value for key, value in schema.items() if key in _SCALAR}
        for kind in _kinds(schema):
            if kind == "object":
                yield from self._objects(schema, trail)
            elif kind == "array":
                yield from self._arrays(schema, trail)
            else:
                yield from _valid_scalars(kind, scalar)

    def _objects(self, schema: dict[str, Any], trail: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        names = _required(schema)
        least = schema.get("minProperties", 0)
        if least > _LONGEST_ARRAY:
            raise UnusableSchemaError(f"an object of more than {_LONGEST_ARRAY} members is asked for")
        known = [name for name in schema.get("properties", {}) if name not in names]
        names += known[: max(0, int(least) - len(names))]
        invented = self.candidates({"type": "string", **_as_dict(schema.get("propertyNames"))}, trail)
        while len(names) < least:
            name = next((name for name in invented if name not in names and name), None)
            if name is None:
                return
            names.append(name)
        ways = {name: itertools.islice(self.candidates(_member(schema, name), trail), 8) for name in names}
        first: dict[str, Any] = {}
        for name, values in ways.items():
            try:
                first[name] = next(values)
            except StopIteration:
                return
        yield dict(first)
        # One member at a time takes its other values: enough where a bound ties two members together.
        for name, values in ways.items():
            yield from ({**first, name: value} for value in values)
        for name in known:
            if name not in first and schema["properties"][name] is not False:
                for value in itertools.islice(self.candidates(schema["properties"][name], trail), 2):
                    yield {**first, name: value}

    def _arrays(self, schema: dict[str, Any], trail: tuple[str, ...]) -> Iterator[list[Any]]:
        least = max(schema.get("minItems", 0), schema.get("minContains", 1) if "contains" in schema else 0)
        if least > _LONGEST_ARRAY:
            raise UnusableSchemaError(f"an array of more than {_LONGEST_ARRAY} items is asked for")
        unique = schema.get("uniqueItems") is True
        fixed = schema.get("prefixItems", [])
        rest = (
            merged(schema.get("items", True), schema["contains"]) if "contains" in schema else schema.get("items", True)
        )
        items: list[Any] = []
        seen: set[str] = set()
        spare = self.candidates(rest, trail)
        for position in range(int(least)):
            own = position < len(fixed)
            source = (
                self.candidates(fixed[position], trail) if own else spare if unique else self.candidates(rest, trail)
            )
            value = next((each for each in source if not unique or _canonical(each) not in seen), _NOTHING)
            if value is _NOTHING:
                return
            seen.add(_canonical(value))
            items.append(value)
        yield items
        if not unique and items:
            yield from ([*items[:-1], value] for value in itertools.islice(self.candidates(rest, trail), 1, 8))


def _kinds(schema: dict[str, Any]) -> list[str]:
    asked = schema.get("type")
    if asked is not None:
        return [asked] if isinstance(asked, str) else list(asked)
    told = [kind for kind, keywords in _TELLS.items() if any(keyword in schema for keyword in keywords)]
    return told + [kind for kind in reversed(_KINDS) if kind not in told]


def _valid_scalars(kind: str, schema: dict[str, Any]) -> Iterator[Any]:
    values: Iterator[Any]
    if kind == "string":
        values = texts(schema)
    elif kind in ("integer", "number"):
        values = numbers(schema, whole=kind == "integer")
    else:
        values = iter((False, True) if kind == "boolean" else (None,))
    validator = jsonschema_rs.Draft202012Validator(schema | {"type": kind}, validate_formats=True)
    return (value for value in values if validator.is_valid(value))


def _required(schema: dict[str, Any]) -> list[str]:
    names = list(dict.fromkeys(schema.get("required", [])))
    for name in names:  # Grows while it is walked: what a member demands may demand more.
        more = schema.get("dependentRequired", {}).get(name, [])
        names += [each for each in more if each not in names]
    return names


def _member(schema: dict[str, Any], name: str) -> Any:
    if name in schema.get("properties", {}):
        return schema["properties"][name]
    for pattern, member in schema.get("patternProperties", {}).items():
        if jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(name):
            return member
    return schema.get("additionalProperties", schema.get("unevaluatedProperties", True))


def _as_dict(schema: Any) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else {}


def _anchored(schema: Any, name: str) -> Any:
    waiting = [schema]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            if name in (found.get("$anchor"), found.get("$dynamicAnchor"), found.get("$id")):
                return found
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
    raise UnusableSchemaError(f"the reference {name!r} leads nowhere")


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
