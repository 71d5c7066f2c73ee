"""GET /v1/models and GET /v1/models/{model}. Knows no engine."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response
from wirecheck_contract.models import ModelList
from wirecheck_contract.params import ListModelsParametersQuery

from wirecheck_reference.services import FromCatalogue, admitted
from wirecheck_reference.errors import invalid_value

router = APIRouter(prefix="/v1/models", dependencies=[Depends(admitted)])


@router.get("")
async def list_models(catalogue: FromCatalogue, query: Annotated[ListModelsParametersQuery, Query()]) -> Response:
    """A page of the models: all of them unless `limit` says fewer. 400 for an `after` that is no model of the list."""
    models = catalogue.models(query.provider if isinstance(query.provider, str) else None)
    ids = [model.id for model in models]
    start = 0
    if isinstance(query.after, str):
        if query.after not in ids:
            raise invalid_value(f"No model {query.after!r} is in this list.", "after")
        start = ids.index(query.after) + 1
    page = models[start : start + query.limit] if isinstance(query.limit, int) else models[start:]
    listed = ModelList(
        object="list",
        data=page,
        has_more=start + len(page) < len(models),
        first_id=page[0].id if page else None,
        last_id=page[-1].id if page else None,
    )
    return _json(listed.model_dump_json(), {"X-Total-Count": str(len(models))})


@router.get("/{model:path}")
async def get_model(model: str, catalogue: FromCatalogue) -> Response:
    """One model; slashes of its id may come as they are."""
    _, found = catalogue.find(model)
    return _json(found.model_dump_json())


def _json(body: str, headers: dict[str, str] | None = None) -> Response:
    return Response(body, headers=headers, media_type="application/json")
