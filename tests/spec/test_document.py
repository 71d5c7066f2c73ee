"""The contract is an OpenAPI 3.2 document, as one file and as many."""

from __future__ import annotations

from pathlib import Path

from openapi_spec_validator import OpenAPIV32SpecValidator, validate
from openapi_spec_validator.readers import read_from_filename

from tests.spec.contract import document

SPEC = Path(__file__).resolve().parents[2] / "spec"


def test_the_bundle_is_valid() -> None:
    validate(document(), cls=OpenAPIV32SpecValidator)


def test_the_many_files_are_valid() -> None:
    contents, base = read_from_filename(str(SPEC / "openapi.yaml"))
    validate(contents, base_uri=base, cls=OpenAPIV32SpecValidator)


def test_a_wrong_document_is_refused() -> None:
    broken = {**document(), "paths": {"/x": {"get": {"operationId": 1}}}}
    assert list(OpenAPIV32SpecValidator(broken).iter_errors())


def test_the_operations_that_clients_know_are_there() -> None:
    ids = {operation["operationId"] for item in document()["paths"].values() for operation in item.values()}
    assert ids >= {"getHealth", "listModels", "getModel", "createChatCompletion", "getOpenapi", "getDocs", "getRedoc"}
