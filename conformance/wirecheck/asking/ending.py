"""How a thing is brought to its end: deleted or, where the contract has no such operation, cancelled. Sends nothing."""

from __future__ import annotations

from typing import Final

from wirecheck.asking.draft import OWN, Draft
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import Exchange, Intent

_AGAIN: Final = Intent("", case="deleted again")
_CANCEL: Final = "/cancel"
# What is over cannot be cancelled: a server that refuses with one of these says that it is.
_OVER: Final = (400, 409, 422)


def ending(path: str, key: str | None = OWN, intent: Intent = _AGAIN) -> Draft:
    """The request that ends the thing at a path: that deletes it, where the contract has neither."""
    method, where = operations().ending(path) or ("DELETE", path)
    return Draft(method, where, key=key, intent=intent)


def ends(path: str) -> bool:
    """Whether the contract can end the thing at a path: deletes or cancels it."""
    return operations().ending(path) is not None


def ended(answer: Exchange) -> str | None:
    """The path of what a request has ended, or found at its end; None where it has not, or did not ask for it."""
    method, path = answer.request.method, answer.request.path
    if method == "DELETE" and is_gone(answer):
        return path
    if method == "POST" and path.endswith(_CANCEL) and (is_gone(answer) or answer.status in _OVER):
        return path.removesuffix(_CANCEL)
    return None


def is_gone(answer: Exchange) -> bool:
    """Whether what a request asked to delete is there no more: deleted by it, or before."""
    return 200 <= (answer.status or 0) < 300 or answer.status in (404, 410)
