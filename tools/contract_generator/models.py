"""Runs the model generator with the settings that were measured to be faithful to the schemas."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from contract_generator.fault import SpecError

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
WIRE = "wirecheck_contract.wire"
HEADER = '"""{} Generated from spec/ by tools/contract_generator: do not edit."""\n'
SETTINGS = (
    "--preset=standard-py311-20261027",
    "--input-file-type=openapi",
    "--output-model-type=pydantic_v2.BaseModel",
    "--target-pydantic-version=2.14",
    "--enum-field-as-literal=all",
    "--use-missing-sentinel",  # else null passes for an optional field that is not nullable
    "--no-allow-population-by-field-name",  # else `schema_` passes for `schema`
    "--no-collapse-root-models",
    "--no-snake-case-field",
    "--use-type-alias",  # else a union or a constrained string is wrapped in a model of its own
    "--generate-schema-validators",
    "--use-schema-description",
    "--use-field-description",
    "--use-double-quotes",
    "--disable-timestamp",
)
MODELS = ("--strict-types", "str", "int", "float", "bool", "--openapi-scopes", "schemas")
PARAMS = (
    *("--strict-types", "str", "int", "float", "bool", "--openapi-scopes", "paths", "parameters"),
    "--use-operation-id-as-name",
    "--extra-fields=forbid",
)


def _python(arguments: list[str], stdin: str | None = None) -> str:
    """The standard output of a Python module, run in an empty folder so that it reads no project's settings."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - a fixed program and arguments of our own
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise SpecError(f"{arguments[0]} failed:\n{done.stderr.strip()}")
    return done.stdout


def format_python(source: str) -> str:
    """The source as `ruff format` writes it by the settings of this project."""
    return _python(["ruff", "format", f"--config={PROJECT}", "-"], stdin=source)


def _generate(document: dict[str, Any], what: str, *options: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "openapi.json"), Path(folder, "generated.py")
        source.write_text(json.dumps(document), encoding="utf-8")
        overrides = json.dumps({"StrictInt": WIRE, "StrictFloat": WIRE})
        _python(
            [
                "datamodel_code_generator",
                *(f"--input={source}", f"--output={target}", f"--import-overrides={overrides}"),
                *("--formatters", "builtin", "--custom-file-header", HEADER.format(what)),
                *SETTINGS,
                *options,
            ]
        )
        return format_python(target.read_text(encoding="utf-8"))


def _without_deprecations(node: Any) -> Any:
    """The same without `deprecated: true`: reading such a field of a model warns, and a server has to read it."""
    if isinstance(node, dict):
        return {
            key: _without_deprecations(value)
            for key, value in node.items()
            if not (key == "deprecated" and value is True)
        }
    return [_without_deprecations(each) for each in node] if isinstance(node, list) else node


def _schemas_alone(document: dict[str, Any]) -> dict[str, Any]:
    components = {"schemas": _without_deprecations(document["components"]["schemas"])}
    return {"openapi": document["openapi"], "info": document["info"], "paths": {}, "components": components}


def _queries_alone(document: dict[str, Any]) -> dict[str, Any]:
    """The operations with their query parameters and without bodies and answers, which would become models too."""
    paths = {
        path: {
            method: {
                "operationId": operation["operationId"],
                "parameters": operation.get("parameters", []),
                "responses": {"200": {"description": "Not looked at."}},
            }
            for method, operation in item.items()
        }
        for path, item in document["paths"].items()
    }
    components = {"parameters": document["components"]["parameters"], "schemas": document["components"]["schemas"]}
    return {"openapi": document["openapi"], "info": document["info"], "paths": paths, "components": components}


def body_models(document: dict[str, Any], conditional: list[str]) -> str:
    """The module of models for every schema. Those named in `conditional` derive from wire.Conditional."""
    bases = json.dumps(dict.fromkeys(conditional, f"{WIRE}.Conditional"))
    return _generate(_schemas_alone(document), "The models of the contract.", *MODELS, f"--base-class-map={bases}")


def query_models(document: dict[str, Any]) -> str:
    """The module of models for the query of each operation that takes one."""
    source = _generate(_queries_alone(document), "The query parameters of the contract.", *PARAMS)
    # A query holds text: its integers are decimal digits, which a strict integer refuses.
    return source.replace(f"from {WIRE} import StrictInt", f"from {WIRE} import QueryInt as StrictInt")
