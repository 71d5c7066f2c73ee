"""What an owner declares of models in a file, read again when the file changes. Knows no engine and no HTTP.

    [models.echo]
    context_window = 4096
    max_output_tokens = 512

    [models.echo.price]
    input_usd_per_million_tokens = 0.15
    output_usd_per_million_tokens = 0.6

The same may be said in JSON, in a file that is called so.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from wirecheck_contract.models import Model, ModelPrice

_log = structlog.get_logger("wirecheck.models")
_STRICT: Final = ConfigDict(extra="forbid", strict=True)
Tokens = Annotated[int, Field(ge=1)]
# Size and time of change of a file: another pair is another content.
Stamp = tuple[int, int]


class _Price(ModelPrice):
    model_config = _STRICT


class _Declared(BaseModel):
    """What may be said of a model; what is not said stays as its engine has it."""

    model_config = _STRICT

    context_window: Tokens | None = None
    max_output_tokens: Tokens | None = None
    price: _Price | None = None
    shutdown_date: str | None = None


class _File(BaseModel):
    model_config = _STRICT

    models: dict[str, _Declared]


class ModelFile:
    """A file of declarations. Nothing is read before `applied`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: Stamp | None = None
        self._models: Mapping[str, Model] | None = None

    def applied(self, models: Mapping[str, Model]) -> Mapping[str, Model]:
        """The models, always the same ones, with what the file says of them now.

        A file that has become unusable, or is gone, changes nothing, and is logged once. Raises `ValueError` where it
        has been unusable from the start.
        """
        try:
            stamp = self._look()
            if self._models is None or stamp != self._stamp:
                self._models, self._stamp = self._read(models), stamp
                _log.info("models read", path=str(self._path))
        except _Unusable as error:
            if self._models is None:
                raise
            if error.stamp != self._stamp:
                self._stamp = error.stamp
                _log.error("models not read: the former ones stay", cause=str(error))
        return self._models

    def _look(self) -> Stamp:
        try:
            found = self._path.stat()
        except OSError as error:
            raise _Unusable(f"{self._path}: {error.strerror}", (-1, -1)) from None
        return found.st_size, found.st_mtime_ns

    def _read(self, models: Mapping[str, Model]) -> Mapping[str, Model]:
        stamp = self._look()
        try:
            text = self._path.read_text("utf-8")
            document = json.loads(text) if self._path.suffix == ".json" else tomllib.loads(text)
            declared = _File.model_validate(document).models
        except OSError as error:
            raise _Unusable(f"{self._path}: {error.strerror}", stamp) from None
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise _Unusable(f"{self._path}: {'.'.join(map(str, first['loc']))}: {first['msg']}", stamp) from None
        except ValueError as error:
            raise _Unusable(f"{self._path}: {error}", stamp) from None
        if unknown := sorted(declared.keys() - models.keys()):
            raise _Unusable(f"{self._path}: no engine serves {unknown[0]!r}", stamp)
        return {id_: _with(model, declared.get(id_)) for id_, model in models.items()}


class _Unusable(ValueError):
    """The file cannot be used as it is by this stamp; the message says why."""

    def __init__(self, message: str, stamp: Stamp) -> None:
        super().__init__(message)
        self.stamp = stamp


def _with(model: Model, declared: _Declared | None) -> Model:
    if declared is None:
        return model
    said: dict[str, Any] = {name: getattr(declared, name) for name in declared.model_fields_set}
    return model.model_copy(update={name: value for name, value in said.items() if value is not None})
