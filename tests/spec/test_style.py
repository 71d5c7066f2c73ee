"""The style rules of the contract, each because some tool was seen to be wrong where it was not kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.spec.contract import document, schemas

SPEC = Path(__file__).resolve().parents[2] / "spec"
SAFE = {"get", "head"}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}
# Objects that hold what others decide: a schema of the caller's, a reference to a tool, what there is to an event.
FREE = {"JsonSchema", "ChatToolReference", "EventData"}
# Statuses that any operation may answer with, and those that come with a key.
ANYWHERE = {"400", "405", "429", "500", "503"}
BEHIND_A_KEY = {"401", "403", "502", "504"}
WITH_A_BODY = {"413", "415", "422"}
# Keywords that a model generated from them does not enforce.
UNFAITHFUL = {
    *("contains", "dependentRequired", "dependentSchemas", "format", "multipleOf", "patternProperties", "prefixItems"),
    *("unevaluatedItems", "unevaluatedProperties", "uniqueItems", "default"),
}
TYPES_OF_LITERALS = (str,)


def walk(node: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every node of a document with its place."""
    yield at, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{at}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{at}/{index}")


def subschemas() -> list[tuple[str, dict[str, Any]]]:
    """Every schema in the components, with its place. Conditions are not looked into: they only compare."""
    found: list[tuple[str, dict[str, Any]]] = []

    def visit(schema: dict[str, Any], at: str) -> None:
        found.append((at, schema))
        for key in ("items", "additionalProperties", "propertyNames", "not", "contentSchema"):
            if isinstance(schema.get(key), dict):
                visit(schema[key], f"{at}/{key}")
        for key, inner in schema.get("properties", {}).items():
            visit(inner, f"{at}/{key}")
        for key in ("anyOf", "oneOf", "allOf"):
            for index, inner in enumerate(schema.get(key, ())):
                if "if" not in inner:
                    visit(inner, f"{at}/{key}/{index}")

    for name, schema in schemas().items():
        visit(schema, name)
    return found


def operations(kind: str = "paths") -> list[tuple[str, dict[str, Any]]]:
    """Each operation with its method and path."""
    return [
        (f"{method} {path}", operation)
        for path, item in document().get(kind, {}).items()
        for method, operation in item.items()
    ]


def webhooks() -> list[tuple[str, dict[str, Any]]]:
    """Each request that a server sends of its own accord, with its method and name."""
    return operations("webhooks")


def request_schemas() -> set[str]:
    """The names of the schemas that the body of an operation reaches. What a webhook sends, the server writes."""
    names: set[str] = set()
    bodies = [operation["requestBody"]["$ref"] for _, operation in operations() if "requestBody" in operation]
    queue = [
        content["schema"]["$ref"]
        for body in bodies
        for content in document()["components"]["requestBodies"][body.rpartition("/")[2]]["content"].values()
    ]
    while queue:
        name = queue.pop().rpartition("/")[2]
        if name not in names:
            names.add(name)
            queue += [node["$ref"] for _, node in walk(schemas()[name]) if isinstance(node, dict) and "$ref" in node]
    return names


def test_the_table_of_contents_holds_nothing_else() -> None:
    root = yaml.safe_load((SPEC / "openapi.yaml").read_text(encoding="utf-8"))
    assert set(root) - {"webhooks"} == {"openapi", "info", "servers", "tags", "security", "paths", "components"}
    assert set(root["components"]) == {"securitySchemes"}
    for part in (root["paths"], root.get("webhooks", {}), root["components"]["securitySchemes"]):
        assert all(set(each) == {"$ref"} for each in part.values())


def test_every_file_is_in_the_bundle() -> None:
    components = document()["components"]
    for path in (SPEC / "components").rglob("*.yaml"):
        kind = path.relative_to(SPEC / "components").parts[0]
        assert path.stem in components[kind], f"{path} is used by nothing"
    root = yaml.safe_load((SPEC / "openapi.yaml").read_text(encoding="utf-8"))
    for kind in ("paths", "webhooks"):
        listed = {node["$ref"] for node in root.get(kind, {}).values()}
        assert {path.relative_to(SPEC).as_posix() for path in (SPEC / kind).rglob("*.yaml")} == listed


