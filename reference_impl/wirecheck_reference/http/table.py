"""Finds the operation of a request by its path and method. Knows no operation in particular."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.http.operations import Operation


class OperationTable:
    """An ASGI app that answers with one of many operations, however many; `otherwise` answers other paths.

    A path that is written out goes before a template that also matches it (OpenAPI, Paths Object), in whatever order
    they were added. Raises `ValueError` where two operations have one path and method.
    """

    def __init__(self, operations: Iterable[Operation], otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._paths: dict[str, dict[str, Operation]] = {}
        for operation in operations:
            methods = self._paths.setdefault(operation.path, {})
            for method in operation.methods or ():
                if method in methods:
                    raise ValueError(f"two operations are {method} {operation.path}")
                methods[method] = operation
        templates = [next(iter(methods.values())) for path, methods in self._paths.items() if "{" in path]
        # A template whose parameter takes slashes also matches the paths below it.
        self._templates = sorted(templates, key=lambda operation: ":path}" in operation.path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request to its operation. Raises `HTTPException` (405) with all methods that its path takes."""
        found = self._find(_path(scope)) if scope["type"] == "http" else None
        if found is None:
            await self._otherwise(scope, receive, send)
            return
        methods, scope["path_params"] = found
        # What takes GET takes HEAD (RFC 9110 section 9.3.2); whoever sends the answer leaves its body out.
        operation = methods.get("GET" if scope["method"] == "HEAD" else scope["method"])
        if operation is None:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(methods))})
        scope["route"] = operation
        await operation.handle(scope, receive, send)

    def _find(self, path: str) -> tuple[dict[str, Operation], dict[str, Any]] | None:
        """The operations of a path, by method, and the values in it."""
        methods = self._paths.get(path)
        if methods is not None and "{" not in path:
            return methods, {}
        for template in self._templates:
            if found := template.path_regex.match(path):
                convertors = template.param_convertors
                values = {name: convertors[name].convert(text) for name, text in found.groupdict().items()}
                return self._paths[template.path], values
        return None


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path.removeprefix(root)
