"""What schemas say of fields together. Generated from spec/ by tools/contract_generator: do not edit."""

from typing import Any

CONDITIONS: dict[str, dict[str, Any]] = {
    "ChatAssistantMessage": {
        "rules": [],
        "alternatives": ["content", "tool_calls", "function_call", "refusal", "audio"],
    },
    "ChatCompletionRequest": {
        "rules": [
            {
                "description": "`top_logprobs` needs `logprobs` set to true.",
                "if": {"required": ["top_logprobs"], "properties": {"top_logprobs": {"type": "integer"}}},
                "then": {"required": ["logprobs"], "properties": {"logprobs": {"const": True}}},
            },
            {
                "description": "`stream_options` needs `stream` set to true.",
                "if": {"required": ["stream_options"], "properties": {"stream_options": {"type": "object"}}},
                "then": {"required": ["stream"], "properties": {"stream": {"const": True}}},
            },
            {
                "description": "This `tool_choice` needs `tools` that are not empty.",
                "if": {"required": ["tool_choice"], "properties": {"tool_choice": {"not": {"enum": ["none", "auto"]}}}},
                "then": {"required": ["tools"], "properties": {"tools": {"minItems": 1}}},
            },
        ],
        "alternatives": [],
    },
    "CompletionRequest": {
        "rules": [
            {
                "description": "`stream_options` needs `stream` set to true.",
                "if": {"required": ["stream_options"], "properties": {"stream_options": {"type": "object"}}},
                "then": {"required": ["stream"], "properties": {"stream": {"const": True}}},
            }
        ],
        "alternatives": [],
    },
    "ConversationOtherItem": {
        "rules": [
            {
                "description": "An item of a kind that the contract names is told as the contract has it.",
                "if": {"required": ["type"]},
                "then": {
                    "required": ["type"],
                    "properties": {
                        "type": {"not": {"enum": ["message", "function_call", "function_call_output", "reasoning"]}}
                    },
                },
            }
        ],
        "alternatives": [],
    },
    "ConversationPart": {
        "rules": [
            {
                "description": "An image says how closely to look at it.",
                "if": {"required": ["type"], "properties": {"type": {"const": "input_image"}}},
                "then": {"required": ["detail"], "properties": {"detail": {"type": "string"}}},
            },
            {
                "description": "A refusal says so in words.",
                "if": {"required": ["type"], "properties": {"type": {"const": "refusal"}}},
                "then": {"required": ["refusal"], "properties": {"refusal": {"type": "string"}}},
            },
        ],
        "alternatives": [],
    },
    "FileUploadRequest": {
        "rules": [
            {
                "description": "expires_after needs both its anchor and its seconds",
                "if": {"required": ["expires_after[anchor]"]},
                "then": {"required": ["expires_after[seconds]"]},
            },
            {
                "description": "expires_after needs both its anchor and its seconds",
                "if": {"required": ["expires_after[seconds]"]},
                "then": {"required": ["expires_after[anchor]"]},
            },
        ],
        "alternatives": [],
    },
}
