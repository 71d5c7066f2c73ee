"""The models of the contract. Generated from spec/ by generated/generate.py: do not edit."""

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

AllowedToolsMode = TypeAliasType("AllowedToolsMode", Literal["auto", "required"])


class ApproximateLocation(BaseModel):
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


class AudioDelta(BaseModel):
    id: StrictStr | None | MISSING = MISSING
    data: StrictStr | None | MISSING = MISSING
    """
    More of the sound, in Base64.
    """
    expires_at: Annotated[StrictInt | None | MISSING, Field(ge=0, le=9999999999)] = MISSING
    transcript: StrictStr | None | MISSING = MISSING


AudioFormat = TypeAliasType("AudioFormat", Literal["wav", "aac", "mp3", "flac", "opus", "pcm16"])


Byte = TypeAliasType("Byte", Annotated[StrictInt, Field(ge=0, le=255)])


Capability = TypeAliasType("Capability", Annotated[StrictStr, Field(min_length=1)])
"""
Something that a model can do, such as `chat`, `streaming`, `tools`, `structured_output`, `logprobs`, `vision` or `reasoning`.
"""


class CompletionTokensDetails(BaseModel):
    accepted_prediction_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    audio_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    reasoning_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    rejected_prediction_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING
    text_tokens: Annotated[StrictInt | None | MISSING, Field(ge=0)] = MISSING


class CustomCall(BaseModel):
    name: Annotated[StrictStr, Field(min_length=1)]
    input: StrictStr


class CustomCallDelta(BaseModel):
    name: StrictStr | None | MISSING = MISSING
    input: StrictStr | None | MISSING = MISSING


class CustomFormatText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["text"]


