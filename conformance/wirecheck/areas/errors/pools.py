"""The pools of errors: every error answer, every refused method. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wirecheck.areas.errors import probes as errors
from wirecheck.areas.http.pools import answered, of_the_api
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool, Records


def _error(exchange: Exchange) -> bool:
    """An error answer, or a stream that holds an error event. A page of another origin may be turned away as such."""
    status = exchange.status or 0
    if status == 403 and any(name == "origin" for name, _ in exchange.request.headers):
        return False
    if of_the_api(exchange) and answered(exchange):
        return status >= 400 or (status == 200 and exchange.is_stream and shape.tells_an_error(exchange))
    return False


def _elsewhere(exchange: Exchange) -> bool:
    """Whether OpenAI's own API takes the method at that path, so that a server may, beyond the contract."""
    template = exchange.path_template
    return template is not None and exchange.request.method in operations().elsewhere(template)


_ERRORS = (errors.broken_json, errors.unknown_model, errors.unknown_route, errors.wrong_method)

every_error = Pool("error answer", _error, _ERRORS)


@dataclass(frozen=True)
class Told:
    """An error answer, and the models that the run was served by: clients name them, whatever their ids look like."""

    answer: Exchange
    models: frozenset[str]


def _told(exchanges: Sequence[Exchange]) -> Iterator[Told]:
    asked = (at(each.request.json, "model") for each in exchanges if each.status == 200)
    models = frozenset(model for model in asked if isinstance(model, str))
    return (Told(each, models) for each in exchanges if _error(each))


every_error_told = Records("error answer", _told, _ERRORS)

every_refused_method = Pool("405", lambda it: answered(it) and it.status == 405, (errors.wrong_method,))

every_wrong_method = Pool(
    "request with a wrong method",
    lambda it: answered(it) and it.intent.provokes == "wrong method" and not _elsewhere(it),
    (errors.wrong_method,),
)
