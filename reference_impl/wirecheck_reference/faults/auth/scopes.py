"""Scopes gone wrong: keys that open more than they are good for, or less."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.auth.reading import admit, key_of
from wirecheck_reference.faults.kinds.fault import EVERY, on_answer, on_error, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request


@on_request(at="listFiles", breaks=("scopes.refused",))
def lists_files_for_every_key(request: Request) -> None:
    """Shows the list of files to keys that may not read any."""
    if key_of(request) in request.narrow_keys:
        admit(request)


@on_request(at=("getFile", "getFileContent", "deleteFile", "updateStoredCompletion"), breaks=("scopes.refused",))
def looks_at_scopes_of_collections_alone(request: Request) -> None:
    """Does with a single thing what a key may not do with it."""
    if key_of(request) in request.narrow_keys:
        admit(request)


@on_error(at=EVERY, breaks=("scopes.refused",))
def takes_a_narrow_key_for_a_wrong_one(envelope: dict[str, Any], answer: Answer) -> None:
    """Answers 401 where a key is not good for what is asked."""
    if answer.status == 403:
        answer.status, envelope["error"]["type"] = 401, "authentication_error"


@on_error(at=EVERY, breaks=("scopes.challenge",))
def does_not_say_that_a_scope_is_wanted(_: dict[str, Any], answer: Answer) -> None:
    """Forbids without a challenge."""
    if answer.status == 403:
        answer.headers.pop("www-authenticate", None)


@on_answer(at=("listModels", "getModel"), breaks=("scopes.enough",))
def wants_every_scope_for_models(answer: Answer) -> None:
    """Forbids the models to keys that may read them and nothing else."""
    if answer.status == 200 and key_of(answer.request) in answer.request.narrow_keys:
        answer.status, answer.document = 403, ApiError(403, "insufficient_scope", "The key may not do this.").document()