class CustomToolCall(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["custom"]
    custom: CustomCall


class CustomVoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[StrictStr, Field(min_length=1)]


class EchoedAudio(BaseModel):
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


class FileInput(BaseModel):
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


FinishReason = TypeAliasType("FinishReason", Literal["stop", "length", "tool_calls", "content_filter", "function_call"])
"""
Why the model stopped: `stop` at its own end or at a stop sequence, `length` at a limit of tokens, `tool_calls` or `function_call` to have something called, `content_filter` when content was left out.
"""


class FunctionCall(BaseModel):
    name: Annotated[StrictStr, Field(min_length=1)]
    arguments: StrictStr
    """
    A JSON object, as the model wrote it.
    """


class FunctionCallDelta(BaseModel):
    name: StrictStr | None | MISSING = MISSING
    arguments: StrictStr | None | MISSING = MISSING
    """
    A fragment of a JSON object.
    """


FunctionCallMode = TypeAliasType("FunctionCallMode", Literal["none", "auto"])


FunctionIdentifier = TypeAliasType("FunctionIdentifier", Annotated[StrictStr, Field(pattern="^[a-zA-Z0-9_-]{1,64}$")])
"""
The name of a function or tool.
"""


class FunctionName(BaseModel):
    """
    Names one function.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier


class FunctionToolCall(BaseModel):
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["function"]
    function: FunctionCall


GrammarSyntax = TypeAliasType("GrammarSyntax", Literal["lark", "regex"])


HealthStatus = TypeAliasType("HealthStatus", Literal["ok", "degraded", "unavailable"])


ImageDetail = TypeAliasType("ImageDetail", Literal["auto", "low", "high", "original"])
"""
How closely to look at an image.
"""


class ImageUrl(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: Annotated[StrictStr, Field(min_length=1, pattern="^[^\\x00]*$")]
    """
    Where the image is, or the image itself as a `data:` URL.
    """
    detail: ImageDetail | MISSING = MISSING


InputAudioFormat = TypeAliasType("InputAudioFormat", Literal["wav", "mp3"])


JsonSchema = TypeAliasType("JsonSchema", dict[str, Any])
"""
A JSON Schema. What it may hold is decided by the server's dialect of JSON Schema.
"""


LogitBiasValue = TypeAliasType("LogitBiasValue", Annotated[StrictInt, Field(ge=-100, le=100)])


MetadataValue = TypeAliasType("MetadataValue", Annotated[StrictStr, Field(max_length=512)])


Modality = TypeAliasType("Modality", Literal["text", "audio"])


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


class ModerationFailure(BaseModel):
    type: Literal["error"]
    code: StrictStr
    message: StrictStr


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


class NamedCustomChoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["custom"]
    custom: FunctionName


class NamedFunctionChoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["function"]
    function: FunctionName


class OpenapiInfo(BaseModel):
    title: StrictStr
    version: StrictStr


ParticipantName = TypeAliasType("ParticipantName", Annotated[StrictStr, Field(min_length=1, pattern="^[^\\x00]*$")])
"""
Tells participants of one role apart.
"""


PromptCacheBreakpointTtl = TypeAliasType("PromptCacheBreakpointTtl", Literal["30m", "12h"])


PromptCacheMode = TypeAliasType("PromptCacheMode", Literal["implicit", "explicit"])
"""
Whether the server sets a breakpoint of its own.
"""


class PromptCacheOptions(BaseModel):
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


class ResponseFormatJsonObject(BaseModel):
    """
    The content is some JSON object.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["json_object"]


class ResponseFormatText(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["text"]


SearchContextSize = TypeAliasType("SearchContextSize", Literal["low", "medium", "high"])


ServiceTier = TypeAliasType("ServiceTier", Literal["auto", "default", "flex", "scale", "priority", "fast"])


StopSequence = TypeAliasType("StopSequence", Annotated[StrictStr, Field(min_length=1)])


StopSequences = TypeAliasType("StopSequences", Annotated[list[StopSequence], Field(max_length=4, min_length=1)])


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


Text = TypeAliasType("Text", Annotated[StrictStr, Field(pattern="^[^\\x00]*$")])
"""
Text without null bytes. It may be empty.
"""


ToolCall = TypeAliasType(
    "ToolCall",
    Annotated[FunctionToolCall | CustomToolCall, Field(discriminator="type")],
)
"""
A call that the model wants made. `type` says which kind.
"""


ToolChoiceMode = TypeAliasType("ToolChoiceMode", Literal["none", "auto", "required"])


ToolReference = TypeAliasType("ToolReference", dict[str, Any])
"""
A tool by its type and name, such as `{"type": "function", "function": {"name": "add"}}`.
"""


ToolType = TypeAliasType("ToolType", Literal["function", "custom"])


class TopLogprob(BaseModel):
    token: StrictStr
    logprob: StrictFloat
    bytes: list[Byte] | None | MISSING = MISSING


UnixTime = TypeAliasType("UnixTime", Annotated[StrictInt, Field(ge=0, le=9999999999)])
"""
Seconds since 1970-01-01T00:00:00Z. The maximum lies in the year 2286; a time in milliseconds is beyond it.
"""


class UrlCitation(BaseModel):
    """
    A web page that the content between two offsets rests on.
    """

    url: StrictStr
    title: StrictStr
    start_index: Annotated[StrictInt, Field(ge=0)]
    end_index: Annotated[StrictInt, Field(ge=0)]


class UrlCitationParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    url: StrictStr
    title: StrictStr
    start_index: Annotated[StrictInt, Field(ge=0)]
    end_index: Annotated[StrictInt, Field(ge=0)]


class Usage(BaseModel):
    prompt_tokens: Annotated[StrictInt, Field(ge=0)]
    completion_tokens: Annotated[StrictInt, Field(ge=0)]
    total_tokens: Annotated[StrictInt, Field(ge=0)]
    prompt_tokens_details: PromptTokensDetails | None | MISSING = MISSING
    completion_tokens_details: CompletionTokensDetails | None | MISSING = MISSING
    cost_usd: Annotated[StrictFloat | MISSING, Field(ge=0.0)] = MISSING
    """
    What the request cost, in US dollars.
    """


class UserLocation(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["approximate"]
    approximate: ApproximateLocation


Verbosity = TypeAliasType("Verbosity", Literal["low", "medium", "high"])


VoiceName = TypeAliasType("VoiceName", Annotated[StrictStr, Field(min_length=1)])
"""
The name of a built-in voice, such as `alloy`.
"""


class WebSearchOptions(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    search_context_size: SearchContextSize | MISSING = MISSING
    user_location: UserLocation | None | MISSING = MISSING


class AllowedTools(BaseModel):
    """
    Narrows the tools that may be called to those listed.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    mode: AllowedToolsMode
    tools: list[ToolReference]


class AllowedToolsChoice(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["allowed_tools"]
    allowed_tools: AllowedTools


class Annotation(BaseModel):
    type: Literal["url_citation"]
    url_citation: UrlCitation


class AnnotationParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["url_citation"]
    url_citation: UrlCitationParam


class AudioOptions(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    format: AudioFormat
    voice: VoiceName | CustomVoice
    """
    The name of a built-in voice, or the id of one of the caller's own.
    """


class AudioOutput(BaseModel):
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
    tool_calls: list[ToolCall] | None | MISSING = MISSING
    function_call: FunctionCall | None | MISSING = MISSING
    """
    Superseded by `tool_calls`.
    """
    annotations: list[Annotation] | None | MISSING = MISSING
    audio: AudioOutput | None | MISSING = MISSING


class CustomCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    input: StrictStr


class CustomToolCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["custom"]
    custom: CustomCallParam


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


class FunctionCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    arguments: StrictStr
    """
    A JSON object, as the model wrote it.
    """


class FunctionDefinition(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: Text | MISSING = MISSING
    parameters: JsonSchema | MISSING = MISSING
    strict: StrictBool | None | MISSING = MISSING
    """
    Whether the arguments must follow `parameters` to the letter.
    """


class FunctionMessage(BaseModel):
    """
    What a function answered. Superseded by the role `tool`.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["function"]
    content: Text | None
    name: FunctionIdentifier


class FunctionTool(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["function"]
    function: FunctionDefinition


class FunctionToolCallParam(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[StrictStr, Field(min_length=1)]
    type: Literal["function"]
    function: FunctionCallParam


class Grammar(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    definition: Annotated[StrictStr, Field(min_length=1)]
    syntax: GrammarSyntax


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


class InputAudio(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    data: Annotated[StrictStr, Field(json_schema_extra={"contentEncoding": "base64"}, min_length=1)]
    """
    The sound, in Base64.
    """
    format: InputAudioFormat


class LegacyFunction(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: Text | MISSING = MISSING
    parameters: JsonSchema | MISSING = MISSING


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
    capabilities: list[Capability] | MISSING = MISSING
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


class ModerationResult(BaseModel):
    type: Literal["moderation_result"]
    model: StrictStr
    flagged: StrictBool
    categories: ModerationCategories
    category_scores: ModerationScores
    category_applied_input_types: ModerationInputTypes


class ModerationResults(BaseModel):
    type: Literal["moderation_results"]
    model: StrictStr
    results: list[ModerationResult]


class NamedJsonSchema(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: Text | MISSING = MISSING
    schema_: Annotated[JsonSchema | MISSING, Field(alias="schema")] = MISSING
    strict: StrictBool | None | MISSING = MISSING
    """
    Whether the answer must follow the schema to the letter.
    """


NamedToolChoice = TypeAliasType(
    "NamedToolChoice",
    Annotated[
        NamedFunctionChoice | NamedCustomChoice | AllowedToolsChoice,
        Field(discriminator="type"),
    ],
)
"""
One tool that must be called, or those that may be. `type` says which kind.
"""


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


class RefusalPart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["refusal"]
    refusal: Text


class ResponseFormatJsonSchema(BaseModel):
    """
    The content is a JSON document that the schema accepts.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["json_schema"]
    json_schema: NamedJsonSchema


class TextPart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["text"]
    text: Text
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


TextParts = TypeAliasType("TextParts", Annotated[list[TextPart], Field(min_length=1)])


class TokenLogprob(BaseModel):
    token: StrictStr
    logprob: StrictFloat
    bytes: list[Byte] | None | MISSING = MISSING
    """
    The token in UTF-8. A character may be spread over several tokens.
    """
    top_logprobs: list[TopLogprob]


class ToolCallDelta(BaseModel):
    """
    What a chunk adds to the tool call of that index. The first one of a call holds its `id`, `type` and name.
    """

    index: Annotated[StrictInt, Field(ge=0)]
    id: StrictStr | None | MISSING = MISSING
    type: ToolType | None | MISSING = MISSING
    function: FunctionCallDelta | None | MISSING = MISSING
    custom: CustomCallDelta | None | MISSING = MISSING


ToolCallParam = TypeAliasType(
    "ToolCallParam",
    Annotated[FunctionToolCallParam | CustomToolCallParam, Field(discriminator="type")],
)
"""
A call that the model made. `type` says which kind.
"""


ToolChoice = TypeAliasType("ToolChoice", ToolChoiceMode | NamedToolChoice)
"""
Which tool to call. Anything but `none` and `auto` needs `tools`.
"""


AssistantContentPart = TypeAliasType(
    "AssistantContentPart",
    Annotated[TextPart | RefusalPart, Field(discriminator="type")],
)
"""
A part of what the model said. `type` says which kind.
"""


AssistantContentParts = TypeAliasType(
    "AssistantContentParts", Annotated[list[AssistantContentPart], Field(min_length=1)]
)


class CustomFormatGrammar(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["grammar"]
    grammar: Grammar


class Delta(BaseModel):
    """
    What a chunk adds to the message of its choice.
    """

    role: Literal["assistant"] | MISSING = MISSING
    content: StrictStr | None | MISSING = MISSING
    refusal: StrictStr | None | MISSING = MISSING
    tool_calls: list[ToolCallDelta] | None | MISSING = MISSING
    function_call: FunctionCallDelta | None | MISSING = MISSING
    """
    Superseded by `tool_calls`.
    """
    audio: AudioDelta | None | MISSING = MISSING


class FilePart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["file"]
    file: FileInput
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


class ImagePart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["image_url"]
    image_url: ImageUrl
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


class InputAudioPart(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["input_audio"]
    input_audio: InputAudio
    prompt_cache_breakpoint: PromptCacheBreakpoint | MISSING = MISSING


class Logprobs(BaseModel):
    content: list[TokenLogprob] | None | MISSING = MISSING
    refusal: list[TokenLogprob] | None | MISSING = MISSING


class ModerationOptions(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    model: ModelId
    policy: ModerationPolicy | None | MISSING = MISSING


ModerationOutcome = TypeAliasType(
    "ModerationOutcome",
    Annotated[ModerationResults | ModerationFailure, Field(discriminator="type")],
)
"""
What the moderation model found, or why it found nothing. `type` says which.
"""


class ModerationReport(BaseModel):
    input: ModerationOutcome
    output: ModerationOutcome


ResponseFormat = TypeAliasType(
    "ResponseFormat",
    Annotated[
        ResponseFormatText | ResponseFormatJsonObject | ResponseFormatJsonSchema,
        Field(discriminator="type"),
    ],
)
"""
What the content of the answer must be. `type` says which kind.
"""


TextContent = TypeAliasType("TextContent", Text | TextParts)
"""
Text, whole or in parts.
"""


class ToolMessage(BaseModel):
    """
    What a tool answered.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["tool"]
    content: TextContent
    tool_call_id: Annotated[StrictStr, Field(min_length=1)]
    """
    The `id` of the call that this answers.
    """


UserContentPart = TypeAliasType(
    "UserContentPart",
    Annotated[TextPart | ImagePart | InputAudioPart | FilePart, Field(discriminator="type")],
)
"""
A part of what the user said or showed. `type` says which kind.
"""


UserContentParts = TypeAliasType("UserContentParts", Annotated[list[UserContentPart], Field(min_length=1)])


AssistantContent = TypeAliasType("AssistantContent", Text | AssistantContentParts)
"""
Text, or parts of text and refusal.
"""


class AssistantMessage(Conditional):
    """
    What the model said earlier. A message of an answer may be sent back as it came, with the fields that only answers have. `content` may be left out only beside a tool call, a function call, a refusal or audio.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["assistant"]
    content: AssistantContent | None | MISSING = MISSING
    refusal: Text | None | MISSING = MISSING
    name: ParticipantName | MISSING = MISSING
    audio: EchoedAudio | None | MISSING = MISSING
    tool_calls: list[ToolCallParam] | None | MISSING = MISSING
    """
    Calls that the model made. Each needs an answer in a message of the role `tool`.
    """
    function_call: FunctionCallParam | None | MISSING = MISSING
    """
    The call that the model made. Superseded by `tool_calls`.
    """
    annotations: list[AnnotationParam] | None | MISSING = MISSING
    """
    Sent back as it came.
    """


class Choice(BaseModel):
    index: Annotated[StrictInt, Field(ge=0)]
    message: ChatCompletionMessage
    finish_reason: FinishReason
    logprobs: Logprobs | None | MISSING = MISSING


class ChunkChoice(BaseModel):
    index: Annotated[StrictInt, Field(ge=0)]
    delta: Delta
    finish_reason: FinishReason | None
    """
    Null in every chunk of a choice but its last.
    """
    logprobs: Logprobs | None | MISSING = MISSING


CustomFormat = TypeAliasType(
    "CustomFormat",
    Annotated[CustomFormatText | CustomFormatGrammar, Field(discriminator="type")],
)
"""
What the input of a custom tool looks like. `type` says which kind.
"""


class DeveloperMessage(BaseModel):
    """
    Instructions of the developer.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["developer"]
    content: TextContent
    name: ParticipantName | MISSING = MISSING


class PredictedContent(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["content"]
    content: TextContent


class SystemMessage(BaseModel):
    """
    Instructions of the developer, by their older name.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["system"]
    content: TextContent
    name: ParticipantName | MISSING = MISSING


UserContent = TypeAliasType("UserContent", Text | UserContentParts)
"""
Text, or parts of several kinds.
"""


class UserMessage(BaseModel):
    """
    What the end user said or showed.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["user"]
    content: UserContent
    name: ParticipantName | MISSING = MISSING


class ChatCompletion(BaseModel):
    """
    A whole answer.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["chat.completion"]
    created: UnixTime
    model: Annotated[StrictStr, Field(min_length=1)]
    choices: Annotated[list[Choice], Field(min_length=1)]
    usage: Usage
    system_fingerprint: StrictStr | None | MISSING = MISSING
    """
    Changes when the same seed may give another answer.
    """
    service_tier: ServiceTier | None | MISSING = MISSING
    """
    The class of service that was used.
    """
    metadata: Metadata | None | MISSING = MISSING
    moderation: ModerationReport | None | MISSING = MISSING


class ChatCompletionChunk(BaseModel):
    """
    A piece of an answer, as one event of a stream or one line of NDJSON.
    """

    id: Annotated[StrictStr, Field(min_length=1)]
    object: Literal["chat.completion.chunk"]
    created: UnixTime
    model: Annotated[StrictStr, Field(min_length=1)]
    choices: list[ChunkChoice]
    """
    Empty in a chunk that only tells the usage.
    """
    usage: Usage | None | MISSING = MISSING
    system_fingerprint: StrictStr | None | MISSING = MISSING
    service_tier: ServiceTier | None | MISSING = MISSING
    moderation: ModerationReport | None | MISSING = MISSING
    obfuscation: StrictStr | MISSING = MISSING
    """
    Padding, so that the size of a chunk tells nothing.
    """


ChatMessage = TypeAliasType(
    "ChatMessage",
    Annotated[
        DeveloperMessage | SystemMessage | UserMessage | AssistantMessage | ToolMessage | FunctionMessage,
        Field(discriminator="role"),
    ],
)
"""
One message of a conversation. `role` says which kind.
"""


class CustomDefinition(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: FunctionIdentifier
    description: Text | MISSING = MISSING
    format: CustomFormat | MISSING = MISSING


class CustomTool(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["custom"]
    custom: CustomDefinition


Tool = TypeAliasType("Tool", Annotated[FunctionTool | CustomTool, Field(discriminator="type")])
"""
Something the model may call. `type` says which kind.
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
    audio: AudioOptions | None | MISSING = MISSING
    """
    How spoken output is to sound. Needed when `modalities` holds `audio`.
    """
    frequency_penalty: Annotated[StrictFloat | None | MISSING, Field(ge=-2.0, le=2.0)] = MISSING
    """
    Positive values make a token less likely the more often it has been used. 0 when absent.
    """
    function_call: FunctionCallMode | FunctionName | MISSING = MISSING
    """
    Which function to call. Superseded by `tool_choice`.
    """
    functions: Annotated[list[LegacyFunction] | MISSING, Field(max_length=128, min_length=1)] = MISSING
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
    modalities: list[Modality] | None | MISSING = MISSING
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
    prediction: PredictedContent | None | MISSING = MISSING
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
    prompt_cache_options: PromptCacheOptions | MISSING = MISSING
    prompt_cache_retention: PromptCacheRetention | None | MISSING = MISSING
    """
    How long a cached prompt may be kept.
    """
    reasoning_effort: ReasoningEffort | None | MISSING = MISSING
    """
    How much the model may reason before it answers.
    """
    response_format: ResponseFormat | MISSING = MISSING
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
    tool_choice: ToolChoice | MISSING = MISSING
    tools: Annotated[list[Tool] | MISSING, Field(max_length=128)] = MISSING
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
    web_search_options: WebSearchOptions | MISSING = MISSING
