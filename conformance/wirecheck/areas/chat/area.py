"""Chat completions: without a stream, as a stream, with tools, structured output, log probabilities."""

from __future__ import annotations

from wirecheck.area import COMMON, Area, Claim, Feature, Setting, Sweeping
from wirecheck.areas.chat import generated
from wirecheck.areas.chat.asking import ends
from wirecheck.areas.chat.pools import OPERATION
from wirecheck.areas.chat.probes import chat, context, dialect, images, logprobs, streaming, structured, tools
from wirecheck.asking.probe import present

_WHOLE = "ChatCompletion"
_CHUNK = "ChatCompletionChunk"

AREA = Area(
    "chat completions",
    learns=dialect.spoken,
    features=(
        Feature("chat", "chat completions", present, "core"),
        Feature("streaming", "chat completions as server-sent events", present, "core"),
        Feature("max_tokens", "max_tokens as the limit of an answer", chat.has_max_tokens, "core", required=False),
        Feature("stop_strings", "stop strings", chat.has_stop, "core", required=False),
        Feature("seed", "a seed and a temperature of 0", chat.has_seed, "core", required=False),
        Feature("tools", "tool calls", tools.has_tools, "agent"),
        Feature("structured_output", "response_format json_schema", structured.has_schemas, "agent"),
        Feature("json_mode", "response_format json_object", structured.has_json_mode),
        Feature("effects", "fields that change an answer", present),
        Feature("images", "images as parts of a message", images.has_images),
        Feature("choices", "several choices for one request (n)", chat.has_choices),
        Feature("logprobs", "log probabilities of tokens", logprobs.has_logprobs),
        Feature("ndjson", "streams as newline-delimited JSON", streaming.has_ndjson),
        Feature("context_window", "a context window that is known", context.has_window),
    ),
    claims=(
        Claim(_WHOLE, r"created", "created"),
        Claim(_CHUNK, r"created", "created"),
        Claim(_WHOLE, r"choices\.\d+\.finish_reason", "finish reason"),
        Claim(_CHUNK, r"choices\.\d+\.finish_reason", "chunk finish reason"),
        Claim(_WHOLE, r"usage(\..*)?", "usage"),
        Claim(_CHUNK, r"usage(\..*)?", "chunk usage"),
        Claim(_WHOLE, r"choices\.\d+\.logprobs(\..*)?", "logprobs"),
        Claim(_CHUNK, r"choices\.\d+\.logprobs(\..*)?", "logprobs"),
        Claim(_WHOLE, r"choices\.\d+\.message\.tool_calls(\..*)?", "tool calls"),
        Claim(_CHUNK, r"choices\.\d+\.delta\.tool_calls(\..*)?", "tool call deltas"),
        Claim(_WHOLE, r".*", "completion"),
        Claim(_CHUNK, r".*", "chunk"),
    ),
    settings=(
        Setting("slow_model", "model", "slow enough to see bytes arrive as they are produced"),
        Setting("context_window", "count", "the context window of the model, in tokens"),
    ),
    sweeping=(
        Sweeping(
            OPERATION,
            base=generated.SMALLEST,
            plain=generated.plain,
            pardons=generated.pardons,
            cheap=generated.cheap,
            spoken=generated.spoken,
            ends=ends,
            fields={
                COMMON: generated.COMMON,
                "tools": generated.TOOLS,
                "structured_output": generated.FORMAT,
                "logprobs": generated.LOGPROBS,
            },
            weight=14,
        ),
    ),
)
