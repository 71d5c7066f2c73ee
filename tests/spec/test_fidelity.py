"""A document is valid against the contract if and only if the generated model accepts it."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from tests.spec.answer_cases import ANSWER_CASES
from tests.spec.case import Case
from tests.spec.completion_cases import COMPLETION_CASES
from tests.spec.contract import contract_accepts, document, model, model_accepts, schemas, validator
from tests.spec.mutation import Mutator, places
from tests.spec.request_cases import REQUEST_CASES
from tests.spec.seeds import SEEDS

CASES = [*REQUEST_CASES, *ANSWER_CASES, *COMPLETION_CASES]
MUTATIONS = {"ChatCompletionRequest": 20_000, "ChatCompletion": 6_000, "ChatCompletionChunk": 6_000}
FOR_EACH_OTHER = 1_500
ALLOWED = 1 / 2_000

# What the model refuses and the contract, being JSON Schema, cannot. One that no longer occurs fails a test.
KNOWN = {
    "lone surrogate": (
        Case("ChatCompletionRequest", '{"model": "echo", "messages": [{"role": "user", "content": "\\ud800"}]}', True),
        "It is no Unicode text, so the parser refuses the document, as RFC 8259, section 8.2 lets it.",
    ),
    "number beyond a double": (
        Case("ChatTopLogprob", '{"token": "a", "logprob": -1e400}', True),
        "RFC 8259, section 6 lets a parser set limits; the number reads as infinite, which JSON cannot say.",
    ),
}


def kind_of(text: str) -> str | None:
    """The known kind of disagreement that a document may belong to."""
    numbers: list[float] = []
    value = json.loads(text, parse_float=lambda digits: numbers.append(float(digits)))
    if any(math.isinf(number) for number in numbers):
        return "number beyond a double"
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "lone surrogate"
    return None


@pytest.mark.parametrize("case", CASES, ids=[f"{number}-{case.schema}" for number, case in enumerate(CASES)])
def test_verdicts_decided_by_hand_are_those_of_contract_and_model(case: Case) -> None:
    assert contract_accepts(case.schema, json.loads(case.text)) is case.valid, case.text
    assert model_accepts(model(case.schema), case.text) is case.valid, case.text


def test_there_are_many_hand_cases_of_both_verdicts() -> None:
    verdicts = Counter(case.valid for case in CASES)
    assert len(CASES) >= 120
    assert min(verdicts[True], verdicts[False]) >= 50


@pytest.mark.parametrize("kind", KNOWN)
def test_known_disagreements_still_occur(kind: str) -> None:
    case, reason = KNOWN[kind]
    assert reason
    assert kind_of(case.text) == kind
    assert model_accepts(model(case.schema), case.text) is not case.valid


def disagreements(name: str, adapter: TypeAdapter[Any], count: int, seed: int) -> tuple[list[str], Counter[bool]]:
    """Mutated documents on which contract and model differ, and how many the contract accepted and refused."""
    mutator = Mutator(seed)
    examples = [each["value"] for each in document()["components"]["examples"].values()]
    seeds = [*SEEDS[name], *(value for value in examples if contract_accepts(name, value))]
    differing: list[str] = []
    verdicts: Counter[bool] = Counter()
    for number in range(count):
        value = mutator.mutate(seeds[number % len(seeds)])
        text = json.dumps(value)
        accepted = contract_accepts(name, value)
        verdicts[accepted] += 1
        if model_accepts(adapter, text) is not accepted:
            differing.append(f"{name}: the contract says {accepted}: {text}")
    return differing, verdicts


def test_mutated_documents_get_one_verdict() -> None:
    differing: list[str] = []
    verdicts: Counter[bool] = Counter()
    for seed, name in enumerate(SEEDS):
        more, seen = disagreements(name, model(name), MUTATIONS.get(name, FOR_EACH_OTHER), seed)
        differing += more
        verdicts += seen
    unexplained = [text for text in differing if kind_of(text) not in KNOWN]
    assert not unexplained, "\n".join(unexplained[:20])
    assert verdicts.total() >= 20_000
    assert min(verdicts.values()) >= 2_000, "too few of one verdict to tell anything"
    assert len(differing) <= verdicts.total() * ALLOWED


def test_a_lax_model_is_found_out() -> None:
    class Usage(BaseModel):
        prompt_tokens: int
        completion_tokens: int
        total_tokens: int

    class Health(BaseModel):
        status: str
        version: str | None = None

    class ErrorResponse(BaseModel):
        error: dict[str, Any]

    for lax in (Health, ErrorResponse):
        differing, _ = disagreements(lax.__name__, TypeAdapter(lax), 300, 1)
        assert differing
    assert model_accepts(TypeAdapter(Usage), '{"prompt_tokens":"1","completion_tokens":true,"total_tokens":1}')


def used_properties(schema: dict[str, Any], value: Any, found: set[tuple[str, str]], name: str = "") -> None:
    """Notes each property of a named schema that a document uses, following the branches that accept it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        used_properties(schemas()[name], value, found, name)
    for branch in [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
        if validator(branch).is_valid(value):
            used_properties(branch, value, found)
    if isinstance(value, dict):
        for key, inner in schema.get("properties", {}).items():
            if key in value:
                found.add((name, key))
                used_properties(inner, value[key], found)
        if isinstance(schema.get("additionalProperties"), dict):
            for inner in value.values():
                used_properties(schema["additionalProperties"], inner, found)
    if isinstance(value, list):
        for each in value:
            used_properties(schema.get("items", {}), each, found)


def test_seeds_are_valid_and_use_every_property_of_every_schema() -> None:
    found: set[tuple[str, str]] = set()
    for name, values in SEEDS.items():
        for value in values:
            assert contract_accepts(name, value), (name, value)
            assert model_accepts(model(name), json.dumps(value)), (name, value)
            used_properties({"$ref": f"#/components/schemas/{name}"}, value, found)
    every = {(name, key) for name, schema in schemas().items() for key in schema.get("properties", {})}
    assert every - found == set(), "no example of the contract, and no seed, uses these"


def test_the_mutator_repeats_itself() -> None:
    one, other = Mutator(3), Mutator(3)
    seed = SEEDS["ChatCompletionRequest"][1]
    assert [one.mutate(seed) for _ in range(50)] == [other.mutate(seed) for _ in range(50)]
    assert len(list(places(seed))) > 60
