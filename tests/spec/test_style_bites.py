"""Each style rule refuses a contract that breaks it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.spec import contract, test_style

Document = dict[str, Any]


def chat(document: Document) -> Document:
    found: Document = document["components"]["schemas"]["ChatCompletionRequest"]
    return found


def health(document: Document) -> Document:
    found: Document = document["components"]["schemas"]["Health"]
    return found


def operation(document: Document) -> Document:
    found: Document = document["paths"]["/v1/chat/completions"]["post"]
    return found


def nameless_object(document: Document) -> None:
    health(document)["properties"]["extra"] = {"type": "object", "properties": {}}


def nameless_enum(document: Document) -> None:
    health(document)["properties"]["extra"] = {"type": "string", "enum": ["a"]}


def nameless_map(document: Document) -> None:
    health(document)["properties"]["extra"] = {"type": "object", "additionalProperties": {"type": "string"}}


def open_request(document: Document) -> None:
    del chat(document)["additionalProperties"]


def closed_answer(document: Document) -> None:
    health(document)["additionalProperties"] = False


def looks_around(document: Document) -> None:
    chat(document)["properties"]["user"]["pattern"] = "^(?!None$)"


def engine_class(document: Document) -> None:
    chat(document)["properties"]["user"]["pattern"] = "^\\w+$"


def not_anchored(document: Document) -> None:
    chat(document)["properties"]["user"]["pattern"] = "[a-z]$"


def boolean_literal(document: Document) -> None:
    chat(document)["properties"]["stream"] = {"type": "boolean", "const": True}


def integer_enum(document: Document) -> None:
    chat(document)["properties"]["n"] = {"type": "integer", "enum": [1, 2]}


def unfaithful_keyword(document: Document) -> None:
    chat(document)["properties"]["user"]["format"] = "email"


def overlapping(document: Document) -> None:
    document["components"]["schemas"]["ChatToolMessage"]["properties"]["role"]["const"] = "user"


def told_apart_by_nothing(document: Document) -> None:
    chat(document)["properties"]["stop"] = {"oneOf": [{"type": "string"}, {"type": "array"}]}


def alternative_of_text(document: Document) -> None:
    document["components"]["schemas"]["ChatToolMessage"] = {"type": "string"}


def no_status(document: Document) -> None:
    del operation(document)["responses"]["401"]


def no_summary(document: Document) -> None:
    operation(document)["summary"] = ""


def unknown_tag(document: Document) -> None:
    operation(document)["tags"] = ["talk"]


def leads_to_nothing(document: Document) -> None:
    del document["components"]["responses"]["File"]["links"]["deleteFile"]


def plain_error(document: Document) -> None:
    document["components"]["responses"]["NotFound"]["content"]["application/json"]["schema"] = {"type": "object"}


def no_header(document: Document) -> None:
    del document["components"]["responses"]["NotFound"]["headers"]["x-request-id"]


def demanded_header(document: Document) -> None:
    document["components"]["headers"]["XRequestId"]["required"] = True


def no_retry_after(document: Document) -> None:
    del document["components"]["responses"]["TooManyRequests"]["headers"]["Retry-After"]


def same_id(document: Document) -> None:
    operation(document)["operationId"] = "getHealth"


def body_in_place(document: Document) -> None:
    operation(document)["requestBody"] = {"content": {}}


def answer_in_place(document: Document) -> None:
    operation(document)["responses"]["200"] = {"description": "The answer."}


def silent_about_state(document: Document) -> None:
    del operation(document)["x-stateless"]


def state_in_words(document: Document) -> None:
    operation(document)["x-stateless"] = "yes"


def stateless_get(document: Document) -> None:
    document["paths"]["/health"]["get"]["x-stateless"] = True


def no_scope(document: Document) -> None:
    del operation(document)["security"]


def get_that_writes(document: Document) -> None:
    document["paths"]["/v1/models"]["get"]["security"] = [{"BearerAuth": ["models:write"]}]


def every_operation(check: Callable[[str, Document], None]) -> Callable[[], None]:
    """A check of one operation as a check of them all."""

    def checks() -> None:
        for name, each in test_style.operations():
            check(name, each)

    return checks


WHOLE = every_operation(test_style.test_operations_are_whole)
STATE = every_operation(test_style.test_only_what_is_no_get_says_whether_it_keeps_nothing)
SCOPES = every_operation(test_style.test_operations_behind_a_key_name_the_scope_that_they_want)
ANSWERS = every_operation(test_style.test_answers_are_components)
LINKS = every_operation(test_style.test_what_is_made_is_linked_to_all_that_is_done_with_it)
ENVELOPE = every_operation(test_style.test_answers_have_the_headers_and_errors_the_envelope)
BREAKS: list[tuple[Callable[[Document], None], Callable[[], None]]] = [
    (nameless_object, test_style.test_every_object_and_enum_is_a_component_of_its_own),
    (nameless_enum, test_style.test_every_object_and_enum_is_a_component_of_its_own),
    (nameless_map, test_style.test_every_object_and_enum_is_a_component_of_its_own),
    (open_request, test_style.test_objects_of_requests_are_closed),
    (closed_answer, test_style.test_objects_of_answers_are_open),
    (looks_around, test_style.test_patterns_mean_one_thing_to_every_engine),
    (engine_class, test_style.test_patterns_mean_one_thing_to_every_engine),
    (not_anchored, test_style.test_patterns_mean_one_thing_to_every_engine),
    (boolean_literal, test_style.test_literals_are_strings),
    (integer_enum, test_style.test_literals_are_strings),
    (unfaithful_keyword, test_style.test_keywords_that_models_do_not_enforce_are_not_used),
    (overlapping, test_style.test_alternatives_exclude_each_other),
    (told_apart_by_nothing, test_style.test_alternatives_exclude_each_other),
    (alternative_of_text, test_style.test_alternatives_exclude_each_other),
    (no_status, WHOLE),
    (no_summary, WHOLE),
    (unknown_tag, WHOLE),
    (silent_about_state, STATE),
    (state_in_words, STATE),
    (stateless_get, STATE),
    (no_scope, SCOPES),
    (get_that_writes, SCOPES),
    (answer_in_place, ANSWERS),
    (leads_to_nothing, LINKS),
    (plain_error, ENVELOPE),
    (no_header, ENVELOPE),
    (demanded_header, test_style.test_headers_are_described_and_not_demanded),
    (no_retry_after, test_style.test_statuses_that_need_a_header_declare_it),
    (same_id, test_style.test_operation_ids_are_unique),
    (body_in_place, test_style.test_bodies_are_components),
]


@pytest.mark.parametrize(("break_it", "check"), BREAKS, ids=[each[0].__name__ for each in BREAKS])
def test_a_broken_rule_is_found_out(
    monkeypatch: pytest.MonkeyPatch, break_it: Callable[[Document], None], check: Callable[[], None]
) -> None:
    broken = copy.deepcopy(contract.document())
    check()
    break_it(broken)
    monkeypatch.setattr(test_style, "document", lambda: broken)
    monkeypatch.setattr(test_style, "schemas", lambda: broken["components"]["schemas"])
    with pytest.raises(AssertionError):
        check()
