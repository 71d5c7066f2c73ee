"""Generated JSON bodies made answerable: for a model that is there, cheap, sharp in what they break. No I/O."""

from __future__ import annotations

from typing import Any

from wirecheck.area import sweeping_of
from wirecheck.asking.target import Target
from wirecheck.contract.document import document
from wirecheck.contract.operations import JSON, Operation, component
from wirecheck.judging import oracle

# The component that the contract has for the name of a model, in any request.
_MODEL = "ModelId"


def smallest(operation: Operation) -> dict[str, Any]:
    """The smallest valid body: as the operation's area says, else the required fields of an example of the contract.

    Empty where the operation takes no JSON body.
    """
    given = sweeping_of(operation.id).base
    if given is not None:
        return dict(given)
    media = operation.request.get(JSON)
    examples = [each for each in (media.examples if media else ()) if isinstance(each, dict)]
    return {name: value for name, value in examples[0].items() if name in operation.required} if examples else {}


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


def model_of(operation: Operation, target: Target) -> str:
    """The model to put into a request: the one that the owner named for the operation, else the target's own."""
    setting = sweeping_of(operation.id).model
    named = target.owner.get(setting) if setting else None
    return named if isinstance(named, str) else target.model