def test_files_lie_in_areas_and_components_are_named_like_classes() -> None:
    for kind in ("examples", "parameters", "requestBodies", "responses", "schemas"):
        for path in (SPEC / "components" / kind).rglob("*.yaml"):
            assert re.fullmatch(r"[A-Z][A-Za-z0-9]+", path.stem)
            assert path.parent.parent.name == kind, f"{path} lies in no area"
    for kind in ("paths", "webhooks"):
        for path in (SPEC / kind).rglob("*.yaml"):
            assert path.parent.parent.name == kind, f"{path} lies in no area"


def test_every_object_and_enum_is_a_component_of_its_own() -> None:
    for at, schema in subschemas():
        inner = "/" in at
        assert not (inner and "properties" in schema), f"{at}: an object without a name"
        assert not (inner and "enum" in schema), f"{at}: an enum without a name"
        assert not (inner and isinstance(schema.get("additionalProperties"), dict)), f"{at}: a map without a name"


def test_objects_of_requests_are_closed() -> None:
    names = request_schemas()
    assert "ChatCompletionRequest" in names
    for name in names - FREE:
        schema = schemas()[name]
        if schema.get("type") == "object":
            closed = schema.get("additionalProperties")
            maps = isinstance(closed, dict) and closed and "properties" not in schema
            assert closed is False or maps, f"{name} takes unknown fields"


def test_objects_of_answers_are_open() -> None:
    for name in set(schemas()) - request_schemas():
        assert schemas()[name].get("additionalProperties") is not False, f"{name} refuses a server's own fields"


def test_patterns_mean_one_thing_to_every_engine() -> None:
    for at, node in walk(document()):
        if at.endswith("/pattern") and isinstance(node, str):
            assert not re.search(r"\(\?[=!<]", node), f"{at}: looks around"
            assert not re.search(r"\\[dDwWsSbBpP]", node), f"{at}: a class that differs between engines"
            assert node.startswith("^"), f"{at}: not anchored"
            re.compile(node)


def test_literals_are_strings() -> None:
    for at, schema in subschemas():
        for literal in [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]:
            assert isinstance(literal, TYPES_OF_LITERALS), f"{at}: {literal!r}"
            assert schema.get("type") == "string", at


def test_keywords_that_models_do_not_enforce_are_not_used() -> None:
    for at, schema in subschemas():
        assert not UNFAITHFUL & set(schema), at
        assert schema.get("properties", {}) is not False, at
        assert False not in schema.get("properties", {}).values(), at


def test_alternatives_exclude_each_other() -> None:
    for at, schema in subschemas():
        if "oneOf" in schema:
            assert "discriminator" in schema, f"{at}: what no field tells apart is an anyOf"
            key = schema["discriminator"]["propertyName"]
            targets = [each["$ref"] for each in schema["oneOf"]]
            chosen = [schemas()[each.rpartition("/")[2]].get("properties", {}).get(key, {}) for each in targets]
            assert all("const" in each for each in chosen), f"{at}: an alternative without its own {key}"
            values = [each["const"] for each in chosen]
            assert dict(zip(values, targets, strict=True)) == schema["discriminator"]["mapping"], at
            assert len(set(values)) == len(values), at
            assert all(key in schemas()[each.rpartition("/")[2]]["required"] for each in targets), at


def test_every_schema_says_what_it_is() -> None:
    for at, schema in subschemas():
        assert {"type", "$ref", "anyOf", "oneOf", "required"} & set(schema) or not schema or "maxLength" in schema, at


