"""Requests that Schemathesis generates from the contract, in the suite's terms. Sends nothing, sees no answer.

That generation never sees an answer is what makes it repeatable: the same seed gives the same requests to any server.
"""

from __future__ import annotations

import copy
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import urlsplit

import hypothesis
import hypothesis.errors
import requests
import schemathesis
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NOT_SET
from schemathesis.core.result import Ok
from schemathesis.generation.coverage import GenerationSession
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.meta import CONTENT_TYPE_PROBES, CoveragePhaseData, CoverageScenario

from wirecheck.contract.document import document
from wirecheck.contract.operations import operations
from wirecheck.judging.oracle import Hint

NONE: Final = NOT_SET

# The host of requests that are never sent as they are.
_NOWHERE: Final = "http://contract.invalid"
# TRACE, OPTIONS, HEAD and methods that a server need not know are answered below the application, or by design.
_METHODS: Final = ["get", "put", "post", "delete", "patch"]
_CONFIG: Final[dict[str, Any]] = {
    "base-url": _NOWHERE,
    "generation": {"database": "none", "allow-x00": False, "with-security-parameters": False},
    "phases": {
        "coverage": {"unexpected-methods": _METHODS, "extra-data-sources": {"responses": False}},
        "fuzzing": {"extra-data-sources": {"responses": False}, "error-feedback": {"enabled": False}},
    },
    "cache": {"enabled": False},
}

# A slow machine is no reason to draw less.
_SUPPRESSED: Final[list[Any]] = list(hypothesis.HealthCheck)


@dataclass(frozen=True)
class Drawn:
    """A generated request; `path` is the contract's, with its query.

    `value` is what the body was made from, `NONE` for raw bytes and where there is no body; `body` is the body as
    Schemathesis would send it, None where there is none.
    """

    method: str
    path: str
    content_type: str | None
    body: bytes | None
    value: Any
    hint: Hint


class Contract:
    """The contract as a source of requests."""

    def __init__(self) -> None:
        config = SchemathesisConfig.from_dict(copy.deepcopy(_CONFIG))
        # Schemathesis' own types say little of what is used here: the contract test of this module says more.
        self._schema: Any = schemathesis.openapi.from_dict(_without_headers(document().content), config=config)
        self._operations: dict[str, Any] = {}
        for result in self._schema.get_all_operations():
            if not isinstance(result, Ok):
                raise result.err()
            self._operations[_id(result.ok())] = result.ok()

    def coverage(self, operation: str) -> list[Drawn]:
        """Every boundary of an operation's schema, on both sides; those that stand for the most others come first."""
        with _quiet():
            cases = list(
                self._schema.iter_coverage_cases(
                    self._operations[operation],
                    generation_modes=list(GenerationMode),
                    generation_config=self._schema.config.generation,
                    # Without one of its own, a second call would leave out the methods that the first one tried.
                    session=GenerationSession(),
                )
            )
            return [drawn for case in _ranked(cases) if (drawn := _drawn(case)) is not None]

    def fuzz(self, operation: str, *, positive: bool, seed: int, count: int) -> list[Drawn]:
        """At most `count` random requests, meant to be valid or not."""
        mode = GenerationMode.POSITIVE if positive else GenerationMode.NEGATIVE
        found: list[Drawn] = []

        @hypothesis.seed(_mixed(seed, operation, mode.value))
        @hypothesis.settings(
            max_examples=count,
            database=None,
            deadline=None,
            suppress_health_check=_SUPPRESSED,
            phases=[hypothesis.Phase.generate],
        )
        @hypothesis.given(self._operations[operation].as_strategy(mode, feedback=NO_FEEDBACK))
        def draw(case: Case[Any]) -> None:
            drawn = _drawn(case)
            if drawn is not None:
                found.append(drawn)

        with _quiet():
            try:
                draw()
            except hypothesis.errors.Unsatisfiable:
                # An operation without parameters has no invalid request.
                return []
        return found[:count]


