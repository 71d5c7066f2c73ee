"""The contract as the server shows it gone wrong: its document, its pages."""

from __future__ import annotations

from wirecheck_reference.faults.kinds.fault import on_answer, on_headers
from wirecheck_reference.faults.kinds.parts import Answer


@on_headers(at="getDocs", breaks=("http.status-declared",))
def answers_with_a_status_of_its_own(answer: Answer) -> None:
    """Answers its documentation with 203."""
    if answer.status == 200:
        answer.status = 203


@on_answer(at="getOpenapi", breaks=("http.document",))
def serves_an_old_document(answer: Answer) -> None:
    """Says that its document is of OpenAPI 2."""
    if answer.status == 200:
        answer.document = {**answer.document, "openapi": "2.0"}


@on_answer(at="getOpenapi", breaks=("http.schema",))
def does_not_name_its_document(answer: Answer) -> None:
    """Gives its document no title."""
    if answer.status == 200:
        document = answer.document
        answer.document = {**document, "info": {**document["info"], "title": None}}
