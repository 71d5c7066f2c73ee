"""What a call is said to reach is what a client asks for, as the log of the server has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from wirecheck.contract.operations import operations

from tests.clients.baseline import SERVER
from tests.clients.drivers.lines import Call
from tests.clients.drivers.openai_python import calls
from tests.clients.drivers.openai_reading import client
from tests.clients.reaching import areas, reaches
from tests.reference.child import Child, child, until

# One of each kind: all of them take their time.
CALLS = ("chat", "embed", "models", "completion", "file", "conversation", "stored", "token-good")


def test_the_areas_are_those_of_the_contract() -> None:
    known = {tag for each in operations() for tag in each.tags}
    assert set().union(*(areas(call) for call in calls())) <= known


@pytest.mark.parametrize(
    ("call", "at", "found"),
    [
        ("stream-usage", ["createChatCompletion"], True),
        ("stream-usage", ["createCompletion", "listFiles"], False),
        ("completion-list", ["createCompletion"], True),
        ("stored-pages", ["listStoredCompletions"], True),
        ("stored-pages", ["createChatCompletion"], True),
        ("file-pages", ["listStoredCompletions"], False),
        ("conversation", ["listConversations", "listConversationItems"], True),
        ("conversation", ["listConversations"], False),
    ],
)
def test_a_call_reaches_the_operations_of_its_area(call: str, at: list[str], found: bool) -> None:
    assert reaches(call, at) == found


def test_a_client_asks_what_a_call_is_said_to_reach(tmp_path: Path) -> None:
    with child(tmp_path, *(each for each in SERVER if each != "--all-faults"), level="info") as server:
        try:
            for name in CALLS:
                assert asked(server, calls()[name]) == areas(name), name
        finally:
            client.cache_clear()


def asked(server: Child, call: Call) -> set[str]:
    """The areas of the operations that a call asked."""
    before = len(requests(server))
    call(f"{server.url}/v1")
    until(lambda: server.active() == 0)
    found = requests(server)[before:]
    return {tag for method, path in found for tag in tags(method, path)}


def requests(server: Child) -> list[tuple[str, str]]:
    """The requests that were logged, but for those that ask how the server is."""
    logged = [(each["method"], each["path"]) for each in server.logged() if each["event"] == "request"]
    return [each for each in logged if each[1] != "/health"]


def tags(method: str, path: str) -> set[str]:
    """The areas of the operation that a request is of."""
    operation = operations().of(method, path)
    assert operation is not None, path
    return set(operation.tags)
