"""The suite's requirements as checks of the stock Schemathesis command line: `hooks = "wirecheck.sweeping.hooks"`.

Only those requirements become checks that look at single answers, by the same functions as everywhere: a stock run asks
no probes. Importing this module registers the checks with Schemathesis, once a process.
"""

from __future__ import annotations

import json
import os
import time
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.core.failures import Failure

from wirecheck.area import sweeping_of
from wirecheck.asking.target import leaks
from wirecheck.contract.operations import IDEMPOTENCY_KEY, MULTIPART, operations
from wirecheck.evidence.exchange import HIDDEN, Chunk, End, Exchange, Request
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import oracle
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Requirement, requirements
from wirecheck.sweeping import bodies
from wirecheck.sweeping.cases import hint_of, wire_bytes

# The model of the contract's examples; `[parameters] "body.model"` in schemathesis.toml names another.
MODEL: Final = "echo"
# One request of so many that may be is asked with a stream.
STREAMED: Final = 3
# The events after which Schemathesis stops reading, as schemathesis.toml sets it.
MOST_EVENTS: Final = 10_000
# MUST alone, or every level: a stock run knows no warnings, so that a SHOULD fails it.
LEVELS: Final = ("MUST", "SHOULD") if os.environ.get("WIRECHECK_LEVEL") == "SHOULD" else ("MUST",)

_LAST: Final[list[tuple[Response, Exchange]]] = []


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001 - the hook's names
    """Makes a request cheap and sharp, names a model that exists, and asks for a stream now and then."""
    # A drawn key that comes twice would be answered with what was deleted since.
    case.headers.pop(IDEMPOTENCY_KEY, None)
    operation = operations().get(hint_of(case).operation)
    if operation is None or not isinstance(case.body, dict) or (case.media_type or "").startswith(MULTIPART):
        return
    model = case.operation.schema.config.parameters.get("body.model", MODEL)
    body = bodies.sharp(operation, case.body)
    if "SHOULD" in LEVELS:
        # Only what any server can answer is a request that should be accepted.
        body = sweeping_of(operation.id).plain(body)
    number = int.from_bytes(sha256(json.dumps(body, sort_keys=True, default=str).encode()).digest()[:4])
    case.body = bodies.answerable(operation, body, model, True if number % STREAMED == 0 else None)


def exchange_of(response: Response, case: Case[Any]) -> Exchange:
    """A case and its answer as the suite knows them. The arrival of single chunks is not known here."""
    sent = response.request
    sent_headers = [(name.lower(), _text(value)) for name, value in sent.headers.items()]
    key = dict(sent_headers).get("authorization", "").removeprefix("Bearer ")
    url = urlsplit(sent.url or "")
    prefix = urlsplit(case.operation.schema.get_base_url()).path.rstrip("/")
    path = url.path.removeprefix(prefix) + (f"?{url.query}" if url.query else "")
    # In its own header alone: a key that was drawn may be a letter, which stands in many a boundary.
    hidden = {"authorization": f"Bearer {HIDDEN}"} if key else {}
    headers = tuple((name, hidden.get(name, value)) for name, value in sent_headers)
    request = Request(sent.method or case.method, path, sent.url or "", headers, wire_bytes(sent.body))
    received = tuple((name, value) for name, values in response.headers.items() for value in values)
    return Exchange(
        request,
        response.status_code,
        received,
        (Chunk(response.elapsed, response.content),) if response.content else (),
        _end(response),
        seconds=response.elapsed,
        sent=time.time() - response.elapsed,
        intent=oracle.intent_of(request, hint_of(case)),
        leaks_key=leaks(key, received, response.content),
    )


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _end(response: Response) -> End:
    if not response.stream_cut_short:
        return "complete"
    return "too long" if response.content.count(b"data:") >= MOST_EVENTS else "timeout"


def _last(response: Response, case: Case[Any]) -> Exchange:
    """The exchange of the answer that the checks are looking at: they come one after another to the same one."""
    last = _LAST[0] if _LAST else None
    if last is None or last[0] is not response:
        last = (response, exchange_of(response, case))
        _LAST[:] = [last]
    return last[1]


def _register(requirement: Requirement, pool: Pool) -> None:
    broken = type(
        "Broken",
        (Failure,),
        {"code": requirement.id, "checks": (requirement.id,), "kind_title": f"wirecheck {requirement.id}"},
    )

    def check(ctx: CheckContext, response: Response, case: Case[Any]) -> bool | None:  # noqa: ARG001 - the names of a check
        exchange = _last(response, case)
        if not pool.holds(exchange):
            return True
        try:
            violations = list(requirement.check(exchange))
        except Unseen:
            return True
        if violations:
            said = [each if isinstance(each, str) else each.message for each in violations]
            raise broken(operation=case.operation.label, message="\n".join((requirement.statement, "", *said[:5])))
        return None

    check.__name__ = check.__qualname__ = requirement.id
    check.__doc__ = requirement.statement
    schemathesis.check(check)


for _each in requirements():
    if isinstance(_each.on, Pool) and _each.level in LEVELS:
        _register(_each, _each.on)