def hint_of(case: Case[Any]) -> Hint:
    """What Schemathesis says of a case."""
    operation = _id(case.operation)
    meta = case.meta
    if meta is None:
        return Hint(operation, positive=False, description="a request of unknown making")
    data = meta.phase.data
    scenario = data.scenario if isinstance(data, CoveragePhaseData) else None
    positive = meta.generation.mode is GenerationMode.POSITIVE
    told = data.description or (scenario.value.replace("_", " ") if scenario else "")
    return Hint(
        operation,
        positive=positive,
        description=told if scenario or not positive else "",
        labels=scenario in CONTENT_TYPE_PROBES,
        undeclared=scenario is CoverageScenario.UNSPECIFIED_HTTP_METHOD,
    )


def _id(operation: Any) -> str:
    """The operationId of an operation of Schemathesis."""
    found = operations().of(operation.method.upper(), operation.path)
    return found.id if found is not None else operation.label


def wire_bytes(body: Any) -> bytes:
    """The bytes of a prepared request's body, b"" where it has none; nothing here is sent piece by piece."""
    return body.encode() if isinstance(body, str) else body or b""


def _drawn(case: Case[Any]) -> Drawn | None:
    """The request of a case, None where it cannot be put on the wire (a text that no header takes, say)."""
    hint = hint_of(case)
    try:
        prepared = requests.Request(**case.as_transport_kwargs(base_url=_NOWHERE)).prepare()
    except (ValueError, TypeError, schemathesis.errors.SchemathesisError):
        return None
    url = urlsplit(prepared.url or "")
    body = wire_bytes(prepared.body)
    label: Any = prepared.headers.get("Content-Type")
    if label is not None and not (isinstance(label, str) and label.isascii() and label.isprintable()):
        return None
    value = NONE if isinstance(case.body, bytes) else case.body
    path = f"{url.path}?{url.query}" if url.query else url.path
    return Drawn(case.method.upper(), path, label, body or None, value, hint)


def _ranked(cases: Iterable[Case[Any]]) -> list[Case[Any]]:
    """Cases in the order of what they add: shallow before deep, the first at a place of the schema before the next."""
    seen: Counter[tuple[str, str]] = Counter()
    keyed = []
    for case in cases:
        meta = case.meta
        data = meta.phase.data if meta is not None else None
        location = (data.location if data is not None else None) or ""
        kind = (data.scenario.value if isinstance(data, CoveragePhaseData) else "", location)
        depth = location.count("/properties/") + location.count("/items/")
        # Requests without a place (another method, no body at all) differ each from the other.
        keyed.append((depth + 2 * seen[kind] if location else 0, case))
        seen[kind] += 1
    return [case for _, case in sorted(keyed, key=lambda each: each[0])]


def _without_headers(content: dict[str, Any]) -> dict[str, Any]:
    """The document without its keys, and without what headers ask for: these are the business of probes.

    Here each request carries the right key, and no other header that an operation declares.
    """
    content = copy.deepcopy(content)
    content.pop("security", None)
    content.get("components", {}).pop("securitySchemes", None)
    for item in content["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                operation.pop("security", None)
                if "parameters" in operation:
                    kept = [each for each in operation["parameters"] if document().resolved(each)["in"] != "header"]
                    operation["parameters"] = kept
    return content


def _mixed(seed: int, *words: str) -> int:
    """A seed of its own for each use, so that alike schemas do not draw alike."""
    return int.from_bytes(sha256(" ".join((str(seed), *words)).encode()).digest()[:8])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps Hypothesis to itself: no files in the working directory, no warnings, no words from our own source.

    Hypothesis draws constants from the modules that happen to be loaded from outside site-packages, so that without
    this the requests would change with every line of this suite, and with what else the process has drawn before.
    """
    with (
        tempfile.TemporaryDirectory() as home,
        warnings.catch_warnings(),
        patch.object(providers, "_get_local_constants", Constants),
        patch.object(providers, "CONSTANTS_CACHE", LRUCache(1024)),
    ):
        warnings.simplefilter("ignore")
        set_hypothesis_home_dir(home)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)
