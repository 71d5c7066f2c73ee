"""The models of the contract. Generated from spec/ by tools/contract_generator: do not edit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    MISSING,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    StringConstraints,
)
from typing_extensions import TypeAliasType
from wirecheck_contract.wire import Conditional, StrictFloat, StrictInt

BatchCompletionWindow = TypeAliasType("BatchCompletionWindow", Literal["24h"])
"""
The time in which a batch is to be done.
"""


BatchEndpoint = TypeAliasType("BatchEndpoint", Literal["/v1/chat/completions", "/v1/completions", "/v1/embeddings"])
"""
The operation that each line of a batch is a request for.
"""


class BatchError(BaseModel):
    """
    What is wrong with the input file of a batch; `line` counts from 1.
    """

    code: StrictStr | None | MISSING = MISSING
    message: StrictStr | None | MISSING = MISSING
    param: StrictStr | None | MISSING = MISSING
    line: Annotated[StrictInt | None | MISSING, Field(ge=1)] = MISSING


class BatchErrors(BaseModel):
    object: Literal["list"] | MISSING = MISSING
    data: list[BatchError] | MISSING = MISSING


BatchEventType = TypeAliasType(
    "BatchEventType", Literal["batch.completed", "batch.failed", "batch.expired", "batch.cancelled"]
)
"""
How a batch ended.
"""


BatchExpiryAnchor = TypeAliasType("BatchExpiryAnchor", Literal["created_at"])
"""
From when on the seconds count; `created_at` is the time at which a file was made.
"""


class BatchInputTokensDetails(BaseModel):
    cached_tokens: Annotated[StrictInt, Field(ge=0)]


class BatchOutputExpiry(BaseModel):
    """
    When the files that a batch makes are gone.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    anchor: BatchExpiryAnchor
    seconds: Annotated[StrictInt, Field(ge=3600, le=2592000)]


class BatchOutputTokensDetails(BaseModel):
    reasoning_tokens: Annotated[StrictInt, Field(ge=0)]


class BatchRequestCounts(BaseModel):
    """
    How many of the requests of a batch there are, were answered with a success, and were not.
    """

    total: Annotated[StrictInt, Field(ge=0)]
    completed: Annotated[StrictInt, Field(ge=0)]
    failed: Annotated[StrictInt, Field(ge=0)]


BatchStatus = TypeAliasType(
    "BatchStatus",
    Literal["validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling", "cancelled"],
)
"""
How far a batch is. One that is `failed`, `completed`, `expired` or `cancelled` is over.
"""


class BatchUsage(BaseModel):
    """
    The tokens of all answers of a batch.
    """

    input_tokens: Annotated[StrictInt, Field(ge=0)]
    input_tokens_details: BatchInputTokensDetails
    output_tokens: Annotated[StrictInt, Field(ge=0)]
    output_tokens_details: BatchOutputTokensDetails
    total_tokens: Annotated[StrictInt, Field(ge=0)]


Byte = TypeAliasType("Byte", Annotated[StrictInt, Field(ge=0, le=255)])


ChatAllowedToolsMode = TypeAliasType("ChatAllowedToolsMode", Literal["auto", "required"])


