"""The one error envelope: its statuses, types and codes. Knows no route and no framework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import to_json

_TYPES: Final = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    429: "rate_limit_error",
}


class ApiError(Exception):
    """A refusal or failure that the caller is told of.

    `param` is the dotted path of the field at fault, `code` the error for machines, `headers` go beside the envelope.
    """

    def __init__(
        self,
        status: int,
        code: str | None,
        message: str,
        *,
        param: str | None = None,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.param = param
        self.details = details
        self.headers = dict(headers or {})

    @property
    def type(self) -> str:
        """The class of the error, told by its status."""
        return _TYPES.get(self.status, "server_error" if self.status >= 500 else "invalid_request_error")

    def document(self, request_id: str | None = None) -> dict[str, Any]:
        """The envelope, by the contract's `ErrorResponse`."""
        body: dict[str, Any] = {
            "message": self.message,
            "type": self.type,
            "param": self.param,
            "code": self.code,
        }
        if self.details is not None:
            body["details"] = dict(self.details)
        return {"error": body} if request_id is None else {"error": body, "request_id": request_id}

    def body(self, request_id: str | None = None) -> bytes:
        """The envelope as JSON."""
        return to_json(self.document(request_id))


def invalid_value(message: str, param: str) -> ApiError:
    """400: well-formed and valid by its schema, but not to be had."""
    return ApiError(400, "invalid_value", message, param=param)


def internal_error() -> ApiError:
    """500: says nothing of the inside."""
    return ApiError(500, "internal_error", "The server failed to answer this request.")