def check_head(name: str, operation: dict[str, Any]) -> None:
    """What an operation and a webhook both say of themselves."""
    assert name.split()[0] in METHODS
    assert re.fullmatch(r"[a-z][a-zA-Z0-9]+", operation["operationId"])
    assert operation["summary"].strip()
    assert not operation["summary"].endswith(".")
    assert len(operation["tags"]) == 1
    assert operation["tags"][0] in {each["name"] for each in document()["tags"]}
    assert any(status.startswith("2") for status in operation["responses"])


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[each[0] for each in operations()])
def test_operations_are_whole(name: str, operation: dict[str, Any]) -> None:
    check_head(name, operation)
    statuses = set(operation["responses"])
    assert statuses >= ANYWHERE
    if operation.get("security", document()["security"]):
        assert statuses >= BEHIND_A_KEY
    if "requestBody" in operation:
        assert statuses >= WITH_A_BODY
    if "parameters" in operation:
        assert "422" in statuses


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[each[0] for each in operations()])
def test_operations_behind_a_key_name_the_scope_that_they_want(name: str, operation: dict[str, Any]) -> None:
    wanted = operation.get("security", document()["security"])
    if wanted:
        assert [set(each) for each in wanted] == [{"BearerAuth"}]
        (scope,) = wanted[0]["BearerAuth"] or [""]
        verbs = "read" if name.split()[0] in SAFE else "read|write"
        assert re.fullmatch(rf"[a-z_]+:({verbs})", scope), f"{name}: {scope or 'no scope'}"


def test_webhooks_are_whole() -> None:
    for name, webhook in webhooks():
        check_head(name, webhook)
        assert "x-stateless" not in webhook, f"{name}: speaks of operations, which clients ask for"


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[each[0] for each in operations()])
def test_only_what_is_no_get_says_whether_it_keeps_nothing(name: str, operation: dict[str, Any]) -> None:
    if name.split()[0] in SAFE:
        assert "x-stateless" not in operation, f"{name}: a GET changes nothing anyway"
    else:
        assert type(operation.get("x-stateless")) is bool, f"{name}: true, or false where it changes state"


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[each[0] for each in operations()])
def test_answers_are_components(name: str, operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        assert set(response) == {"$ref"}, f"{name} {status}"


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[each[0] for each in operations()])
def test_what_is_made_is_linked_to_all_that_is_done_with_it(name: str, operation: dict[str, Any]) -> None:
    method, path = name.split()
    if method != "post" or operation["x-stateless"]:
        return
    one = re.compile(re.escape(path) + r"/\{\w+\}(/\w+)?")
    wanted = {each["operationId"] for at, each in operations() if one.fullmatch(at.split()[1])}
    if not wanted:
        return  # It changes what there is.
    (success,) = (each["$ref"] for status, each in operation["responses"].items() if status.startswith("2"))
    made = document()["components"]["responses"][success.rpartition("/")[2]]
    linked = {each["operationId"] for each in made.get("links", {}).values()}
    assert linked == wanted, f"{name}: its answer lacks links to {wanted - linked}; has others to {linked - wanted}"


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[each[0] for each in operations()])
def test_answers_have_the_headers_and_errors_the_envelope(name: str, operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        whole = document()["components"]["responses"][response["$ref"].rpartition("/")[2]]
        assert {"x-request-id", "x-process-time"} <= set(whole["headers"]), f"{name} {status}"
        if status >= "400":
            assert set(whole["content"]) == {"application/json"}
            schema = whole["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorResponse"}, f"{name} {status}"


def test_headers_are_described_and_not_demanded() -> None:
    for name, header in document()["components"]["headers"].items():
        assert not header.get("required"), f"{name}: the rules judge it, with a sentence"
        assert header["description"].strip()


def test_statuses_that_need_a_header_declare_it() -> None:
    responses = document()["components"]["responses"]
    wanted = {"Unauthorized": "WWW-Authenticate", "MethodNotAllowed": "Allow", "TooManyRequests": "Retry-After"}
    for name, header in wanted.items():
        assert header in responses[name]["headers"]


def test_bodies_are_components() -> None:
    for name, operation in [*operations(), *webhooks()]:
        assert set(operation.get("requestBody", {"$ref": ""})) == {"$ref"}, name


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, operation in [*operations(), *webhooks()]]
    assert len(set(ids)) == len(ids)
