"""Generated JSON bodies made answerable: for a model that is there, cheap, sharp in what they break. No I/O."""

from __future__ import annotations

from typing import Any

from wirecheck.area import smallest, sweeping_of
from wirecheck.asking.target import Target
from wirecheck.contract.document import document
from wirecheck.contract.operations import Operation, component
from wirecheck.judging import oracle

# The component that the contract has for the name of a model, in any request.
_MODEL = "ModelId"


def sharp(operation: Operation, body: Any) -> Any:
    """A broken body without all that is not broken, so that nothing else in it can be the reason of a refusal.

    Of several broken fields the first stays. A body is returned unchanged where it is valid, where it breaks nothing
    that must be refused, and where it is broken as a whole.
    """
    if not isinstance(body, dict) or oracle.forgivable(operation, body):
        return body
    fault = oracle.first_fault(operation, body)
    if fault is None or not fault.path:
        return body
    top = fault.path.split(".")[0]
    lean = smallest(operation)
    if "model" in lean and document().validator(_MODEL).is_valid(body.get("model")):
        lean["model"] = body["model"]
    if top in body:
        lean[top] = body[top]
    else:
        lean.pop(top, None)
    # Some breaks are a matter of two fields: alone neither is wrong.
    still = oracle.first_fault(operation, lean) is not None and not oracle.forgivable(operation, lean)
    return lean if still else body


def answerable(
    operation: Operation, body: Any, model: str, stream: bool | None = None, target: Target | None = None
) -> Any:
    """The body for a model that exists, bounded in what its answer may cost; broken fields stay as they are.

    `stream`: what to set the field to, None to leave it. `target`: whose model is to understand it, None for any.
    """
    if not isinstance(body, dict):
        return body
    body = dict(body)
    takes_model = component(operation.properties.get("model")) == _MODEL
    if model and takes_model and document().validator(_MODEL).is_valid(body.get("model")):
        body["model"] = model
    if stream is not None and operation.streams and (body.get("stream") is None or isinstance(body["stream"], bool)):
        body["stream"] = stream
    how = sweeping_of(operation.id)
    return how.cheap(body) if target is None else how.spoken(how.cheap(body), target)
