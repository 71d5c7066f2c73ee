"""The query parameters of the contract. Generated from spec/ by tools/contract_generator: do not edit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import MISSING, BaseModel, ConfigDict, Field, StrictStr, StringConstraints
from typing_extensions import TypeAliasType
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


class ListBatchesParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20


ConversationIncludable = TypeAliasType(
    "ConversationIncludable",
    Literal[
        "file_search_call.results",
        "web_search_call.results",
        "web_search_call.action.sources",
        "message.input_image.image_url",
        "computer_call_output.output.image_url",
        "code_interpreter_call.outputs",
        "reasoning.encrypted_content",
        "message.output_text.logprobs",
    ],
)
"""
What may be told of items on demand only.
"""


ConversationRole = TypeAliasType("ConversationRole", Literal["user", "assistant", "system", "developer"])
"""
Who says a message.
"""


EventType = TypeAliasType(
    "EventType",
    Annotated[
        StrictStr,
        Field(max_length=128, min_length=1, pattern="^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*$"),
    ],
)
"""
What happened, in words with dots between them, such as `batch.completed`.
"""


SortOrder = TypeAliasType("SortOrder", Literal["asc", "desc"])


WebhookDeliveryStatus = TypeAliasType("WebhookDeliveryStatus", Literal["pending", "succeeded", "failed"])
"""
Whether a delivery is to be attempted (again), was acknowledged, or was given up.
"""


MetadataValue = TypeAliasType("MetadataValue", Annotated[StrictStr, Field(max_length=512)])


class ListFilesParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    purpose: Annotated[StrictStr | MISSING, Field(max_length=64, min_length=1)] = MISSING
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=10000)] = 10000
    order: SortOrder | MISSING = MISSING


class ListStoredMessagesParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING


class ListConversationsParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING


class ListConversationItemsParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING
    include: Annotated[list[ConversationIncludable] | MISSING, Field(min_length=1)] = MISSING
    include__: Annotated[list[ConversationIncludable] | MISSING, Field(alias="include[]", min_length=1)] = MISSING


class CreateConversationItemsParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    include: Annotated[list[ConversationIncludable] | MISSING, Field(min_length=1)] = MISSING
    include__: Annotated[list[ConversationIncludable] | MISSING, Field(alias="include[]", min_length=1)] = MISSING


class GetConversationItemParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    include: Annotated[list[ConversationIncludable] | MISSING, Field(min_length=1)] = MISSING
    include__: Annotated[list[ConversationIncludable] | MISSING, Field(alias="include[]", min_length=1)] = MISSING


class ListConversationMessagesParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    role: ConversationRole | MISSING = MISSING
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING


class ListEventsParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING
    type: Annotated[list[EventType] | MISSING, Field(max_length=100, min_length=1)] = MISSING


class ListWebhookEndpointsParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING


class ListWebhookDeliveriesParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING
    status: WebhookDeliveryStatus | MISSING = MISSING


Metadata = TypeAliasType(
    "Metadata",
    Annotated[
        dict[Annotated[str, StringConstraints(max_length=64, strict=True)], MetadataValue],
        Field(max_length=16),
    ],
)
"""
Up to 16 labels; names of at most 64 characters, values of at most 512.
"""


class ListStoredCompletionsParametersQuery(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    model: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    metadata: Metadata | MISSING = MISSING
    after: Annotated[StrictStr | MISSING, Field(max_length=256, min_length=1)] = MISSING
    limit: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    order: SortOrder | MISSING = MISSING
