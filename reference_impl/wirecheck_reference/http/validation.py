"""A document against its generated model: which field is broken, by its path. Knows no route."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wirecheck_reference.errors import ApiError

Model = TypeVar("Model", bound=BaseModel)
Step = str | int
_NOWHERE: Final = object()
_MISMATCH: Final = frozenset({"literal_error", "model_type", "list_type", "dict_type", "string_type", "int_type"})


def validate_json(model: type[Model], body: bytes, document: Any) -> Model:
    """The body as a value of the model. `document` is the same body, parsed. Raises `ApiError` (422)."""
    try:
        value: Model = model.__pydantic_validator__.validate_json(body)
    except ValidationError as error:
        raise refusal(error, document) from None
    return value


def refusal(error: ValidationError, document: Any) -> ApiError:
    """422 that names one broken field by its path in the document: the deepest of those below the first one."""
    errors = error.errors(include_url=False)
    return refusal_of(errors, document)


def refusal_of(errors: Sequence[ErrorDetails], document: Any) -> ApiError:
    """The same, of the errors' details."""
    located = [(path_of(each, document), each) for each in errors]
    root = located[0][0]
    below = [pair for pair in located if pair[0][: len(root)] == root]
    # Where a union failed, the branch that came furthest is the one that was meant: to a value of the right type, then
    # the deepest, then the last of a list.
    path, chosen = max(below, key=lambda pair: (pair[1]["type"] not in _MISMATCH, len(pair[0]), _item(pair[0])))
    param = ".".join(map(str, path)) or None
    message = _message(chosen)
    return ApiError(422, "validation_error", f"{param}: {message}." if param else f"{message}.", param=param)


def _item(path: Sequence[Step]) -> int:
    """How many items of a list came before the end of a path; -1 where that is no item."""
    return path[-1] if path and isinstance(path[-1], int) else -1


def _message(error: ErrorDetails) -> str:
    if error["type"] == "union_tag_invalid":
        return f"Input should be one of {error.get('ctx', {})['expected_tags']}"
    if error["type"] == "union_tag_not_found":
        return "Field required"
    return error["msg"].removeprefix("Value error, ").rstrip(".")


def path_of(error: ErrorDetails, document: Any) -> tuple[Step, ...]:
    """Where the error is in the document.

    An error's own location also names branches of unions and classes. Those steps lead nowhere in the document: what is
    left is the longest way along the location that ends at the value which the error complains of.
    """
    location = error["loc"]
    last: tuple[Step, ...] = ()
    if error["type"] == "missing":
        location, last = location[:-1], (location[-1],)
    elif error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        last = (error.get("ctx", {})["discriminator"].strip("'"),)
    elif error["type"] == "condition":
        last = (error.get("ctx", {})["field"],)
    ways = [way for way, value in _ways(location, document) if value == error["input"]]
    return (*max(ways or [way for way, _ in _ways(location, document)], key=len), *last)


def _ways(location: Sequence[Step], value: Any) -> Iterator[tuple[tuple[Step, ...], Any]]:
    """Each way along the location through the value, steps that it does not have left out, and where it ends."""
    if not location:
        yield (), value
        return
    step, rest = location[0], location[1:]
    inner = _member(value, step)
    if inner is not _NOWHERE:
        for way, end in _ways(rest, inner):
            yield (step, *way), end
    if inner is _NOWHERE or isinstance(step, str):
        yield from _ways(rest, value)


def _member(value: Any, step: Step) -> Any:
    if isinstance(value, dict):
        return value.get(step, _NOWHERE)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return _NOWHERE
