"""GET /v1/models and GET /v1/models/{model}. Knows no engine."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from wirecheck_contract.models import ModelList
from wirecheck_contract.params import ListModelsParametersQuery

from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.queries import given
from wirecheck_reference.http.responses import Answer
from wirecheck_reference.http.tagging import tagged
from wirecheck_reference.services import ADMITTED, FromCatalogue
from wirecheck_reference.store.pages import Cut, page_of

router = APIRouter(prefix="/v1/models", route_class=Operation, dependencies=[ADMITTED])


@router.get("")
async def list_models(
    catalogue: FromCatalogue, query: Annotated[ListModelsParametersQuery, Query()], request: Request
) -> Answer:
    """A page of the models: all of them unless `limit` says fewer. 400 for an `after` that is no model of the list."""
    models = catalogue.models(given(query.provider))
    page = page_of(models, lambda model: model.id, Cut(given(query.after), given(query.limit)))
    listed = ModelList(
        object="list", data=page.items, has_more=page.has_more, first_id=page.first_id, last_id=page.last_id
    )
    return tagged(Inbound.of(request.scope), listed, {"x-total-count": str(len(models))})


@router.get("/{model:path}")
async def get_model(model: str, catalogue: FromCatalogue, request: Request) -> Answer:
    """One model; slashes of its id may come as they are."""
    return tagged(Inbound.of(request.scope), catalogue.model(model))
