"""Items that are no messages, and messages that are no text: as they are sent, and what is told. Sends nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from typing import Any, Final

from wirecheck.areas.conversations.asking import SCRIPTS, entries, text_of
from wirecheck.evidence.exchange import Exchange, at, items

# JSON that whoever reads it and writes it again writes otherwise.
_ARGUMENTS: Final = '{ "city":"Zürich", "na\\u00efve" : "🦊",\n  "n":1.0e1 }  '
_PDF: Final = (
    b"%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
_PNG: Final = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def _call(id_: str, arguments: str) -> dict[str, Any]:
    return {"type": "function_call", "call_id": id_, "name": "look_up", "arguments": arguments}


CALLS: Final = (_call("call_wirecheck_1", _ARGUMENTS), _call("call_wirecheck_2", "{}"))
"""Function calls: the arguments of one as no library would write them."""

OUTPUTS: Final = (
    {"type": "function_call_output", "call_id": "call_wirecheck_1", "output": SCRIPTS},
    {
        "type": "function_call_output",
        "call_id": "call_wirecheck_2",
        "output": [{"type": "input_text", "text": "Nothing "}, {"type": "input_text", "text": "found."}],
    },
)
"""What the calls gave back, whole and in parts."""

REASONING: Final = {
    "type": "reasoning",
    "id": "rs_wirecheck",
    "summary": [
        {"type": "summary_text", "text": "The weather is asked for."},
        {"type": "summary_text", "text": "It was looked up."},
    ],
}
IMAGE: Final = {"type": "input_image", "image_url": f"data:image/png;base64,{_PNG}", "detail": "low"}
FILE: Final = {
    "type": "input_file",
    "filename": "wirecheck.pdf",
    "file_data": f"data:application/pdf;base64,{b64encode(_PDF).decode()}",
}
SHOWN: Final = {
    "type": "message",
    "role": "user",
    "content": [{"type": "input_text", "text": "What do they show?"}, IMAGE, FILE],
}
"""A message with an image and a file: both small, and of no address that anybody could ask."""

REFUSAL: Final = {"type": "refusal", "refusal": "I would rather not say. 🦊"}
REFUSED: Final = {"type": "message", "role": "assistant", "content": [REFUSAL]}
"""What a model said in the place of an answer."""


def of_type(kind: str, entries: Iterable[Any]) -> list[Any]:
    """The items of a type."""
    return [each for each in entries if at(each, "type") == kind]


def first_call(answer: Exchange) -> tuple[str, Any] | None:
    """The first function call of a list, with its id; None where there is none."""
    calls = of_type("function_call", entries(answer))
    return next(((id_, each) for each in calls if isinstance(id_ := at(each, "id"), str) and id_), None)


def output_of(item: Any) -> str:
    """The text that a function gave back, its parts one behind the other."""
    output = at(item, "output")
    return output if isinstance(output, str) else _texts(item, "output")


def summary_of(item: Any) -> str:
    """The summary of reasoning, its texts one behind the other."""
    return _texts(item, "summary")


def name_of(item: Any) -> tuple[Any, Any]:
    """What tells an item from the others of its conversation that were sent, whatever else became of it."""
    kind = at(item, "type")
    told = {"message": text_of, "reasoning": summary_of}.get(kind) if isinstance(kind, str) else None
    return kind, told(item) if told else at(item, "call_id")


def _texts(item: Any, field: str) -> str:
    return "".join(text for part in items(item, field) if isinstance(text := at(part, "text"), str))