class ChatApproximateLocation(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    city: StrictStr | MISSING = MISSING
    country: StrictStr | MISSING = MISSING
    """
    Two letters of ISO 3166-1.
    """
    region: StrictStr | MISSING = MISSING
    timezone: StrictStr | MISSING = MISSING
    """
    A name of the IANA time zone database.
    """


class ChatAudioDelta(BaseModel):
    id: StrictStr | None | MISSING = MISSING
    data: StrictStr | None | MISSING = MISSING
    """
    More of the sound, in Base64.
    """
    expires_at: Annotated[StrictInt | None | MISSING, Field(ge=0, le=9999999999)] = MISSING
    transcript: StrictStr | None | MISSING = MISSING


ChatAudioFormat = TypeAliasType("ChatAudioFormat", Literal["wav", "aac", "mp3", "flac", "opus", "pcm16"])


class ChatCustomCall(BaseModel):
    name: Annotated[StrictStr, Field(min_length=1)]
    input: StrictStr


class ChatCustomCallDelta(BaseModel):
    name: StrictStr | None | MISSING = MISSING
    input: StrictStr | None | MISSING = MISSING


class ChatCustomFormatText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["text"]


class ChatCustomToolCall(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["custom"]
    custom: ChatCustomCall


class ChatEchoedAudio(BaseModel):
    """
    Audio of an earlier answer. The id is enough; the rest is sent back as it came.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[StrictStr, Field(min_length=1)]
    data: StrictStr | MISSING = MISSING
    expires_at: StrictInt | MISSING = MISSING
    transcript: StrictStr | MISSING = MISSING


class ChatFileInput(BaseModel):
    """
    A file, by the id of an upload or by its content.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    file_data: StrictStr | MISSING = MISSING
    """
    The content, in Base64.
    """
    file_id: StrictStr | MISSING = MISSING
    """
    The id of an uploaded file.
    """
    filename: StrictStr | MISSING = MISSING


ChatFinishReason = TypeAliasType(
    "ChatFinishReason", Literal["stop", "length", "tool_calls", "content_filter", "function_call"]
)
"""
Why the model stopped: `stop` at its own end or at a stop sequence, `length` at a limit of tokens, `tool_calls` or `function_call` to have something called, `content_filter` when content was left out.
"""


class ChatFunctionCall(BaseModel):
    name: Annotated[StrictStr, Field(min_length=1)]
    arguments: StrictStr
    """
    A JSON object, as the model wrote it.
    """


class ChatFunctionCallDelta(BaseModel):
    name: StrictStr | None | MISSING = MISSING
    arguments: StrictStr | None | MISSING = MISSING
    """
    A fragment of a JSON object.
    """


ChatFunctionCallMode = TypeAliasType("ChatFunctionCallMode", Literal["none", "auto"])


class ChatFunctionToolCall(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["function"]
    function: ChatFunctionCall


ChatInputAudioFormat = TypeAliasType("ChatInputAudioFormat", Literal["wav", "mp3"])


ChatModality = TypeAliasType("ChatModality", Literal["text", "audio"])


ChatParticipantName = TypeAliasType(
    "ChatParticipantName",
    Annotated[StrictStr, Field(min_length=1, pattern="^[^\\x00]*$")],
)
"""
Tells participants of one role apart.
"""


class ChatResponseFormatJsonObject(BaseModel):
    """
    The content is some JSON object.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["json_object"]


class ChatResponseFormatText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["text"]


ChatToolCall = TypeAliasType(
    "ChatToolCall",
    Annotated[ChatFunctionToolCall | ChatCustomToolCall, Field(discriminator="type")],
)
"""
A call that the model wants made. `type` says which kind.
"""


ChatToolChoiceMode = TypeAliasType("ChatToolChoiceMode", Literal["none", "auto", "required"])


ChatToolReference = TypeAliasType("ChatToolReference", dict[str, Any])
"""
A tool by its type and name, such as `{"type": "function", "function": {"name": "add"}}`.
"""


ChatToolType = TypeAliasType("ChatToolType", Literal["function", "custom"])


class ChatTopLogprob(BaseModel):
    token: StrictStr
    logprob: StrictFloat
    bytes: list[Byte] | None | MISSING = MISSING


class ChatUrlCitation(BaseModel):
    """
    A web page that the content between two offsets rests on.
    """

    url: StrictStr
    title: StrictStr
    start_index: Annotated[StrictInt, Field(ge=0)]
    end_index: Annotated[StrictInt, Field(ge=0)]


class ChatUrlCitationParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: StrictStr
    title: StrictStr
    start_index: Annotated[StrictInt, Field(ge=0)]
    end_index: Annotated[StrictInt, Field(ge=0)]


class ChatUserLocation(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["approximate"]
    approximate: ChatApproximateLocation


CompletionFinishReason = TypeAliasType("CompletionFinishReason", Literal["stop", "length", "content_filter"])
"""
Why the model stopped: `stop` at its own end or at a stop sequence, `length` at a limit of tokens, `content_filter` when content was left out.
"""


TextOffsetItem = TypeAliasType("TextOffsetItem", Annotated[StrictInt, Field(ge=0)])


CompletionTokens = TypeAliasType("CompletionTokens", Annotated[list[StrictInt], Field(min_length=1)])
"""
A text as the ids of its tokens, which are the model's own.
"""


class CompletionTokensDetails(BaseModel):
    accepted_prediction_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    audio_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    reasoning_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    rejected_prediction_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    text_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING


CompletionTopLogprobs = TypeAliasType("CompletionTopLogprobs", dict[str, StrictFloat])
"""
Tokens and their log probabilities.
"""


class ConversationContainerFileCitation(BaseModel):
    """
    A file of a container that a text cites.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["container_file_citation"]
    container_id: StrictStr
    file_id: StrictStr
    filename: StrictStr
    start_index: StrictInt
    end_index: StrictInt


class ConversationDeleted(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["conversation.deleted"]
    deleted: StrictBool


class ConversationDirectCaller(BaseModel):
    """
    The model itself.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["direct"]


class ConversationFileCitation(BaseModel):
    """
    A file that a text cites.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["file_citation"]
    file_id: StrictStr
    filename: StrictStr
    index: StrictInt


ConversationFileDetail = TypeAliasType("ConversationFileDetail", Literal["auto", "low", "high"])
"""
How closely to look at the pages of a file.
"""


class ConversationFilePath(BaseModel):
    """
    A file that a text names.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["file_path"]
    file_id: StrictStr
    index: StrictInt


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


ConversationItemStatus = TypeAliasType("ConversationItemStatus", Literal["in_progress", "completed", "incomplete"])
"""
Whether an item is whole.
"""


class ConversationKeptCaller(BaseModel):
    """
    Who called a function.
    """

    type: Annotated[StrictStr, Field(min_length=1)]
    caller_id: StrictStr | MISSING = MISSING


ConversationMessageRole = TypeAliasType(
    "ConversationMessageRole",
    Literal["unknown", "user", "assistant", "system", "critic", "discriminator", "developer", "tool"],
)
"""
Who says a message that was kept; servers may have roles that nobody can send.
"""


class ConversationOtherItem(Conditional):
    """
    An item of a kind that the contract does not name, such as a search of a server that searches.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    type: Annotated[StrictStr, Field(min_length=1)]


class ConversationPart(Conditional):
    """
    A part of an item. Text stands in `text`, a refusal in `refusal`; what else there is belongs to images and files. Servers may have parts of other types.
    """

    type: Annotated[StrictStr, Field(min_length=1)]
    text: StrictStr | MISSING = MISSING
    refusal: StrictStr | None | MISSING = MISSING
    detail: StrictStr | None | MISSING = MISSING
    image_url: StrictStr | None | MISSING = MISSING
    """
    Where an image is, or the image itself. Servers may tell it on demand only.
    """
    file_id: StrictStr | None | MISSING = MISSING
    file_data: StrictStr | None | MISSING = MISSING
    file_url: StrictStr | None | MISSING = MISSING
    filename: StrictStr | None | MISSING = MISSING


ConversationParts = TypeAliasType("ConversationParts", list[ConversationPart])


ConversationPhase = TypeAliasType("ConversationPhase", Literal["commentary", "final_answer"])
"""
Whether a message of the assistant comments on its work, or is its answer.
"""


class ConversationReasoningPart(BaseModel):
    """
    A part of what a model thought, or of its summary.
    """

    type: Annotated[StrictStr, Field(min_length=1)]
    text: StrictStr


ConversationRole = TypeAliasType("ConversationRole", Literal["user", "assistant", "system", "developer"])
"""
Who says a message.
"""


class ConversationTopLogprob(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    token: StrictStr
    bytes: list[Byte]
    logprob: StrictFloat


class ConversationUrlCitation(BaseModel):
    """
    A page that a text cites.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["url_citation"]
    start_index: StrictInt
    end_index: StrictInt
    title: StrictStr
    url: StrictStr


class CustomVoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[StrictStr, Field(min_length=1)]


EmbeddingBase64 = TypeAliasType(
    "EmbeddingBase64",
    Annotated[StrictStr, Field(min_length=8, pattern="^[A-Za-z0-9+/]+={0,2}$")],
)
"""
Base64 (RFC 4648 section 4) of the numbers as little-endian 32-bit floats.
"""


EmbeddingEncodingFormat = TypeAliasType("EmbeddingEncodingFormat", Literal["float", "base64"])


EmbeddingFloats = TypeAliasType("EmbeddingFloats", Annotated[list[StrictFloat], Field(min_length=1)])


EmbeddingText = TypeAliasType(
    "EmbeddingText",
    Annotated[StrictStr, Field(max_length=100000, min_length=1, pattern="^[^\\x00]*$")],
)
"""
Text without null bytes.
"""


EmbeddingTexts = TypeAliasType(
    "EmbeddingTexts",
    Annotated[list[EmbeddingText], Field(max_length=2048, min_length=1)],
)


EmbeddingToken = TypeAliasType("EmbeddingToken", Annotated[StrictInt, Field(ge=0)])
"""
The number of a token in the model's vocabulary.
"""


EmbeddingTokens = TypeAliasType("EmbeddingTokens", Annotated[list[EmbeddingToken], Field(min_length=1)])
"""
The tokens of one text. How many a model reads its window says.
"""


class EmbeddingUsage(BaseModel):
    prompt_tokens: Annotated[StrictInt, Field(ge=0)]
    """
    The tokens of all inputs.
    """
    total_tokens: Annotated[StrictInt, Field(ge=0)]


EmbeddingVector = TypeAliasType("EmbeddingVector", EmbeddingFloats | EmbeddingBase64)
"""
A list of numbers, or the same as text where `encoding_format` asks for `base64`.
"""


class ErrorDetails(BaseModel):
    """
    More about the error. Beside `context_length_exceeded` it tells the two counts.
    """

    tokens_used: Annotated[StrictInt | MISSING, Field(ge=0)] = MISSING
    """
    Tokens of the prompt and of the answer that was asked for.
    """
    max_tokens: Annotated[StrictInt | MISSING, Field(ge=0)] = MISSING
    """
    Tokens that the model's context window holds.
    """


EventData = TypeAliasType("EventData", dict[str, Any])
"""
What there is to tell of an event; of what the server itself tells, the `id` of the thing that it happened to.
"""


class EventSubject(BaseModel):
    """
    The thing that an event happened to.
    """

    id: Annotated[StrictStr, Field(min_length=1)]


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


class FileDeleted(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["file"]
    deleted: StrictBool


FileEventType = TypeAliasType("FileEventType", Literal["file.created", "file.deleted"])
"""
What became of a file.
"""


FileExpiryAnchor = TypeAliasType("FileExpiryAnchor", Literal["created_at"])
"""
From when on the seconds count.
"""


FilePurpose = TypeAliasType("FilePurpose", Literal["assistants", "batch", "fine-tune", "vision", "user_data", "evals"])
"""
What a file is for.
"""


FileStatus = TypeAliasType("FileStatus", Literal["uploaded", "processed", "error"])
"""
Deprecated; a file that was uploaded is `processed`.
"""


class FileUploadRequest(Conditional):
    """
    The fields of a form, in any order. The file has a name of its own beside its content. Clients write the members of `expires_after` as fields with brackets.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    file: Annotated[
        StrictStr,
        Field(
            json_schema_extra={"contentMediaType": "application/octet-stream"},
            min_length=1,
        ),
    ]
    """
    The content, byte for byte; a file without any is refused.
    """
    purpose: FilePurpose
    expires_after_anchor_: Annotated[FileExpiryAnchor | MISSING, Field(alias="expires_after[anchor]")] = MISSING
    expires_after_seconds_: Annotated[
        StrictInt | MISSING, Field(alias="expires_after[seconds]", ge=3600, le=2592000)
    ] = MISSING
    """
    So many seconds after it was made, a file is gone. A file for a batch is gone after 30 days at most.
    """


FunctionIdentifier = TypeAliasType("FunctionIdentifier", Annotated[StrictStr, Field(pattern="^[a-zA-Z0-9_-]{1,64}$")])
"""
The name of a function or tool.
"""


GrammarSyntax = TypeAliasType("GrammarSyntax", Literal["lark", "regex"])


HealthStatus = TypeAliasType("HealthStatus", Literal["ok", "degraded", "unavailable"])


ImageDetail = TypeAliasType("ImageDetail", Literal["auto", "low", "high", "original"])
"""
How closely to look at an image.
"""


class InlineModerationFailure(BaseModel):
    type: Literal["error"]
    code: StrictStr
    message: StrictStr


JsonSchema = TypeAliasType("JsonSchema", dict[str, Any])
"""
A JSON Schema. What it may hold is decided by the server's dialect of JSON Schema.
"""


LogitBiasValue = TypeAliasType("LogitBiasValue", Annotated[StrictInt, Field(ge=-100, le=100)])


MetadataValue = TypeAliasType("MetadataValue", Annotated[StrictStr, Field(max_length=512)])


ModelCapability = TypeAliasType("ModelCapability", Annotated[StrictStr, Field(min_length=1)])
"""
Something that a model can do, such as `chat`, `streaming`, `tools`, `structured_output`, `logprobs`, `vision`, `completions`, `embeddings` or `reasoning`.
"""


ModelId = TypeAliasType(
    "ModelId",
    Annotated[StrictStr, Field(max_length=256, min_length=1, pattern="^[^\\x00]*$")],
)
"""
The id of a model, such as `echo` or `wirecheck/echo`.
"""


class ModelPrice(BaseModel):
    """
    US dollars for a million tokens.
    """

    input_usd_per_million_tokens: Annotated[StrictFloat, Field(ge=0.0)]
    output_usd_per_million_tokens: Annotated[StrictFloat, Field(ge=0.0)]
    cached_input_usd_per_million_tokens: Annotated[StrictFloat | MISSING, Field(ge=0.0)] = MISSING


ModerationCategories = TypeAliasType("ModerationCategories", dict[str, StrictBool])


ModerationInputType = TypeAliasType("ModerationInputType", Literal["text", "image"])


ModerationInputTypes = TypeAliasType("ModerationInputTypes", dict[str, list[ModerationInputType]])


ModerationMode = TypeAliasType("ModerationMode", Literal["score", "block"])
"""
Whether to report what was flagged, or to refuse it.
"""


class ModerationRule(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    mode: ModerationMode


ModerationScores = TypeAliasType("ModerationScores", dict[str, StrictFloat])


class OpenapiInfo(BaseModel):
    title: StrictStr
    version: StrictStr


PromptCacheBreakpointTtl = TypeAliasType("PromptCacheBreakpointTtl", Literal["30m", "12h"])


PromptCacheMode = TypeAliasType("PromptCacheMode", Literal["implicit", "explicit"])
"""
Whether the server sets a breakpoint of its own.
"""


PromptCacheRetention = TypeAliasType("PromptCacheRetention", Literal["in_memory", "24h"])


class PromptTokensDetails(BaseModel):
    audio_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    cache_write_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    cached_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    image_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    text_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING


class ProviderHealth(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    status: HealthStatus
    message: StrictStr | None | MISSING = MISSING
    """
    What is wrong, for people.
    """


ReasoningEffort = TypeAliasType("ReasoningEffort", Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"])


SearchContextSize = TypeAliasType("SearchContextSize", Literal["low", "medium", "high"])


ServiceTier = TypeAliasType("ServiceTier", Literal["auto", "default", "flex", "scale", "priority", "fast"])


SortOrder = TypeAliasType("SortOrder", Literal["asc", "desc"])


StopSequence = TypeAliasType("StopSequence", Annotated[StrictStr, Field(min_length=1)])


StopSequences = TypeAliasType("StopSequences", Annotated[list[StopSequence], Field(max_length=4, min_length=1)])


class StoredCompletionDeleted(BaseModel):
    object: Literal["chat.completion.deleted"]
    id: Annotated[StrictStr, Field(min_length=1)]
    deleted: StrictBool


StoredContentParts = TypeAliasType("StoredContentParts", list[dict[str, Any]])


class StoredMessage(BaseModel):
    """
    A message of a stored chat completion, as it was sent. Text in parts stands in `content_parts`.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    role: Annotated[StrictStr, Field(min_length=1)]
    content: StrictStr | None | MISSING = MISSING
    content_parts: StoredContentParts | None | MISSING = MISSING
    name: StrictStr | None | MISSING = MISSING


class StoredMessageList(BaseModel):
    object: Literal["list"]
    data: list[StoredMessage]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


class StreamOptions(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    include_usage: StrictBool | MISSING = MISSING
    """
    Whether a last chunk, with no choices, tells the usage of the whole request.
    """
    include_obfuscation: StrictBool | MISSING = MISSING
    """
    Whether chunks are padded so that their sizes tell nothing.
    """


TextWithoutNul = TypeAliasType("TextWithoutNul", Annotated[StrictStr, Field(pattern="^[^\\x00]*$")])
"""
Text without null bytes. It may be empty.
"""


UnixTime = TypeAliasType("UnixTime", Annotated[StrictInt, Field(ge=0, le=9999999999)])
"""
Seconds since 1970-01-01T00:00:00Z. The maximum lies in the year 2286; a time in milliseconds is beyond it.
"""


Verbosity = TypeAliasType("Verbosity", Literal["low", "medium", "high"])


VoiceName = TypeAliasType("VoiceName", Annotated[StrictStr, Field(min_length=1)])
"""
The name of a built-in voice, such as `alloy`.
"""


class WebhookAttempt(BaseModel):
    attempted_at: UnixTime
    status_code: Annotated[StrictInt | None, Field(ge=100, le=999)]
    """
    The status that the endpoint answered with; null where it did not answer.
    """
    error: StrictStr | None
    """
    Why there was no answer, such as `timeout`; null where there was one.
    """
    duration_ms: Annotated[StrictInt, Field(ge=0)]


WebhookDeliveryStatus = TypeAliasType("WebhookDeliveryStatus", Literal["pending", "succeeded", "failed"])
"""
Whether a delivery is to be attempted (again), was acknowledged, or was given up.
"""


WebhookDisabledReason = TypeAliasType("WebhookDisabledReason", Literal["gone", "failing", "requested"])
"""
It answered 410 (`gone`), failed too often (`failing`), or somebody asked for it (`requested`).
"""


class WebhookEndpointDeleted(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["webhook_endpoint.deleted"]
    deleted: StrictBool


WebhookEndpointName = TypeAliasType(
    "WebhookEndpointName",
    Annotated[StrictStr, Field(max_length=256, min_length=1, pattern="^[^\\x00]*$")],
)
"""
What people call a webhook endpoint.
"""


WebhookEndpointStatus = TypeAliasType("WebhookEndpointStatus", Literal["enabled", "disabled"])
"""
Whether anything is sent to it.
"""


WebhookEventPattern = TypeAliasType(
    "WebhookEventPattern",
    Annotated[
        StrictStr,
        Field(
            max_length=130,
            min_length=1,
            pattern="^(\\*|[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(\\.\\*)?)$",
        ),
    ],
)
"""
A type of events, all that begin so (`batch.*`), or all that there are (`*`).
"""


WebhookEventPatterns = TypeAliasType(
    "WebhookEventPatterns",
    Annotated[list[WebhookEventPattern], Field(max_length=100, min_length=1)],
)


class WebhookEventTypeList(BaseModel):
    object: Literal["list"]
    data: list[EventType]


class WebhookRotationRequest(BaseModel):
    """
    Unless something is said of it, the secret before is good for nothing from now on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    keep_old_secret_active_for_24_hours: StrictBool | MISSING = MISSING
    """
    Whether the secret before stays good for a day.
    """
    expires_in: Annotated[StrictInt | MISSING, Field(ge=0, le=604800)] = MISSING
    """
    For how many seconds it stays good instead.
    """


class WebhookTestRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event_type: EventType | MISSING = MISSING
    """
    The type of the sample; `webhook_endpoint.test` where none is sent.
    """


class WebhookTestResult(BaseModel):
    """
    What an endpoint answered to a sample.
    """

    object: Literal["webhook_endpoint.test"]
    event_type: EventType
    status_code: Annotated[StrictInt, Field(ge=100, le=599)]
    """
    The status that the endpoint answered with, whatever it was.
    """
    success: StrictBool
    """
    Whether the endpoint answered at all, which is true of every such result.
    """
    webhook_endpoint_id: Annotated[StrictStr, Field(min_length=1)]
    delivery_id: Annotated[StrictStr | MISSING, Field(min_length=1)] = MISSING
    """
    The delivery that the sample was.
    """


WebhookUrl = TypeAliasType(
    "WebhookUrl",
    Annotated[
        StrictStr,
        Field(
            max_length=2048,
            min_length=8,
            pattern='^https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?([/?][!-"$-~]*)?$',
        ),
    ],
)
"""
An absolute URL in ASCII, without a user and without a fragment.
"""


class BatchEvent(BaseModel):
    """
    A batch is over. `data.id` is that of the batch.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["event"]
    created_at: UnixTime
    type: BatchEventType
    data: EventSubject


class ChatAllowedTools(BaseModel):
    """
    Narrows the tools that may be called to those listed.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    mode: ChatAllowedToolsMode
    tools: list[ChatToolReference]


class ChatAllowedToolsChoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["allowed_tools"]
    allowed_tools: ChatAllowedTools


class ChatAnnotation(BaseModel):
    type: Literal["url_citation"]
    url_citation: ChatUrlCitation


class ChatAnnotationParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["url_citation"]
    url_citation: ChatUrlCitationParam


class ChatAudioOptions(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    format: ChatAudioFormat
    voice: VoiceName | CustomVoice
    """
    The name of a built-in voice, or the id of one of the caller's own.
    """


class ChatAudioOutput(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    data: Annotated[StrictStr, Field(json_schema_extra={"contentEncoding": "base64"})]
    """
    The sound, in Base64.
    """
    expires_at: UnixTime
    transcript: StrictStr


class ChatCompletionMessage(BaseModel):
    """
    What the model said.
    """

    role: Literal["assistant"]
    content: StrictStr | None
    refusal: StrictStr | None | MISSING = MISSING
    """
    Why the model refuses to answer.
    """
    tool_calls: list[ChatToolCall] | None | MISSING = MISSING
    function_call: ChatFunctionCall | None | MISSING = MISSING
    """
    Superseded by `tool_calls`.
    """
    annotations: list[ChatAnnotation] | None | MISSING = MISSING
    audio: ChatAudioOutput | None | MISSING = MISSING


class ChatCustomCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    input: StrictStr


class ChatCustomToolCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["custom"]
    custom: ChatCustomCallParam


class ChatFunctionCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    arguments: StrictStr
    """
    A JSON object, as the model wrote it.
    """


class ChatFunctionDefinition(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: TextWithoutNul | MISSING = MISSING
    parameters: JsonSchema | MISSING = MISSING
    strict: StrictBool | None | MISSING = MISSING
    """
    Whether the arguments must follow `parameters` to the letter.
    """


class ChatFunctionMessage(BaseModel):
    """
    What a function answered. Superseded by the role `tool`.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["function"]
    content: TextWithoutNul | None
    name: FunctionIdentifier


class ChatFunctionName(BaseModel):
    """
    Names one function.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier


class ChatFunctionTool(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["function"]
    function: ChatFunctionDefinition


class ChatFunctionToolCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["function"]
    function: ChatFunctionCallParam


class ChatGrammar(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    definition: Annotated[StrictStr, Field(min_length=1)]
    syntax: GrammarSyntax


class ChatImageUrl(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: Annotated[StrictStr, Field(min_length=1, pattern="^[^\\x00]*$")]
    """
    Where the image is, or the image itself as a `data:` URL.
    """
    detail: ImageDetail | MISSING = MISSING


class ChatInputAudio(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    data: Annotated[StrictStr, Field(json_schema_extra={"contentEncoding": "base64"}, min_length=1)]
    """
    The sound, in Base64.
    """
    format: ChatInputAudioFormat


class ChatLegacyFunction(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: TextWithoutNul | MISSING = MISSING
    parameters: JsonSchema | MISSING = MISSING


class ChatNamedCustomChoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["custom"]
    custom: ChatFunctionName


class ChatNamedFunctionChoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["function"]
    function: ChatFunctionName


class ChatNamedJsonSchema(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: TextWithoutNul | MISSING = MISSING
    schema_: Annotated[JsonSchema | MISSING, Field(alias="schema")] = MISSING
    strict: StrictBool | None | MISSING = MISSING
    """
    Whether the answer must follow the schema to the letter.
    """


ChatNamedToolChoice = TypeAliasType(
    "ChatNamedToolChoice",
    Annotated[
        ChatNamedFunctionChoice | ChatNamedCustomChoice | ChatAllowedToolsChoice,
        Field(discriminator="type"),
    ],
)
"""
One tool that must be called, or those that may be. `type` says which kind.
"""


class ChatPromptCacheOptions(BaseModel):
    """
    How the prompt is cached.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    mode: PromptCacheMode | MISSING = MISSING
    ttl: Literal["30m"] | MISSING = MISSING
    """
    The shortest lifetime of what is cached.
    """


class ChatRefusalPart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["refusal"]
    refusal: TextWithoutNul


class ChatResponseFormatJsonSchema(BaseModel):
    """
    The content is a JSON document that the schema accepts.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["json_schema"]
    json_schema: ChatNamedJsonSchema


class ChatTokenLogprob(BaseModel):
    token: StrictStr
    logprob: StrictFloat
    bytes: list[Byte] | None | MISSING = MISSING
    """
    The token in UTF-8. A character may be spread over several tokens.
    """
    top_logprobs: list[ChatTopLogprob]


class ChatToolCallDelta(BaseModel):
    """
    What a chunk adds to the tool call of that index. The first one of a call holds its `id`, `type` and name.
    """

    index: Annotated[StrictInt, Field(ge=0)]
    id: StrictStr | None | MISSING = MISSING
    type: ChatToolType | None | MISSING = MISSING
    function: ChatFunctionCallDelta | None | MISSING = MISSING
    custom: ChatCustomCallDelta | None | MISSING = MISSING


ChatToolCallParam = TypeAliasType(
    "ChatToolCallParam",
    Annotated[ChatFunctionToolCallParam | ChatCustomToolCallParam, Field(discriminator="type")],
)
"""
A call that the model made. `type` says which kind.
"""


ChatToolChoice = TypeAliasType("ChatToolChoice", ChatToolChoiceMode | ChatNamedToolChoice)
"""
Which tool to call. Anything but `none` and `auto` needs `tools`.
"""


class ChatWebSearchOptions(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    search_context_size: SearchContextSize | MISSING = MISSING
    user_location: ChatUserLocation | None | MISSING = MISSING


class CompletionLogprobs(BaseModel):
    """
    Lists of one length, an item for each token of the text.
    """

    tokens: list[StrictStr] | None | MISSING = MISSING
    token_logprobs: list[StrictFloat | None] | None | MISSING = MISSING
    """
    Natural logarithms. Null for the first token of a prompt that is echoed, which nothing stands before.
    """
    top_logprobs: list[CompletionTopLogprobs | None] | None | MISSING = MISSING
    """
    The likeliest tokens in each place. Null where there is no log probability either.
    """
    text_offset: list[TextOffsetItem] | None | MISSING = MISSING
    """
    Where each token begins, in characters.
    """


Prompt = TypeAliasType("Prompt", Annotated[list[TextWithoutNul], Field(min_length=1)])
"""
What is to be continued: a text, texts, a text in tokens, or texts in tokens. Null stands for the beginning of a new document.
"""


Prompt1 = TypeAliasType("Prompt1", Annotated[list[CompletionTokens], Field(min_length=1)])
"""
What is to be continued: a text, texts, a text in tokens, or texts in tokens. Null stands for the beginning of a new document.
"""


class CompletionUsage(BaseModel):
    prompt_tokens: Annotated[StrictInt, Field(ge=0)]
    completion_tokens: Annotated[StrictInt, Field(ge=0)]
    total_tokens: Annotated[StrictInt, Field(ge=0)]
    prompt_tokens_details: PromptTokensDetails | None | MISSING = MISSING
    completion_tokens_details: CompletionTokensDetails | None | MISSING = MISSING
    cost_usd: Annotated[StrictFloat | MISSING, Field(ge=0.0)] = MISSING
    """
    What the request cost, in US dollars: the sum of its tokens times the prices that its model has.
    """


ConversationAnnotation = TypeAliasType(
    "ConversationAnnotation",
    Annotated[
        ConversationFileCitation | ConversationUrlCitation | ConversationContainerFileCitation | ConversationFilePath,
        Field(discriminator="type"),
    ],
)
"""
What a text refers to. `type` says which kind.
"""


class ConversationFunctionCall(BaseModel):
    """
    An item of a conversation that is a call of a function.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["function_call"]
    status: ConversationItemStatus
    call_id: StrictStr
    name: StrictStr
    arguments: StrictStr
    namespace: StrictStr | None | MISSING = MISSING
    async_: Annotated[StrictBool | None | MISSING, Field(alias="async")] = MISSING
    caller: ConversationKeptCaller | None | MISSING = MISSING
    created_by: StrictStr | None | MISSING = MISSING


class ConversationLogprob(BaseModel):
    """
    How likely a token of a text was.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    token: StrictStr
    bytes: list[Byte]
    logprob: StrictFloat
    top_logprobs: list[ConversationTopLogprob]


class ConversationMessage(BaseModel):
    """
    An item of a conversation that is a message.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["message"]
    role: ConversationMessageRole
    status: ConversationItemStatus
    content: list[ConversationPart]
    phase: ConversationPhase | None | MISSING = MISSING


class ConversationNewReasoningText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["reasoning_text"]
    text: TextWithoutNul


class ConversationNewSummaryText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["summary_text"]
    text: TextWithoutNul


ConversationOutput = TypeAliasType("ConversationOutput", StrictStr | ConversationParts)
"""
What a function gave back, as text or in parts.
"""


class ConversationOutputText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["output_text"]
    text: TextWithoutNul
    annotations: list[ConversationAnnotation] | MISSING = MISSING
    logprobs: list[ConversationLogprob] | MISSING = MISSING


class ConversationProgramCaller(BaseModel):
    """
    A program that the model wrote.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["program"]
    caller_id: TextWithoutNul


class ConversationReasoning(BaseModel):
    """
    An item of a conversation that is what a model thought.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["reasoning"]
    summary: list[ConversationReasoningPart]
    content: list[ConversationReasoningPart] | None | MISSING = MISSING
    encrypted_content: StrictStr | None | MISSING = MISSING
    """
    Servers may tell it on demand only.
    """
    status: ConversationItemStatus | None | MISSING = MISSING


class ConversationRefusal(BaseModel):
    """
    What a model said in the place of an answer.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["refusal"]
    refusal: TextWithoutNul


class Embedding(BaseModel):
    object: Literal["embedding"]
    index: Annotated[StrictInt, Field(ge=0)]
    """
    The place of the vector, and of its input, from 0.
    """
    embedding: EmbeddingVector


class EmbeddingList(BaseModel):
    """
    One vector for each input, in the order of the inputs.
    """

    object: Literal["list"]
    data: list[Embedding]
    model: Annotated[StrictStr, Field(min_length=1)]
    """
    The model that made the vectors.
    """
    usage: EmbeddingUsage


EmbeddingTokenLists = TypeAliasType(
    "EmbeddingTokenLists",
    Annotated[list[EmbeddingTokens], Field(max_length=2048, min_length=1)],
)


class ErrorBody(BaseModel):
    message: Annotated[StrictStr, Field(min_length=1)]
    """
    What is wrong, for people.
    """
    type: Annotated[
        StrictStr,
        Field(
            min_length=1,
            pattern="^($|[^N]|N$|N[^o]|No$|No[^n]|Non$|Non[^e]|None[^\\x00])",
        ),
    ]
    """
    The class of the error. One of `invalid_request_error`, `authentication_error`, `permission_error`, `not_found_error`, `conflict_error`, `rate_limit_error` and `server_error`, or a class of the server's own.
    """
    param: Annotated[
        StrictStr | None,
        Field(pattern="^($|[^N]|N$|N[^o]|No$|No[^n]|Non$|Non[^e]|None[^\\x00])"),
    ]
    """
    The field at fault as a dotted path, such as `messages.0.role`. Null, never the text "None", when no field is.
    """
    code: Annotated[
        StrictStr | None,
        Field(pattern="^($|[^N]|N$|N[^o]|No$|No[^n]|Non$|Non[^e]|None[^\\x00])"),
    ]
    """
    The error for machines, such as `model_not_found`. Null, never the text "None", when there is none.
    """
    details: ErrorDetails | MISSING = MISSING


class ErrorResponse(BaseModel):
    """
    The one envelope of every error, on every route, also as the last event of a stream that failed.
    """

    error: ErrorBody
    request_id: Annotated[StrictStr | MISSING, Field(min_length=1)] = MISSING
    """
    The value of the header `x-request-id`.
    """


class Event(BaseModel):
    """
    Something that happened, as it is told and as it is delivered.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["event"]
    created_at: UnixTime
    type: EventType
    data: EventData


class EventCreateRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event_id: Annotated[
        StrictStr | MISSING,
        Field(max_length=64, min_length=1, pattern="^[A-Za-z0-9_.:-]+$"),
    ] = MISSING
    """
    What tells an event that is told of again from another; without it the server makes an id, and each request tells of another event.
    """
    event_type: EventType
    """
    Not one of those that begin with `batch.`, `file.`, `response.` or `webhook_endpoint.`, which the server makes itself.
    """
    event_data: EventData


class EventList(BaseModel):
    object: Literal["list"]
    data: list[Event]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


class File(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["file"]
    bytes: Annotated[StrictInt, Field(ge=0)]
    """
    The size of the content.
    """
    created_at: UnixTime
    expires_at: UnixTime | None | MISSING = MISSING
    """
    When the file is gone; null for one that stays until it is deleted.
    """
    filename: StrictStr
    """
    The name that was sent with the content.
    """
    purpose: Annotated[StrictStr, Field(min_length=1)]
    """
    What the file is for: one of FilePurpose, or of what servers make themselves, such as `batch_output`.
    """
    status: FileStatus | MISSING = MISSING
    status_details: StrictStr | None | MISSING = MISSING
    """
    Deprecated; why a file is in the status `error`.
    """


class FileEvent(BaseModel):
    """
    There is a file, or it is gone. `data.id` is that of the file.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["event"]
    created_at: UnixTime
    type: FileEventType
    data: EventSubject


class FileList(BaseModel):
    object: Literal["list"]
    data: list[File]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


class Health(BaseModel):
    status: HealthStatus
    version: Annotated[StrictStr | MISSING, Field(min_length=1)] = MISSING
    """
    The version of the server.
    """
    uptime_seconds: Annotated[StrictFloat | MISSING, Field(ge=0.0)] = MISSING
    active_requests: Annotated[StrictInt | MISSING, Field(ge=0)] = MISSING
    """
    How many requests the server works on, this one left out.
    """
    providers: list[ProviderHealth] | MISSING = MISSING


class InlineModerationResult(BaseModel):
    type: Literal["moderation_result"]
    model: StrictStr
    flagged: StrictBool
    categories: ModerationCategories
    category_scores: ModerationScores
    category_applied_input_types: ModerationInputTypes


LogitBias = TypeAliasType("LogitBias", dict[str, LogitBiasValue])


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


class Model(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    """
    It may hold slashes, as in `wirecheck/echo`.
    """
    object: Literal["model"]
    created: UnixTime
    owned_by: StrictStr
    provider: Annotated[StrictStr | MISSING, Field(min_length=1)] = MISSING
    """
    The id of the provider that serves the model.
    """
    context_window: Annotated[StrictInt | MISSING, Field(ge=1)] = MISSING
    """
    The most tokens that prompt and answer may have together.
    """
    max_output_tokens: Annotated[StrictInt | MISSING, Field(ge=1)] = MISSING
    """
    The most tokens that one choice may have.
    """
    capabilities: list[ModelCapability] | MISSING = MISSING
    price: ModelPrice | MISSING = MISSING
    shutdown_date: StrictStr | None | MISSING = MISSING
    """
    The date, as YYYY-MM-DD, after which the model is gone.
    """


class ModelList(BaseModel):
    object: Literal["list"]
    data: list[Model]
    has_more: StrictBool | MISSING = MISSING
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING


class ModerationPolicy(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    input: ModerationRule | None | MISSING = MISSING
    output: ModerationRule | None | MISSING = MISSING


class OpenapiDocument(BaseModel):
    """
    An OpenAPI document. Its own specification says what it may hold.
    """

    openapi: Annotated[StrictStr, Field(pattern="^3[.][0-9]+[.][0-9]+")]
    info: OpenapiInfo


class PromptCacheBreakpoint(BaseModel):
    """
    The prompt up to the end of this part is worth caching.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    mode: Literal["explicit"]
    ttl: PromptCacheBreakpointTtl | MISSING = MISSING


class StoredCompletionChange(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    metadata: Metadata | None


class WebhookDelivery(BaseModel):
    """
    An event on its way to a webhook endpoint.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["webhook_delivery"]
    created_at: UnixTime
    endpoint_id: Annotated[StrictStr, Field(min_length=1)]
    event_id: Annotated[StrictStr, Field(min_length=1)]
    """
    The id of the event, which is the `webhook-id` of every attempt.
    """
    event_type: EventType
    status: WebhookDeliveryStatus
    next_attempt_at: UnixTime | None
    """
    When it is attempted next; null once it is over.
    """
    attempts: list[WebhookAttempt]
    """
    What was attempted, the earliest first.
    """


class WebhookDeliveryList(BaseModel):
    object: Literal["list"]
    data: list[WebhookDelivery]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


class WebhookEndpoint(BaseModel):
    """
    An address that events are delivered to.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["webhook_endpoint"]
    created_at: UnixTime
    updated_at: UnixTime | None | MISSING = MISSING
    """
    When it, or its secret, was changed last.
    """
    name: StrictStr
    """
    What people call it; the host of its URL, where none was given.
    """
    url: Annotated[StrictStr, Field(min_length=1)]
    """
    Where deliveries are sent.
    """
    event_types: list[WebhookEventPattern]
    """
    The types of events that are delivered to it.
    """
    description: StrictStr | None | MISSING = MISSING
    metadata: Metadata | None | MISSING = MISSING
    status: WebhookEndpointStatus | MISSING = MISSING
    disabled_reason: WebhookDisabledReason | None | MISSING = MISSING
    """
    Why nothing is sent to it; null as long as it is `enabled`.
    """
    signing_secret_hint: StrictStr | None | MISSING = MISSING
    """
    The end of its secret, to tell one from another.
    """
    previous_secret_expires_at: UnixTime | None | MISSING = MISSING
    """
    Up to when deliveries are signed with the secret before this one too; null where they are not.
    """


class WebhookEndpointChange(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: WebhookUrl | MISSING = MISSING
    name: WebhookEndpointName | MISSING = MISSING
    event_types: WebhookEventPatterns | None | MISSING = MISSING
    """
    The types of events to deliver; all of them, where this is null.
    """
    description: Annotated[StrictStr | None | MISSING, Field(max_length=1024, pattern="^[^\\x00]*$")] = MISSING
    metadata: Metadata | None | MISSING = MISSING
    status: WebhookEndpointStatus | MISSING = MISSING


class WebhookEndpointCreateRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: WebhookUrl
    name: WebhookEndpointName | MISSING = MISSING
    event_types: WebhookEventPatterns | None | MISSING = MISSING
    """
    The types of events to deliver; all of them, where this is null or not sent.
    """
    description: Annotated[StrictStr | None | MISSING, Field(max_length=1024, pattern="^[^\\x00]*$")] = MISSING
    metadata: Metadata | None | MISSING = MISSING


class WebhookEndpointList(BaseModel):
    object: Literal["list"]
    data: list[WebhookEndpoint]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


class WebhookEndpointWithSecret(BaseModel):
    """
    A webhook endpoint with its secret, which is told once.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["webhook_endpoint"]
    created_at: UnixTime
    updated_at: UnixTime | None | MISSING = MISSING
    """
    When it, or its secret, was changed last.
    """
    signing_secret: Annotated[StrictStr, Field(pattern="^whsec_[A-Za-z0-9+/]+={0,2}$")]
    """
    `whsec_` and the secret in Base64.
    """
    name: StrictStr
    """
    What people call it; the host of its URL, where none was given.
    """
    url: Annotated[StrictStr, Field(min_length=1)]
    """
    Where deliveries are sent.
    """
    event_types: list[WebhookEventPattern]
    """
    The types of events that are delivered to it.
    """
    description: StrictStr | None | MISSING = MISSING
    metadata: Metadata | None | MISSING = MISSING
    status: WebhookEndpointStatus | MISSING = MISSING
    disabled_reason: WebhookDisabledReason | None | MISSING = MISSING
    """
    Why nothing is sent to it; null as long as it is `enabled`.
    """
    signing_secret_hint: StrictStr | None | MISSING = MISSING
    """
    The end of its secret, to tell one from another.
    """
    previous_secret_expires_at: UnixTime | None | MISSING = MISSING
    """
    Up to when deliveries are signed with the secret before this one too; null where they are not.
    """


class Batch(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["batch"]
    endpoint: Annotated[StrictStr, Field(min_length=1)]
    """
    The operation that each line is a request for; servers have others than BatchEndpoint.
    """
    model: StrictStr | None | MISSING = MISSING
    """
    The model of its lines.
    """
    errors: BatchErrors | None | MISSING = MISSING
    """
    What is wrong with the input file.
    """
    input_file_id: Annotated[StrictStr, Field(min_length=1)]
    completion_window: Annotated[StrictStr, Field(min_length=1)]
    """
    The time in which it is to be done, such as `24h`.
    """
    status: BatchStatus
    output_file_id: StrictStr | None | MISSING = MISSING
    """
    The file of the answers; null as long as there is none.
    """
    error_file_id: StrictStr | None | MISSING = MISSING
    """
    The file of the requests that were not answered with a success; null where there is none.
    """
    created_at: UnixTime
    in_progress_at: UnixTime | None | MISSING = MISSING
    """
    When its lines were begun with.
    """
    expires_at: UnixTime | None | MISSING = MISSING
    """
    When what is not done by then is given up.
    """
    finalizing_at: UnixTime | None | MISSING = MISSING
    """
    When its last line was done.
    """
    completed_at: UnixTime | None | MISSING = MISSING
    """
    When its files were whole.
    """
    failed_at: UnixTime | None | MISSING = MISSING
    """
    When its input file was found to be of no use.
    """
    expired_at: UnixTime | None | MISSING = MISSING
    """
    When its time was over.
    """
    cancelling_at: UnixTime | None | MISSING = MISSING
    """
    When somebody asked for its end.
    """
    cancelled_at: UnixTime | None | MISSING = MISSING
    """
    When it had ended because somebody asked for that.
    """
    request_counts: BatchRequestCounts | None | MISSING = MISSING
    usage: BatchUsage | None | MISSING = MISSING
    metadata: Metadata | None | MISSING = MISSING


class BatchCreateRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    input_file_id: Annotated[StrictStr, Field(max_length=256, min_length=1)]
    """
    A file of the purpose `batch`, a request a line.
    """
    endpoint: BatchEndpoint
    completion_window: BatchCompletionWindow
    metadata: Metadata | None | MISSING = MISSING
    output_expires_after: BatchOutputExpiry | MISSING = MISSING


class BatchList(BaseModel):
    object: Literal["list"]
    data: list[Batch]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


class ChatCustomFormatGrammar(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["grammar"]
    grammar: ChatGrammar


class ChatDelta(BaseModel):
    """
    What a chunk adds to the message of its choice.
    """

    role: Literal["assistant"] | None | MISSING = MISSING
    """
    In the first delta of a choice; null or absent later.
    """
    content: StrictStr | None | MISSING = MISSING
    refusal: StrictStr | None | MISSING = MISSING
    tool_calls: list[ChatToolCallDelta] | None | MISSING = MISSING
    function_call: ChatFunctionCallDelta | None | MISSING = MISSING
    """
    Superseded by `tool_calls`.
    """
    audio: ChatAudioDelta | None | MISSING = MISSING


class ChatFilePart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["file"]
    file: ChatFileInput
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


class ChatImagePart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["image_url"]
    image_url: ChatImageUrl
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


class ChatInputAudioPart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["input_audio"]
    input_audio: ChatInputAudio
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


class ChatLogprobs(BaseModel):
    content: list[ChatTokenLogprob] | None | MISSING = MISSING
    refusal: list[ChatTokenLogprob] | None | MISSING = MISSING


class ChatModerationResults(BaseModel):
    type: Literal["moderation_results"]
    model: StrictStr
    results: list[InlineModerationResult]


ChatResponseFormat = TypeAliasType(
    "ChatResponseFormat",
    Annotated[
        ChatResponseFormatText | ChatResponseFormatJsonObject | ChatResponseFormatJsonSchema,
        Field(discriminator="type"),
    ],
)
"""
What the content of the answer must be. `type` says which kind.
"""


class ChatTextPart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["text"]
    text: TextWithoutNul
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


ChatTextParts = TypeAliasType("ChatTextParts", Annotated[list[ChatTextPart], Field(min_length=1)])


ChatUserContentPart = TypeAliasType(
    "ChatUserContentPart",
    Annotated[
        ChatTextPart | ChatImagePart | ChatInputAudioPart | ChatFilePart,
        Field(discriminator="type"),
    ],
)
"""
A part of what the user said or showed. `type` says which kind.
"""


ChatUserContentParts = TypeAliasType("ChatUserContentParts", Annotated[list[ChatUserContentPart], Field(min_length=1)])


class CompletionChoice(BaseModel):
    index: Annotated[StrictInt, Field(ge=0)]
    """
    The place of its prompt, times `n`, and its own place among the choices of that prompt.
    """
    text: StrictStr
    finish_reason: CompletionFinishReason
    logprobs: CompletionLogprobs | None | MISSING = MISSING


class CompletionChunkChoice(BaseModel):
    index: Annotated[StrictInt, Field(ge=0)]
    text: StrictStr
    finish_reason: CompletionFinishReason | None
    """
    Null in every chunk of a choice but its last.
    """
    logprobs: CompletionLogprobs | None | MISSING = MISSING


class CompletionRequest(Conditional):
    """
    Texts, and how the model is to go on with each of them.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    model: ModelId
    prompt: TextWithoutNul | Prompt | CompletionTokens | Prompt1 | None
    """
    What is to be continued: a text, texts, a text in tokens, or texts in tokens. Null stands for the beginning of a new document.
    """
    best_of: Annotated[StrictInt | None | MISSING, Field(ge=0, le=20)] = MISSING
    """
    How many candidates are made for each prompt; the `n` best of them are told. At least `n`, 1 when absent. Above 1 they cannot be streamed.
    """
    echo: StrictBool | None | MISSING = MISSING
    """
    Whether each text begins with its prompt. False when absent.
    """
    frequency_penalty: Annotated[StrictFloat | None | MISSING, Field(ge=-2.0, le=2.0)] = MISSING
    """
    Positive values make a token less likely the more often it has been used. 0 when absent.
    """
    logit_bias: LogitBias | None | MISSING = MISSING
    """
    Token ids, as decimal strings, and what to add to their logits.
    """
    logprobs: Annotated[StrictInt | None | MISSING, Field(ge=0, le=5)] = MISSING
    """
    Tells the log probability of each token, and those of so many of the likeliest tokens in its place.
    """
    max_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    """
    The most tokens that one choice may have beside its prompt. 16 when absent.
    """
    n: Annotated[StrictInt | None | MISSING, Field(ge=1, le=128)] = MISSING
    """
    How many choices to answer each prompt with. 1 when absent.
    """
    presence_penalty: Annotated[StrictFloat | None | MISSING, Field(ge=-2.0, le=2.0)] = MISSING
    """
    Positive values make a token less likely once it has been used. 0 when absent.
    """
    seed: Annotated[
        StrictInt | None | MISSING,
        Field(ge=-9223372036854775808, le=9223372036854775807),
    ] = MISSING
    """
    The same seed and the same request should give the same answer.
    """
    stop: StopSequence | StopSequences | None | MISSING = MISSING
    """
    Where to stop. The answer never holds the stop sequence.
    """
    stream: StrictBool | None | MISSING = MISSING
    """
    Whether to answer with a stream of chunks. False when absent.
    """
    stream_options: StreamOptions | None | MISSING = MISSING
    """
    Only with `stream` set to true.
    """
    suffix: TextWithoutNul | None | MISSING = MISSING
    """
    What comes after the text that is inserted behind the prompt.
    """
    temperature: Annotated[StrictFloat | None | MISSING, Field(ge=0.0, le=2.0)] = MISSING
    """
    The spread of sampling. 0 is the most likely token each time; 1 when absent.
    """
    top_p: Annotated[StrictFloat | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING
    """
    Sample only from the likeliest tokens that hold this share of the probability. 1 when absent.
    """
    user: StrictStr | MISSING = MISSING
    """
    A stable id of the end user.
    """


class Conversation(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["conversation"]
    created_at: UnixTime
    metadata: Metadata | None


ConversationCaller = TypeAliasType(
    "ConversationCaller",
    Annotated[
        ConversationDirectCaller | ConversationProgramCaller,
        Field(discriminator="type"),
    ],
)
"""
Who calls a function. `type` says which kind.
"""


class ConversationChange(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    metadata: Metadata | None


class ConversationFunctionCallOutput(BaseModel):
    """
    An item of a conversation that is what the call of a function gave back.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["function_call_output"]
    status: ConversationItemStatus
    call_id: StrictStr | None | MISSING = MISSING
    output: ConversationOutput
    name: StrictStr | None | MISSING = MISSING
    namespace: StrictStr | None | MISSING = MISSING
    caller: ConversationKeptCaller | None | MISSING = MISSING
    created_by: StrictStr | None | MISSING = MISSING


class ConversationInputFile(BaseModel):
    """
    A file, by the id of an upload, by its content, or by where it is. It is kept, and not fetched.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["input_file"]
    file_id: TextWithoutNul | None | MISSING = MISSING
    file_data: TextWithoutNul | None | MISSING = MISSING
    """
    The content, in Base64.
    """
    file_url: TextWithoutNul | None | MISSING = MISSING
    filename: TextWithoutNul | None | MISSING = MISSING
    detail: ConversationFileDetail | MISSING = MISSING
    prompt_cache_breakpoint: PromptCacheBreakpoint | None | MISSING = MISSING


class ConversationInputImage(BaseModel):
    """
    An image, by where it is, as a `data:` URL, or by the id of an uploaded file. It is kept, and not fetched.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["input_image"]
    image_url: TextWithoutNul | None | MISSING = MISSING
    file_id: TextWithoutNul | None | MISSING = MISSING
    detail: ImageDetail | None | MISSING = MISSING
    """
    `auto`, where it is not sent.
    """
    prompt_cache_breakpoint: PromptCacheBreakpoint | None | MISSING = MISSING


class ConversationInputText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["input_text"]
    text: TextWithoutNul
    prompt_cache_breakpoint: PromptCacheBreakpoint | None | MISSING = MISSING


class ConversationList(BaseModel):
    object: Literal["list"]
    data: list[Conversation]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


ConversationNamedItem = TypeAliasType(
    "ConversationNamedItem",
    Annotated[
        ConversationMessage | ConversationFunctionCall | ConversationFunctionCallOutput | ConversationReasoning,
        Field(discriminator="type"),
    ],
)
"""
An item of a kind that the contract names. `type` says which kind.
"""


class ConversationNewFunctionCall(BaseModel):
    """
    A call of a function that a model wants made, to add to a conversation.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["function_call"]
    call_id: TextWithoutNul
    """
    What the output of the function names.
    """
    name: TextWithoutNul
    arguments: TextWithoutNul
    """
    As the model wrote them, JSON as a rule.
    """
    id: StrictStr | None | MISSING = MISSING
    """
    Not looked at.
    """
    status: ConversationItemStatus | MISSING = MISSING
    namespace: TextWithoutNul | MISSING = MISSING
    async_: Annotated[StrictBool | MISSING, Field(alias="async")] = MISSING
    caller: ConversationCaller | None | MISSING = MISSING


ConversationNewPart = TypeAliasType(
    "ConversationNewPart",
    Annotated[
        ConversationInputText
        | ConversationOutputText
        | ConversationRefusal
        | ConversationInputImage
        | ConversationInputFile,
        Field(discriminator="type"),
    ],
)
"""
A part of a new message. `type` says which kind.
"""


ConversationNewParts = TypeAliasType("ConversationNewParts", list[ConversationNewPart])


class ConversationNewReasoning(BaseModel):
    """
    What a model thought, to add to a conversation.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["reasoning"]
    summary: list[ConversationNewSummaryText]
    content: list[ConversationNewReasoningText] | MISSING = MISSING
    encrypted_content: TextWithoutNul | None | MISSING = MISSING
    id: StrictStr | None | MISSING = MISSING
    """
    Not looked at.
    """
    status: ConversationItemStatus | MISSING = MISSING


EmbeddingInput = TypeAliasType("EmbeddingInput", EmbeddingText | EmbeddingTexts | EmbeddingTokens | EmbeddingTokenLists)
"""
One text or one list of tokens, or a list of either.
"""


class EmbeddingRequest(BaseModel):
    """
    What is to be embedded, and in which form the vectors are wanted.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    input: EmbeddingInput
    model: ModelId
    dimensions: Annotated[StrictInt | None | MISSING, Field(ge=1)] = MISSING
    """
    How many numbers a vector is to have. The model's own length when absent.
    """
    encoding_format: EmbeddingEncodingFormat | None | MISSING = MISSING
    """
    The form of the vectors. `float` when absent.
    """
    user: StrictStr | None | MISSING = MISSING
    """
    A stable id of the end user.
    """


class ModerationOptions(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    model: ModelId
    policy: ModerationPolicy | None | MISSING = MISSING


ChatAssistantContentPart = TypeAliasType(
    "ChatAssistantContentPart",
    Annotated[ChatTextPart | ChatRefusalPart, Field(discriminator="type")],
)
"""
A part of what the model said. `type` says which kind.
"""


ChatAssistantContentParts = TypeAliasType(
    "ChatAssistantContentParts",
    Annotated[list[ChatAssistantContentPart], Field(min_length=1)],
)


class ChatChoice(BaseModel):
    index: Annotated[StrictInt, Field(ge=0)]
    message: ChatCompletionMessage
    finish_reason: ChatFinishReason
    logprobs: ChatLogprobs | None | MISSING = MISSING


class ChatChunkChoice(BaseModel):
    index: Annotated[StrictInt, Field(ge=0)]
    delta: ChatDelta
    finish_reason: ChatFinishReason | None
    """
    Null in every chunk of a choice but its last.
    """
    logprobs: ChatLogprobs | None | MISSING = MISSING


ChatCustomFormat = TypeAliasType(
    "ChatCustomFormat",
    Annotated[ChatCustomFormatText | ChatCustomFormatGrammar, Field(discriminator="type")],
)
"""
What the input of a custom tool looks like. `type` says which kind.
"""


ChatModerationOutcome = TypeAliasType(
    "ChatModerationOutcome",
    Annotated[ChatModerationResults | InlineModerationFailure, Field(discriminator="type")],
)
"""
What the moderation model found, or why it found nothing. `type` says which.
"""


class ChatModerationReport(BaseModel):
    input: ChatModerationOutcome
    output: ChatModerationOutcome


ChatTextContent = TypeAliasType("ChatTextContent", TextWithoutNul | ChatTextParts)
"""
Text, whole or in parts.
"""


class ChatToolMessage(BaseModel):
    """
    What a tool answered.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["tool"]
    content: ChatTextContent
    tool_call_id: Annotated[StrictStr, Field(min_length=1)]
    """
    The `id` of the call that this answers.
    """


ChatUserContent = TypeAliasType("ChatUserContent", TextWithoutNul | ChatUserContentParts)
"""
Text, or parts of several kinds.
"""


class ChatUserMessage(BaseModel):
    """
    What the end user said or showed.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["user"]
    content: ChatUserContent
    name: ChatParticipantName | MISSING = MISSING


class Completion(BaseModel):
    """
    The continuations of all prompts, whole.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["text_completion"]
    created: UnixTime
    model: Annotated[StrictStr, Field(min_length=1)]
    choices: Annotated[list[CompletionChoice], Field(min_length=1)]
    """
    So many as there are prompts, times `n`; those of the first prompt first.
    """
    usage: CompletionUsage
    system_fingerprint: StrictStr | None | MISSING = MISSING
    """
    Changes when the same seed may give another answer.
    """


class CompletionChunk(BaseModel):
    """
    A piece of the continuations, as one event of a stream.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["text_completion"]
    created: UnixTime
    model: Annotated[StrictStr, Field(min_length=1)]
    choices: list[CompletionChunkChoice]
    """
    Empty in a chunk that only tells the usage.
    """
    usage: CompletionUsage | None | MISSING = MISSING
    system_fingerprint: StrictStr | None | MISSING = MISSING
    obfuscation: StrictStr | MISSING = MISSING
    """
    Padding, so that the size of a chunk tells nothing.
    """


ConversationInputPart = TypeAliasType(
    "ConversationInputPart",
    Annotated[
        ConversationInputText | ConversationInputImage | ConversationInputFile,
        Field(discriminator="type"),
    ],
)
"""
A part of what a function gave back. `type` says which kind.
"""


ConversationInputParts = TypeAliasType("ConversationInputParts", list[ConversationInputPart])


ConversationItem = TypeAliasType("ConversationItem", ConversationNamedItem | ConversationOtherItem)
"""
An item of a conversation. What its `type` names is held to that kind's schema; servers may have kinds of their own, of which the contract asks for an `id` and a `type` alone.
"""


class ConversationItemList(BaseModel):
    object: Literal["list"]
    data: list[ConversationItem]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


ConversationNewContent = TypeAliasType("ConversationNewContent", TextWithoutNul | ConversationNewParts)
"""
What a message says and shows, as text or in parts.
"""


class ConversationNewMessage(BaseModel):
    """
    A message to add to a conversation. It may be one that was read from another: it gets an `id` of its own all the same.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["message"] | MISSING = MISSING
    role: ConversationRole
    content: ConversationNewContent
    id: StrictStr | None | MISSING = MISSING
    """
    Not looked at.
    """
    status: ConversationItemStatus | MISSING = MISSING
    phase: ConversationPhase | None | MISSING = MISSING


ConversationNewOutput = TypeAliasType("ConversationNewOutput", TextWithoutNul | ConversationInputParts)
"""
What a function gave back, as text or in parts.
"""


ChatAssistantContent = TypeAliasType("ChatAssistantContent", TextWithoutNul | ChatAssistantContentParts)
"""
Text, or parts of text and refusal.
"""


class ChatAssistantMessage(Conditional):
    """
    What the model said earlier. A message of an answer may be sent back as it came, with the fields that only answers have. `content` may be left out only beside a tool call, a function call, a refusal or audio.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["assistant"]
    content: ChatAssistantContent | None | MISSING = MISSING
    refusal: TextWithoutNul | None | MISSING = MISSING
    name: ChatParticipantName | MISSING = MISSING
    audio: ChatEchoedAudio | None | MISSING = MISSING
    tool_calls: list[ChatToolCallParam] | None | MISSING = MISSING
    """
    Calls that the model made. Each needs an answer in a message of the role `tool`.
    """
    function_call: ChatFunctionCallParam | None | MISSING = MISSING
    """
    The call that the model made. Superseded by `tool_calls`.
    """
    annotations: list[ChatAnnotationParam] | None | MISSING = MISSING
    """
    Sent back as it came.
    """


class ChatCompletion(BaseModel):
    """
    A whole answer.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["chat.completion"]
    created: UnixTime
    model: Annotated[StrictStr, Field(min_length=1)]
    choices: Annotated[list[ChatChoice], Field(min_length=1)]
    usage: CompletionUsage
    system_fingerprint: StrictStr | None | MISSING = MISSING
    """
    Changes when the same seed may give another answer.
    """
    service_tier: ServiceTier | None | MISSING = MISSING
    """
    The class of service that was used.
    """
    metadata: Metadata | None | MISSING = MISSING
    moderation: ChatModerationReport | None | MISSING = MISSING


class ChatCompletionChunk(BaseModel):
    """
    A piece of an answer, as one event of a stream or one line of NDJSON.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["chat.completion.chunk"]
    created: UnixTime
    model: Annotated[StrictStr, Field(min_length=1)]
    choices: list[ChatChunkChoice]
    """
    Empty in a chunk that only tells the usage.
    """
    usage: CompletionUsage | None | MISSING = MISSING
    system_fingerprint: StrictStr | None | MISSING = MISSING
    service_tier: ServiceTier | None | MISSING = MISSING
    moderation: ChatModerationReport | None | MISSING = MISSING
    obfuscation: StrictStr | MISSING = MISSING
    """
    Padding, so that the size of a chunk tells nothing.
    """


class ChatCustomDefinition(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: TextWithoutNul | MISSING = MISSING
    format: ChatCustomFormat | MISSING = MISSING


class ChatCustomTool(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["custom"]
    custom: ChatCustomDefinition


class ChatDeveloperMessage(BaseModel):
    """
    Instructions of the developer.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["developer"]
    content: ChatTextContent
    name: ChatParticipantName | MISSING = MISSING


class ChatPredictedContent(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["content"]
    content: ChatTextContent


class ChatSystemMessage(BaseModel):
    """
    Instructions of the developer, by their older name.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["system"]
    content: ChatTextContent
    name: ChatParticipantName | MISSING = MISSING


ChatTool = TypeAliasType(
    "ChatTool",
    Annotated[ChatFunctionTool | ChatCustomTool, Field(discriminator="type")],
)
"""
Something the model may call. `type` says which kind.
"""


class ConversationNewFunctionCallOutput(BaseModel):
    """
    What the call of a function gave back, to add to a conversation.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["function_call_output"]
    call_id: TextWithoutNul | None | MISSING = MISSING
    """
    That of the call.
    """
    output: ConversationNewOutput
    id: StrictStr | None | MISSING = MISSING
    """
    Not looked at.
    """
    status: ConversationItemStatus | None | MISSING = MISSING
    name: TextWithoutNul | None | MISSING = MISSING
    namespace: TextWithoutNul | None | MISSING = MISSING
    caller: ConversationCaller | None | MISSING = MISSING


ConversationNewStep = TypeAliasType(
    "ConversationNewStep",
    Annotated[
        ConversationNewFunctionCall | ConversationNewFunctionCallOutput | ConversationNewReasoning,
        Field(discriminator="type"),
    ],
)
"""
An item to add to a conversation that is no message, but a step on the way to one. `type` says which kind.
"""


class StoredCompletionList(BaseModel):
    object: Literal["list"]
    data: list[ChatCompletion]
    first_id: StrictStr | None | MISSING = MISSING
    last_id: StrictStr | None | MISSING = MISSING
    has_more: StrictBool


ChatMessage = TypeAliasType(
    "ChatMessage",
    Annotated[
        ChatDeveloperMessage
        | ChatSystemMessage
        | ChatUserMessage
        | ChatAssistantMessage
        | ChatToolMessage
        | ChatFunctionMessage,
        Field(discriminator="role"),
    ],
)
"""
One message of a conversation. `role` says which kind.
"""


ConversationNewItem = TypeAliasType("ConversationNewItem", ConversationNewMessage | ConversationNewStep)
"""
An item to add to a conversation. What has no `type` is a message.
"""


ConversationNewItems = TypeAliasType("ConversationNewItems", Annotated[list[ConversationNewItem], Field(max_length=20)])
"""
Up to 20 items, in their order.
"""


class ChatCompletionRequest(Conditional):
    """
    A conversation, and how the model is to continue it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    model: ModelId
    messages: Annotated[list[ChatMessage], Field(min_length=1)]
    """
    The conversation so far, oldest message first.
    """
    audio: ChatAudioOptions | None | MISSING = MISSING
    """
    How spoken output is to sound. Needed when `modalities` holds `audio`.
    """
    frequency_penalty: Annotated[StrictFloat | None | MISSING, Field(ge=-2.0, le=2.0)] = MISSING
    """
    Positive values make a token less likely the more often it has been used. 0 when absent.
    """
    function_call: ChatFunctionCallMode | ChatFunctionName | MISSING = MISSING
    """
    Which function to call. Superseded by `tool_choice`.
    """
    functions: Annotated[list[ChatLegacyFunction] | MISSING, Field(max_length=128, min_length=1)] = MISSING
    """
    Functions the model may call. Superseded by `tools`.
    """
    logit_bias: LogitBias | None | MISSING = MISSING
    """
    Token ids, as decimal strings, and what to add to their logits.
    """
    logprobs: StrictBool | None | MISSING = MISSING
    """
    Whether to answer with the log probability of each token. False when absent.
    """
    max_completion_tokens: Annotated[StrictInt | None | MISSING, Field(ge=1)] = MISSING
    """
    The most tokens that one choice may have, those for reasoning included.
    """
    max_tokens: Annotated[StrictInt | None | MISSING, Field(ge=1)] = MISSING
    """
    The older name of `max_completion_tokens`. When both are given the smaller one holds.
    """
    metadata: Metadata | None | MISSING = MISSING
    """
    Labels of the caller's own.
    """
    modalities: list[ChatModality] | None | MISSING = MISSING
    """
    Kinds of output that are wanted. Text when absent.
    """
    moderation: ModerationOptions | None | MISSING = MISSING
    """
    Has the input and the output looked at by a moderation model.
    """
    n: Annotated[StrictInt | None | MISSING, Field(ge=1, le=128)] = MISSING
    """
    How many choices to answer with. 1 when absent.
    """
    parallel_tool_calls: StrictBool | MISSING = MISSING
    """
    Whether one answer may hold several tool calls. True when absent.
    """
    prediction: ChatPredictedContent | None | MISSING = MISSING
    """
    Text that the answer is expected to share for the most part.
    """
    presence_penalty: Annotated[StrictFloat | None | MISSING, Field(ge=-2.0, le=2.0)] = MISSING
    """
    Positive values make a token less likely once it has been used. 0 when absent.
    """
    prompt_cache_key: StrictStr | None | MISSING = MISSING
    """
    Groups requests whose prompts begin alike, so that a cache can serve them.
    """
    prompt_cache_options: ChatPromptCacheOptions | MISSING = MISSING
    prompt_cache_retention: PromptCacheRetention | None | MISSING = MISSING
    """
    How long a cached prompt may be kept.
    """
    reasoning_effort: ReasoningEffort | None | MISSING = MISSING
    """
    How much the model may reason before it answers.
    """
    response_format: ChatResponseFormat | MISSING = MISSING
    safety_identifier: Annotated[StrictStr | None | MISSING, Field(max_length=128)] = MISSING
    """
    A stable, anonymous id of the end user.
    """
    seed: Annotated[
        StrictInt | None | MISSING,
        Field(ge=-9223372036854775808, le=9223372036854775807),
    ] = MISSING
    """
    The same seed and the same request should give the same answer.
    """
    service_tier: ServiceTier | None | MISSING = MISSING
    """
    Which class of service to use.
    """
    stop: StopSequence | StopSequences | None | MISSING = MISSING
    """
    Where to stop. The answer never holds the stop sequence.
    """
    store: StrictBool | None | MISSING = MISSING
    """
    Whether to keep the completion for later retrieval.
    """
    stream: StrictBool | None | MISSING = MISSING
    """
    Whether to answer with a stream of chunks. False when absent.
    """
    stream_options: StreamOptions | None | MISSING = MISSING
    """
    Only with `stream` set to true.
    """
    temperature: Annotated[StrictFloat | None | MISSING, Field(ge=0.0, le=2.0)] = MISSING
    """
    The spread of sampling. 0 is the most likely token each time; 1 when absent.
    """
    tool_choice: ChatToolChoice | MISSING = MISSING
    tools: Annotated[list[ChatTool] | MISSING, Field(max_length=128)] = MISSING
    """
    What the model may call.
    """
    top_logprobs: Annotated[StrictInt | None | MISSING, Field(ge=0, le=20)] = MISSING
    """
    How many of the likeliest tokens to list at each position. Only with `logprobs` set to true.
    """
    top_p: Annotated[StrictFloat | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING
    """
    Sample only from the likeliest tokens that hold this share of the probability. 1 when absent.
    """
    user: StrictStr | MISSING = MISSING
    """
    A stable id of the end user. Superseded by `safety_identifier` and `prompt_cache_key`.
    """
    verbosity: Verbosity | None | MISSING = MISSING
    """
    How wordy the answer is to be.
    """
    web_search_options: ChatWebSearchOptions | MISSING = MISSING


class ConversationCreateRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: ConversationNewItems | None | MISSING = MISSING
    metadata: Metadata | None | MISSING = MISSING


class ConversationItemsRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: ConversationNewItems
