"""A fault looks at what a request says, never at how a probe of the suite words it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import wirecheck.areas
import wirecheck_reference.faults
from wirecheck_reference.faults.kinds.operations import operation_ids

# Words of the faults that stand in a probe too, and are no secret of it.
SHARED: Final = {
    ".role": "the end of the path of a field of the contract",
    "OPTIONS": "a method of HTTP",
    "data:": "a field of a stream, and a scheme of URLs",
    "\ufffd": "the mark of a lost character",
    "accept": "a header of HTTP",
    "access-control-allow-origin": "a header of HTTP",
    "access-control-request-method": "a header of HTTP",
    "authorization": "a header of HTTP",
    "bearer ": "the scheme of RFC 6750 in small letters",
    "content-type": "a header of HTTP",
    "method": "a key of the scope of ASGI",
    "openapi.json": "the file with the contract",
    "accept-encoding": "a header of HTTP",
    "deflate": "a coding of HTTP",
    "client": "a key of the ASGI scope",
    "-0000": "a part of every empty UUID",
    ".arguments": "the end of the path of a field",
    "tools.result": "a sentence of the contract",
    "tools.arguments": "a sentence of the contract",
    "options": "a key of a path item of OpenAPI",
    "text/plain": "a media type of HTTP",
    "if-none-match": "a header of HTTP",
    "input_image.image_url": "a part of a value of `include`",
    "custom_id": "a field of the lines of a batch",
    "response": "a field of the lines of a batch",
    "location": "a header of HTTP",
    "active": "a part of the name of a field of a rotation",
    "batch.": "what types of events begin with",
}


def _constants(modules: Iterable[Path]) -> Iterator[str]:
    """The texts and bytes in some modules, docstrings and parts of f-strings aside."""
    for path in sorted(modules):
        tree = ast.parse(path.read_text("utf-8"))
        aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in aside:
                if isinstance(node.value, str):
                    yield node.value
                elif isinstance(node.value, bytes):
                    yield node.value.decode("latin-1")


def _of_probes() -> Iterator[Path]:
    """The modules that say what is asked."""
    folder = Path(wirecheck.areas.__path__[0])
    for pattern in ("probes.py", "probes/*.py", "asking.py", "callers.py"):
        yield from folder.glob(f"*/{pattern}")


def _words_of_the_contract(value: Any) -> Iterator[str]:
    """Names and values that the document of the API has: whoever speaks of a field must name it."""
    if isinstance(value, dict):
        yield from value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _words_of_the_contract(part)
    if isinstance(value, str):
        yield value


def test_no_fault_knows_what_a_probe_sends() -> None:
    contract = json.loads(files("wirecheck_contract").joinpath("openapi.json").read_bytes())
    public = {word.lower() for word in _words_of_the_contract(contract)} | set(operation_ids()) | set(contract["paths"])
    sent = tuple(_constants(_of_probes()))
    known = {
        each
        for each in _constants(Path(wirecheck_reference.faults.__path__[0]).rglob("*.py"))
        if (len(each) > 4 or not each.isascii()) and each.lower() not in public
    }
    assert any("日" in each for each in sent), "what the faults are kept from is looked for in the wrong place"
    assert {each for each in known if any(each in probe for probe in sent)} == set(SHARED)
