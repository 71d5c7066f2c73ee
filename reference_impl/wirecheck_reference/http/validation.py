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
_NO_TAG: Final = "union_tag_invalid"
_WANTED: Final = frozenset({"expected", "expected_tags"})


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
    located = [(path_of(each, document), each) for each in _meant(errors, document)]
    root = located[0][0]
    below = [pair for pair in located if pair[0][: len(root)] == root]
    # Where a union failed, the branch that came furthest is the one that was meant: to a value of the right type, then
    # the deepest, then the last of a list.
    path, chosen = max(below, key=lambda pair: (pair[1]["type"] not in _MISMATCH, len(pair[0]), _item(pair[0])))
    param = ".".join(map(str, path)) or None
    message = _message([each for at, each in below if at == path] if chosen["type"] == _NO_TAG else [chosen])
    return ApiError(422, "validation_error", f"{param}: {message}." if param else f"{message}.", param=param)


def _meant(errors: Sequence[ErrorDetails], document: Any) -> list[ErrorDetails]:
    """The errors without those of branches that a value says by its `type` not to be of, where it may be of another."""
    strange = [branch for each in errors if (branch := _branch(each)) and _is_label(branch, document)]
    left = [each for each in errors if not any(each["loc"][: len(branch)] == branch for branch in strange)]
    others = {branch for branch in strange if any(each["loc"][: len(branch) - 1] == branch[:-1] for each in left)}
    return [each for each in errors if not any(each["loc"][: len(branch)] == branch for branch in others)]


def _branch(error: ErrorDetails) -> tuple[Step, ...]:
    """The location of the value whose `type` an error complains of, () for any other error."""
    if error["type"] in (_NO_TAG, "union_tag_not_found"):
        return error["loc"]
    return error["loc"][:-1] if error["type"] == "literal_error" and error["loc"][-1] == "type" else ()


def _is_label(location: Sequence[Step], document: Any) -> bool:
    """Whether a location ends with the name of a branch of a union, which leads nowhere in the document."""
    with_it, without = (max(len(way) for way, _ in _ways(each, document)) for each in (location, location[:-1]))
    return with_it == without


def _item(path: Sequence[Step]) -> int:
    """How many items of a list came before the end of a path; -1 where that is no item."""
    return path[-1] if path and isinstance(path[-1], int) else -1


def _message(errors: Sequence[ErrorDetails]) -> str:
    """What is wrong, by the first of the errors; by all of them, where each says what the value should be one of."""
    error = errors[0]
    if any(each["type"] == _NO_TAG for each in errors):
        contexts = [each.get("ctx", {}) for each in errors]
        wanted = [each.get("expected_tags") or each["expected"] for each in contexts if each.keys() & _WANTED]
        return f"Input should be one of {', '.join(wanted)}"
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
    ways = ways or [way for way, _ in _ways(location, document)]
    # A branch may be called as a field is: of two that are as long, the value is where the location ends.
    return (*max(ways, key=lambda way: (len(way), way[-1:] == location[-1:])), *last)


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
