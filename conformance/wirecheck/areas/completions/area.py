"""Completions: texts that a model goes on with, without a stream and as a stream."""

from __future__ import annotations

from wirecheck.area import COMMON, Area, Claim, Feature, Setting, Sweeping
from wirecheck.areas.chat.asking import ends
from wirecheck.areas.completions import generated
from wirecheck.areas.completions.asking import MODEL
from wirecheck.areas.completions.pools import OPERATION
from wirecheck.areas.completions.probes import echoes, texts
from wirecheck.areas.completions.probes import text_logprobs as logprobs

_WHOLE = "Completion"
_CHUNK = "CompletionChunk"

AREA = Area(
    "completions",
    features=(
        Feature("completions", "completions of texts", texts.has_completions),
        Feature("completion_echo", "prompts before their completions", echoes.has_echo),
        Feature("completion_logprobs", "log probabilities of completions", logprobs.has_logprobs),
    ),
    claims=(
        Claim(_WHOLE, r"object", "text object"),
        Claim(_CHUNK, r"object", "text object"),
        Claim(_WHOLE, r"choices\.\d+\.finish_reason", "text finish reason"),
        Claim(_CHUNK, r"choices\.\d+\.finish_reason", "text finish reason"),
        Claim(_WHOLE, r"usage(\..*)?", "text usage"),
        Claim(_CHUNK, r"usage(\..*)?", "text chunk usage"),
        Claim(_WHOLE, r"choices\.\d+\.logprobs(\..*)?", "text logprobs"),
        Claim(_CHUNK, r"choices\.\d+\.logprobs(\..*)?", "text logprobs"),
        Claim(_WHOLE, r".*", "text"),
        Claim(_CHUNK, r".*", "text chunk"),
    ),
    settings=(Setting(MODEL, "model", "continues texts, where the one that chats does not"),),
    sweeping=(
        Sweeping(
            OPERATION,
            base=generated.SMALLEST,
            plain=generated.plain,
            pardons=generated.pardons,
            cheap=generated.cheap,
            spoken=generated.spoken,
            ends=ends,
            fields={COMMON: generated.COMMON},
            model=MODEL,
            feature="completions",
        ),
    ),
)
