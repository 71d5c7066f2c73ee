"""Fields of completions that are taken or refused wrongly."""

from __future__ import annotations

from typing import Final

from wirecheck_reference.engines.echo.models import FAILING, MODEL, SLOW
from wirecheck_reference.faults.kinds.fault import on_request
from wirecheck_reference.faults.kinds.parts import Request

_LONGEST: Final = 64


@on_request(at="createCompletion", breaks=("completions.unknown-model",), rows=("STA-01",))
def continues_as_any_model(request: Request) -> None:
    """Continues texts as models that it does not have."""
    model = request.field("model")
    if isinstance(model, str) and model not in (MODEL, SLOW, FAILING) and 0 < len(model) < _LONGEST:
        request.body["model"] = MODEL


@on_request(at="createCompletion", breaks=("completions.best-of",))
def tells_more_than_it_made(request: Request) -> None:
    """Takes a `best_of` smaller than `n`."""
    best_of, n = request.field("best_of"), request.field("n")
    if type(best_of) is int and type(n) is int and 0 <= best_of < n:
        del request.body["best_of"]


@on_request(at="createCompletion", breaks=("completions.suffix",))
def does_not_read_the_suffix(request: Request) -> None:
    """Takes a `suffix`, and does not look at it."""
    if isinstance(request.field("suffix"), str):
        del request.body["suffix"]


@on_request(at="createCompletion", breaks=("completions.null",), rows=("REJ-10",))
def wants_a_temperature_or_none(request: Request) -> None:
    """Refuses a `temperature` of null."""
    if request.has("temperature") and request.field("temperature") is None:
        request.body["temperature"] = "null"
