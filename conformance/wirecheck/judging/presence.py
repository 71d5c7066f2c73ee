"""Which operations of the contract a server lacks: what is not there breaks no sentence on how it answers. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wirecheck.contract.operations import Operation
from wirecheck.evidence.exchange import Exchange

_NOT_THERE = (404, 405, 501)
# Keys, limits and bodies are looked at before the path is: such a refusal shows nothing of what is behind it.
_BEFORE_THE_PATH = (401, 403, 413, 429, 503, 529)


def absent_operations(exchanges: Sequence[Exchange]) -> list[Operation]:
    """The operations that were asked, and answered that there is no such thing whenever the path was looked at."""
    found: dict[str, Operation] = {}
    there: set[str] = set()
    for exchange in exchanges:
        operation = exchange.operation
        if operation is None or exchange.status is None or exchange.intent.provokes == "wrong method":
            continue
        if exchange.status in _BEFORE_THE_PATH:
            continue
        found.setdefault(operation.id, operation)
        if exchange.status not in _NOT_THERE:
            there.add(operation.id)
    return [operation for id_, operation in found.items() if id_ not in there]


def settled(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """The exchanges, without what they were to show where the operation, or the whole path, is not there."""
    absent = {each.id for each in absent_operations(exchanges)}
    there = {each.operation.path for each in exchanges if each.operation and each.operation.id not in absent}
    return [each if _speaks(each, absent, there) else _silent(each) for each in exchanges]


def _speaks(exchange: Exchange, absent: set[str], there: set[str]) -> bool:
    if exchange.intent.provokes == "wrong method":
        return exchange.path_template is None or exchange.path_template in there
    return exchange.operation is None or exchange.operation.id not in absent


def _silent(exchange: Exchange) -> Exchange:
    return replace(exchange, intent=replace(exchange.intent, valid=None, provokes="", field=None))
