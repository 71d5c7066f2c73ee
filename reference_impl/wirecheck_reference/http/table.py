"""Finds the operation of a request by its path and method. Knows no operation in particular."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from wirecheck_reference.http.operations import Operation


class OperationTable(BaseRoute):
    """All operations as one route of the app, however many there are.

    A path that is written out goes before a template that also matches it (OpenAPI, Paths Object), in whatever order
    they were added. Raises `ValueError` where two operations have one path and method.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._methods: dict[str, dict[str, Operation]] = {}
        for operation in operations:
            methods = self._methods.setdefault(operation.path, {})
            for method in operation.methods or ():
                if method in methods:
                    raise ValueError(f"two operations are {method} {operation.path}")
                methods[method] = operation
        templates = [next(iter(methods.values())) for path, methods in self._methods.items() if "{" in path]
        # A template whose parameter takes slashes would take the paths below its siblings.
        self._templates = sorted(templates, key=lambda operation: ":path}" in operation.path)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether there is such a path; the operation, by its method, goes into the scope."""
        if scope["type"] != "http":
            return Match.NONE, {}
        path = scope["path"]
        if root := scope.get("root_path"):
            path = path.removeprefix(root)
        methods = self._methods.get(path)
        if methods is None or "{" in path:
            return self._match_template(path, scope)
        return _chosen(methods, scope, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request to its operation. Raises `HTTPException` (405) with all methods that the path takes."""
        methods: Mapping[str, Operation] = scope["operations"]
        operation = methods.get(scope["method"])
        if operation is None:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(methods))})
        await operation.handle(scope, receive, send)

    def _match_template(self, path: str, scope: Scope) -> tuple[Match, Scope]:
        for template in self._templates:
            if found := template.path_regex.match(path):
                values = {
                    name: template.param_convertors[name].convert(text) for name, text in found.groupdict().items()
                }
                return _chosen(self._methods[template.path], scope, values)
        return Match.NONE, {}


def _chosen(methods: Mapping[str, Operation], scope: Scope, values: dict[str, Any]) -> tuple[Match, Scope]:
    match = Match.FULL if scope["method"] in methods else Match.PARTIAL
    return match, {"operations": methods, "path_params": values}
