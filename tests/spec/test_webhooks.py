"""Webhooks are bundled, modelled and held to the style like operations: a made-up one beside those of spec/."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV32SpecValidator, validate

from tests.spec import contract, test_examples, test_style
from tests.spec.test_generation import ROOT, generate, refusal, replace

WEBHOOK = """post:
  operationId: modelGone
  summary: A model is gone
  tags: [models]
  requestBody:
    content:
      application/json:
        schema:
          $ref: ../../components/schemas/models/ModelGone.yaml
  responses:
    '200':
      description: Heard.
"""
SCHEMA = """type: object
required: [id, model]
properties:
  id:
    type: string
  model:
    $ref: ./Model.yaml
"""
Document = dict[str, Any]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy of spec/ with a webhook, whose body is of a schema that nothing else names."""
    copied = shutil.copytree(ROOT / "spec", tmp_path / "spec")
    (copied / "webhooks" / "models").mkdir(parents=True)
    (copied / "webhooks/models/model_gone.yaml").write_text(WEBHOOK, encoding="utf-8")
    (copied / "components/schemas/models/ModelGone.yaml").write_text(SCHEMA, encoding="utf-8")
    table = "webhooks:\n  model.gone:\n    $ref: webhooks/models/model_gone.yaml\n"
    replace(copied / "openapi.yaml", "webhooks:\n", table)
    return copied


def test_webhooks_are_bundled_and_modelled(spec: Path, tmp_path: Path) -> None:
    where = (f"--spec={spec}", f"--target={tmp_path / 'out'}")
    done = generate(*where)
    assert done.returncode == 0, done.stderr
    document = json.loads((tmp_path / "out" / "openapi.json").read_text(encoding="utf-8"))
    body = document["webhooks"]["model.gone"]["post"]["requestBody"]
    assert body["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/ModelGone"}
    assert document["components"]["schemas"]["ModelGone"]["properties"]["model"] == {
        "$ref": "#/components/schemas/Model"
    }
    validate(document, cls=OpenAPIV32SpecValidator)
    assert "class ModelGone(" in (tmp_path / "out" / "models.py").read_text(encoding="utf-8")
    assert generate("--check", *where).returncode == 0


def test_every_event_of_the_server_is_a_webhook() -> None:
    told = contract.document()["components"]["schemas"]
    types = {*told["BatchEventType"]["enum"], *told["FileEventType"]["enum"]}
    assert types == set(contract.document()["webhooks"]) - {"event", "webhook_endpoint.test"}


def test_a_webhook_that_refers_to_nowhere_is_refused(spec: Path) -> None:
    replace(spec / "webhooks/models/model_gone.yaml", "ModelGone.yaml", "ModelLost.yaml")
    assert "model_gone.yaml: $ref '../../components/schemas/models/ModelLost.yaml' leads to no file" in refusal(spec)


def test_a_webhook_in_no_file_is_refused(spec: Path) -> None:
    replace(spec / "openapi.yaml", "webhooks/models/model_gone.yaml", "webhooks/model_gone.yaml")
    assert "openapi.yaml: $ref 'webhooks/model_gone.yaml' leads to no file" in refusal(spec)


def with_a_webhook() -> Document:
    """The bundle with a webhook that keeps the style."""
    whole = copy.deepcopy(contract.document())
    whole["components"]["schemas"]["ModelGone"] = {
        "type": "object",
        "properties": {"model": {"$ref": "#/components/schemas/Model"}},
    }
    media = {
        "schema": {"$ref": "#/components/schemas/ModelGone"},
        "examples": {"gone": {"summary": "It is gone", "value": {"model": dict(MODEL)}}},
    }
    whole["components"]["requestBodies"]["ModelGoneBody"] = {"content": {"application/json": media}}
    whole["webhooks"] = {
        "model.gone": {
            "post": {
                "operationId": "modelGone",
                "summary": "A model is gone",
                "tags": ["models"],
                "requestBody": {"$ref": "#/components/requestBodies/ModelGoneBody"},
                "responses": {"200": {"description": "Heard."}},
            }
        }
    }
    return whole


MODEL = {"id": "echo", "object": "model", "created": 0, "owned_by": "wirecheck"}


def webhook(document: Document) -> Document:
    found: Document = document["webhooks"]["model.gone"]["post"]
    return found


def same_id(document: Document) -> None:
    webhook(document)["operationId"] = "getHealth"


def body_in_place(document: Document) -> None:
    webhook(document)["requestBody"] = {"content": {}}


def closed_body(document: Document) -> None:
    document["components"]["schemas"]["ModelGone"]["additionalProperties"] = False


def no_summary(document: Document) -> None:
    webhook(document)["summary"] = ""


def unknown_tag(document: Document) -> None:
    webhook(document)["tags"] = ["gone"]


def no_success(document: Document) -> None:
    webhook(document)["responses"] = {"500": {"description": "Not heard."}}


def speaks_of_state(document: Document) -> None:
    webhook(document)["x-stateless"] = True


BREAKS: list[tuple[Callable[[Document], None], Callable[[], None]]] = [
    (same_id, test_style.test_operation_ids_are_unique),
    (body_in_place, test_style.test_bodies_are_components),
    (closed_body, test_style.test_objects_of_answers_are_open),
    (no_summary, test_style.test_webhooks_are_whole),
    (unknown_tag, test_style.test_webhooks_are_whole),
    (no_success, test_style.test_webhooks_are_whole),
    (speaks_of_state, test_style.test_webhooks_are_whole),
]


def put(monkeypatch: pytest.MonkeyPatch, document: Document) -> None:
    """Has the tests of style and of examples look at a document."""
    for module in (contract, test_style, test_examples):
        monkeypatch.setattr(module, "document", lambda: document)
        if hasattr(module, "schemas"):
            monkeypatch.setattr(module, "schemas", lambda: document["components"]["schemas"])


@pytest.mark.parametrize(("break_it", "check"), BREAKS, ids=[each[0].__name__ for each in BREAKS])
def test_a_webhook_keeps_the_style_or_is_found_out(
    monkeypatch: pytest.MonkeyPatch, break_it: Callable[[Document], None], check: Callable[[], None]
) -> None:
    whole = with_a_webhook()
    put(monkeypatch, whole)
    check()
    test_style.test_objects_of_requests_are_closed()
    break_it(whole)
    with pytest.raises(AssertionError):
        check()


def test_examples_of_webhooks_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = with_a_webhook()
    put(monkeypatch, whole)
    (found,) = [each for each in test_examples.media() if "model.gone" in each[0]]
    test_examples.test_examples_are_valid(*found)
    found[1]["examples"]["gone"]["value"]["model"]["created"] = "now"
    with pytest.raises(AssertionError):
        test_examples.test_examples_are_valid(*found)
