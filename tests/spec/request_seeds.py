"""Valid requests that, between them, use every field of every schema of a request. Knows no validator."""

from __future__ import annotations

from typing import Any

BREAKPOINT = {"mode": "explicit", "ttl": "30m"}
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
FUNCTION = {"name": "get_weather", "description": "The weather.", "parameters": PARAMETERS, "strict": True}
QUESTION = {"role": "user", "content": "Repeat exactly: hello"}
EPOCH = 1767225600

REQUESTS: list[dict[str, Any]] = [
    {"model": "echo", "messages": [QUESTION]},
    {
        "model": "wirecheck/echo",
        "messages": [
            {"role": "developer", "content": [{"type": "text", "text": "Be brief."}], "name": "boss"},
            {"role": "system", "content": "Be kind.", "name": "boss"},
            {
                "role": "user",
                "name": "ada",
                "content": [
                    {"type": "text", "text": "Look.", "prompt_cache_breakpoint": BREAKPOINT},
                    {
                        "type": "image_url",
                        "image_url": {"url": "https://example.com/a.png", "detail": "high"},
                        "prompt_cache_breakpoint": {"mode": "explicit"},
                    },
                    {
                        "type": "input_audio",
                        "input_audio": {"data": "UklGRg==", "format": "wav"},
                        "prompt_cache_breakpoint": BREAKPOINT,
                    },
                    {
                        "type": "file",
                        "file": {"file_data": "JVBERg==", "file_id": "file-1", "filename": "a.pdf"},
                        "prompt_cache_breakpoint": BREAKPOINT,
                    },
                ],
            },
            {
                "role": "assistant",
                "name": "bot",
                "content": [{"type": "text", "text": "No."}, {"type": "refusal", "refusal": "I will not."}],
                "refusal": None,
                "audio": None,
                "function_call": None,
                "tool_calls": None,
                "annotations": [],
            },
            QUESTION,
        ],
        "frequency_penalty": -0.5,
        "presence_penalty": 2,
        "temperature": 0.7,
        "top_p": 1,
        "n": 2,
        "seed": 7,
        "stop": "END",
        "max_tokens": 16,
        "max_completion_tokens": 32,
        "logprobs": True,
        "top_logprobs": 5,
        "logit_bias": {"42": -100, "43": 5},
        "metadata": {"run": "nightly", "who": ""},
        "store": False,
        "user": "u-1",
        "safety_identifier": "s-1",
    },
    {
        "model": "echo",
        "messages": [
            QUESTION,
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}},
                    {"id": "c2", "type": "custom", "custom": {"name": "shell", "input": "ls"}},
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": "Snow."},
            {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "a b"}]},
        ],
        "tools": [
            {"type": "function", "function": FUNCTION},
            {"type": "custom", "custom": {"name": "shell", "description": "Runs.", "format": {"type": "text"}}},
            {
                "type": "custom",
                "custom": {
                    "name": "sum",
                    "format": {"type": "grammar", "grammar": {"definition": "start: INT", "syntax": "lark"}},
                },
            },
        ],
        "tool_choice": {
            "type": "allowed_tools",
            "allowed_tools": {
                "mode": "required",
                "tools": [{"type": "function", "function": {"name": "get_weather"}}],
            },
        },
        "parallel_tool_calls": True,
        "stream": True,
        "stream_options": {"include_usage": True, "include_obfuscation": False},
    },
    {
        "model": "echo",
        "messages": [
            QUESTION,
            {"role": "assistant", "content": "", "function_call": {"name": "f", "arguments": "{}"}},
            {"role": "function", "name": "f", "content": "1"},
            {
                "role": "assistant",
                "content": "See [1].",
                "refusal": "No.",
                "audio": {"id": "a1", "data": "UklGRg==", "expires_at": EPOCH, "transcript": "See."},
                "annotations": [
                    {
                        "type": "url_citation",
                        "url_citation": {
                            "url": "https://example.com",
                            "title": "E",
                            "start_index": 0,
                            "end_index": 3,
                        },
                    }
                ],
            },
            {"role": "function", "name": "f", "content": None},
        ],
        "functions": [{"name": "f", "description": "A function.", "parameters": PARAMETERS}],
        "function_call": {"name": "f"},
        "audio": {"format": "mp3", "voice": "alloy"},
        "modalities": ["text", "audio"],
        "moderation": {"model": "m", "policy": {"input": {"mode": "score"}, "output": {"mode": "block"}}},
        "prediction": {"type": "content", "content": "Much the same."},
        "prompt_cache_key": "k",
        "prompt_cache_options": {"mode": "explicit", "ttl": "30m"},
        "prompt_cache_retention": "24h",
        "reasoning_effort": "xhigh",
        "service_tier": "flex",
        "verbosity": "low",
        "web_search_options": {
            "search_context_size": "low",
            "user_location": {
                "type": "approximate",
                "approximate": {"city": "Oslo", "country": "NO", "region": "Oslo", "timezone": "Europe/Oslo"},
            },
        },
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "p", "description": "A thing.", "schema": PARAMETERS, "strict": True},
        },
    },
    {
        "model": "echo",
        "messages": [{"role": "assistant", "audio": {"id": "a1"}}, {"role": "assistant", "refusal": "No."}],
        "audio": {"format": "wav", "voice": {"id": "voice_1"}},
        "function_call": "auto",
        "response_format": {"type": "json_object"},
        "tools": [{"type": "function", "function": {"name": "f"}}],
        "tool_choice": {"type": "function", "function": {"name": "f"}},
        "stop": ["a", "b"],
    },
    {
        "model": "echo",
        "messages": [QUESTION],
        "response_format": {"type": "text"},
        "tools": [{"type": "custom", "custom": {"name": "c"}}],
        "tool_choice": {"type": "custom", "custom": {"name": "c"}},
        "prediction": {"type": "content", "content": [{"type": "text", "text": "x"}]},
        "moderation": {"model": "m", "policy": None},
        "web_search_options": {"user_location": None},
        "temperature": None,
        "stop": None,
        "stream_options": None,
        "top_logprobs": None,
        "metadata": None,
        "logit_bias": None,
    },
]
