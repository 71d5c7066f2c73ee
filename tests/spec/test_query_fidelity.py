"""A query is valid against the contract if and only if the generated query model accepts it."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import wirecheck_contract.params
from pydantic import TypeAdapter, ValidationError

from tests.spec.contract import document, schemas, validator

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
VALUES = [
    *(
        "",
        " ",
        "0",
        "1",
        "2",
        "20",
        "99",
        "100",
        "101",
        "-1",
        "-0",
        "+1",
        "01",
        "1.0",
        "1e1",
        " 1",
        "1 ",
        "1_0",
        "\u0661",
    ),
    *("true", "null", "None", "echo", "wirecheck", "wirecheck/echo", "a.b-c_d", "a b", "é", "a\n", "9" * 18, "9" * 40),
    *("x" * 64, "x" * 65, "x" * 256, "x" * 257, "1\n", "0x10", "NaN"),
]


def operations() -> list[tuple[str, dict[str, dict[str, Any]], set[str]]]:
    """Each operation that takes a query: its model's name, its parameters' schemas, and those that must be there."""
    found = []
    parameters = document()["components"]["parameters"]
    for item in document()["paths"].values():
        for operation in item.values():
            listed = [parameters[each["$ref"].rpartition("/")[2]] for each in operation.get("parameters", ())]
            query = [each for each in listed if each["in"] == "query"]
            if query:
                name = operation["operationId"]
                schemas = {each["name"]: each["schema"] for each in query}
                required = {each["name"] for each in query if each.get("required")}
                found.append((f"{name[0].upper()}{name[1:]}ParametersQuery", schemas, required))
    return found


def contract_accepts(schemas: dict[str, Any], required: set[str], query: dict[str, Any]) -> bool:
    """The verdict of the contract: a value whose parameter is an integer is read as one where it is decimal digits."""
    if not required <= set(query) <= set(schemas):
        return False
    for name, text in query.items():
        integer = schemas[name].get("type") == "integer" and INTEGER.fullmatch(text)
        if not validator(schemas[name]).is_valid(int(text) if integer else text):
            return False
    return True


def named(schema: dict[str, Any]) -> list[str]:
    """The values that a schema names, or that of its items."""
    inner = schema.get("items", schema)
    whole = schemas()[inner["$ref"].rpartition("/")[2]] if "$ref" in inner else inner
    return list(whole.get("enum", ()))


def model_accepts(name: str, query: dict[str, Any]) -> bool:
    """The verdict of the generated model."""
    try:
        TypeAdapter(getattr(wirecheck_contract.params, name)).validate_python(query)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("name", "schemas", "required"), operations(), ids=[each[0] for each in operations()])
def test_queries_get_one_verdict(name: str, schemas: dict[str, Any], required: set[str]) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret; the same queries each time are the point
    texts = [*VALUES, *(value for schema in schemas.values() for value in named(schema))]

    lists = {key for key, schema in schemas.items() if schema.get("type") == "array"}

    def values(key: str) -> Any:
        """A value of a parameter; several of one that is a list."""
        return chance.choices(texts, k=chance.randint(0, 3)) if key in lists else chance.choice(texts)

    every = [(key, text) for key in [*schemas, "extra"] for text in texts]
    queries: list[dict[str, Any]] = [{}, *({key: [text] if key in lists else text} for key, text in every)]
    for _ in range(400):
        keys = chance.sample([*schemas, *schemas, "extra"], k=chance.randint(1, 3))
        queries.append({key: values(key) for key in keys})
    verdicts = []
    for query in queries:
        verdicts.append(contract_accepts(schemas, required, query))
        assert model_accepts(name, query) is verdicts[-1], query
    assert True in verdicts
    assert False in verdicts


def test_the_list_of_models_takes_a_query() -> None:
    assert "ListModelsParametersQuery" in [name for name, _, _ in operations()]
    assert model_accepts("ListModelsParametersQuery", {"limit": "20", "provider": "wirecheck", "after": "echo"})
    for wrong in ("020", "1.0", " 1", "0", "101", "true"):
        assert not model_accepts("ListModelsParametersQuery", {"limit": wrong})
