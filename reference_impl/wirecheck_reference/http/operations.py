"""The route of every operation: from a request to its handler, and from what it returns to an answer. Knows no area.

An area writes FastAPI as usual, with this class as its router's `route_class`: handlers and what they depend on are
FastAPI's dependencies, solved here in the order in which they are declared (those of the router first). Left out is
what costs most of FastAPI's time and no operation needs: exit stacks, second validations, threads.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from types import CoroutineType
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant, request_params_to_args
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from wirecheck_reference.http.queries import folded
from wirecheck_reference.http.responses import Answer, answer_of
from wirecheck_reference.http.scopes import id_of, scopes_of

Overrides = Mapping[Callable[..., Any], Callable[..., Any]]


class Step(NamedTuple):
    """A call on the way to an answer: its arguments by name, each the result of the step in that place.

    Place 0 is the request. `parameters` declares what the call takes from path and query, None where it takes nothing;
    `names` are those of its parameters in the query.
    """

    call: Callable[..., Any]
    arguments: tuple[tuple[str, int], ...]
    parameters: Dependant | None
    names: frozenset[str]


class Operation(APIRoute):
    """A FastAPI route that solves its dependencies itself.

    A handler returns a document (a Pydantic model, a dict, or JSON as bytes) or an `Answer`. Dependencies are functions
    or coroutine functions of the request, of path and query parameters and of other dependencies; a function must not
    block. Raises `TypeError` for a generator, and for what reads body, headers or cookies by FastAPI's own means.
    `scopes` is what the contract wants a key to be good for, `id` is its name there, None where it is not in it.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        # What is returned is not validated again: the suite and the tests hold it to the contract.
        super().__init__(path, endpoint, **{**given, "response_model": None})
        if not iscoroutinefunction(endpoint):
            raise TypeError(f"{endpoint.__qualname__} is no coroutine function: it would hold up everybody")
        self.scopes = frozenset[str]().union(*(scopes_of(method, self.path) for method in self.methods or ()))
        self.id = next((name for method in self.methods or () if (name := id_of(method, self.path))), None)
        self._steps = steps_to(self.dependant, {})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Any]]:
        """The handler of a request, with all that it depends on."""
        return self.answer

    async def answer(self, request: Request) -> Answer:
        """The answer to a request. Raises what the dependencies and the handler raise."""
        overrides: Overrides = request.scope["app"].dependency_overrides
        results: list[Any] = [request]
        for call, needed, parameters, names in steps_to(self.dependant, overrides) if overrides else self._steps:
            arguments = {name: results[place] for name, place in needed}
            if parameters is not None:
                arguments |= _parameters(parameters, names, request)
            result = call(**arguments)
            results.append(await result if type(result) is CoroutineType else result)
        return answer_of(results[-1])

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request whose path and method are this operation's."""
        answer = await self.answer(Request(scope, receive, send))
        await answer(scope, receive, send)


def steps_to(dependant: Dependant, overrides: Overrides) -> list[Step]:
    """The calls that FastAPI's tree of dependencies comes to, each once, in their order; the last is the tree's root.

    A dependency that is overridden is another call with its own dependencies. Raises `TypeError` as `Operation` does.
    """
    steps: list[Step] = []
    places: dict[Any, int] = {}

    def add(node: Dependant) -> int:
        arguments: list[tuple[str, int]] = []
        for needed in node.dependencies:
            if needed.call not in places:
                override = overrides.get(needed.call) if needed.call is not None else None
                chosen = get_dependant(path=needed.path or "", call=override) if override else needed
                places[needed.call] = add(chosen)
            if needed.name is not None:
                arguments.append((needed.name, places[needed.call]))
        if node.request_param_name is not None:
            arguments.append((node.request_param_name, 0))
        parameters = node if node.path_params or node.query_params else None
        steps.append(Step(_callable(node), tuple(arguments), parameters, _names(node)))
        return len(steps)

    add(dependant)
    return steps


def _callable(node: Dependant) -> Callable[..., Any]:
    call: Any = node.call
    if isgeneratorfunction(call) or isasyncgenfunction(call):
        raise TypeError(f"{call.__qualname__} is a generator: nothing would close it")
    if foreign := (
        node.body_params
        or node.header_params
        or node.cookie_params
        or node.response_param_name
        or node.background_tasks_param_name
        or node.http_connection_param_name
    ):
        raise TypeError(f"{call.__qualname__} asks for what no operation offers: {foreign}")
    found: Callable[..., Any] = call
    return found


def _names(dependant: Dependant) -> frozenset[str]:
    """The names of the parameters in the query: an operation has them in one model."""
    models: list[Any] = [each.field_info.annotation for each in dependant.query_params]
    return frozenset(info.alias or name for model in models for name, info in model.model_fields.items())


def _parameters(dependant: Dependant, names: frozenset[str], request: Request) -> dict[str, Any]:
    """The parameters of path and query. Raises `RequestValidationError`."""
    path, wrong = request_params_to_args(dependant.path_params, request.path_params)
    pairs = folded(request.query_params.multi_items(), names)
    query, also_wrong = request_params_to_args(dependant.query_params, pairs)
    if wrong or also_wrong:
        raise RequestValidationError([*wrong, *also_wrong])
    return {**path, **query}
