"""Forms with one file: the fields against their model, the file handed on as it arrives. Knows no field by name."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel
from pydantic_core import to_json
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.bodies import too_large
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.multipart import Part, Parts, Piece, boundary_of
from wirecheck_reference.http.validation import validate_json

Model = TypeVar("Model", bound=BaseModel)

# Bytes of a value that is no file: names and numbers are shorter.
_LONGEST_VALUE: Final = 1024
# Bytes of a file's name: 255 characters of four.
_LONGEST_NAME: Final = 1024
# Bytes of a form beside its file.
_AROUND: Final = 256 * 1024
# Bytes of a refused body that are still read, so that its sender gets to read the refusal.
_PATIENCE: Final = 16 * 2**20
_WHOLE_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Received(Generic[Model]):
    """A form that was read: its fields, and the name of its file. In the fields a "-" stands for the content.

    `digest` tells what it says from what any other does, whatever its boundary.
    """

    fields: Model
    filename: str
    digest: str


class Form(Generic[Model]):
    """A form that is still to be read: its file is the field `file` of the model, of at most `most` bytes.

    Raises `ApiError`: 415 and 400 as `boundary_of`.
    """

    def __init__(self, model: type[Model], file: str, inbound: Inbound, receive: Receive, most: int) -> None:
        self._model = model
        self._file = file
        self._inbound = inbound
        self._receive = receive
        self._most = most
        self._parts = Parts(boundary_of(inbound))
        self._size = 0
        self._left = True
        self._values: dict[str, bytes] = {}
        self._filename: str | None = None
        self._open: str | None = None
        self._hash = sha256()
        self._told = 0

    async def read(self, sink: Callable[[bytes], Awaitable[None]]) -> Received[Model]:
        """Reads it to its end; the bytes of the file go into `sink` as they come.

        Raises `ApiError`: 413 for a larger file, 400 for what is no form, 422 for fields that break the model, a field
        that stands twice, and a file without a name or content; and what `receive` raises. Raises `ClientDisconnect`
        where the client leaves.
        """
        told = self._inbound.header(b"content-length")
        if told and int(told) > self._most + _AROUND and b"expect" in self._inbound.headers:
            raise too_large(self._most)  # The client waits for leave to send: it gets none.
        try:
            around = 0
            async for data in self._bodies():
                around += len(data)
                for piece in self._parts.take(data):
                    self._count_in(piece)
                    if isinstance(piece, Part):
                        self._begin(piece)
                    elif piece is None:
                        self._open = None
                    elif self._open == self._file:
                        around -= len(piece)
                        await self._hand_on(piece, sink)
                    else:
                        self._add(piece)
                if around > _AROUND:
                    raise too_large(self._most)
            self._parts.end()
            return self._received()
        except ApiError as error:
            await self._leave(error)
            raise

    async def _bodies(self) -> AsyncIterator[bytes]:
        while self._left:
            try:
                message = await self._receive()
            except ApiError:
                self._left = False  # Nobody waits for the rest.
                raise
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            self._left = bool(message.get("more_body"))
            yield message.get("body", b"")

    def _begin(self, part: Part) -> None:
        self._open = part.name
        if part.name in self._values:
            raise _invalid(part.name, "Field stands twice")
        self._values[part.name] = b""
        if part.name != self._file:
            if part.filename is not None:
                raise _invalid(part.name, "Input should be no file")
            return
        self._filename = part.filename
        if not part.filename:
            raise _invalid(part.name, "Input should be a file with a name")
        if len(part.filename.encode()) > _LONGEST_NAME or "\x00" in part.filename:
            raise _invalid(part.name, f"The name should have at most {_LONGEST_NAME} bytes, and none that is null")

    def _add(self, data: bytes) -> None:
        assert self._open is not None  # noqa: S101  # bytes come in parts
        self._values[self._open] += data
        if len(self._values[self._open]) > _LONGEST_VALUE:
            raise _invalid(self._open, f"Input should have at most {_LONGEST_VALUE} bytes")

    async def _hand_on(self, data: bytes, sink: Callable[[bytes], Awaitable[None]]) -> None:
        self._size += len(data)
        if self._size > self._most:
            raise too_large(self._most)
        await sink(data)

    def _received(self) -> Received[Model]:
        document: dict[str, Any] = {}
        for name, value in self._values.items():
            if name == self._file:
                document[name] = "-" if self._size else ""
                continue
            try:
                text = value.decode()
            except UnicodeDecodeError:
                raise _invalid(name, "Input should be text in UTF-8") from None
            number = name in numbers(self._model) and _WHOLE_NUMBER.fullmatch(text)
            document[name] = int(text) if number else text
        fields = validate_json(self._model, to_json(document), document)
        return Received(fields, self._filename or "", self._hash.hexdigest())

    def _count_in(self, piece: Piece) -> None:
        """Adds a piece to what the form says; content and heads, each ended by its length, cannot be mistaken."""
        if isinstance(piece, bytes):
            self._hash.update(piece)
            self._told += len(piece)
            return
        head = b"" if piece is None else to_json([piece.name, piece.filename])
        self._hash.update(b"\n%d %d\n" % (self._told, len(head)) + head)
        self._told = 0

    async def _leave(self, error: ApiError) -> None:
        """Reads on for a while: who is still sending would not see the refusal. What is more is cut off."""
        patience = _PATIENCE
        try:
            async for data in self._bodies():
                patience -= len(data)
                if patience < 0:
                    break
        except ApiError:
            patience = -1  # Nothing more came in time: the first refusal stands.
        if patience < 0:
            error.headers["connection"] = "close"


@cache
def numbers(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that hold whole numbers: of a form they are digits."""
    properties = model.model_json_schema()["properties"]
    return frozenset(name for name, schema in properties.items() if schema.get("type") == "integer")


def _invalid(name: str, why: str) -> ApiError:
    return ApiError(422, "validation_error", f"{name}: {why}.", param=name)
