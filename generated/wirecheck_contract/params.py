"""The query parameters of the contract. Generated from spec/ by tools/contract_generator: do not edit."""

from __future__ import annotations

from typing import Annotated

from pydantic import MISSING, BaseModel, ConfigDict, Field, StrictStr
from wirecheck_contract.wire import QueryInt as StrictInt


class ListModelsParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    provider: Annotated[
        StrictStr | MISSING,
        Field(max_length=64, min_length=1, pattern="^[a-zA-Z0-9._-]+$"),
    ] = MISSING
    limit: Annotated[StrictInt | MISSING, Field(ge=1, le=100)] = MISSING
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
