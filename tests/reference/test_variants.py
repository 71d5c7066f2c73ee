"""Legal variants are listed and served, alone or all at once below a path each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wirecheck_reference.faults.kinds.operations import operation_ids
from wirecheck_reference.variants import all_variants, find_variant

from tests.forked import command
from tests.reference.child import CHAT, child
from tests.reference.test_fault_meaning import chat_body


def test_variants_say_what_they_are_and_what_allows_them() -> None:
    for variant in all_variants():
        assert variant.summary.endswith(".")
        assert variant.source
        assert find_variant(variant.name) is variant
    with pytest.raises(KeyError, match="nobody"):
        find_variant("nobody")


def test_the_list_of_variants() -> None:
    text = command("wirecheck_reference", "variants").stdout
    assert all(each.name in text and each.source in text for each in all_variants())
    listed = json.loads(command("wirecheck_reference", "variants", "--json").stdout)
    assert [entry["name"] for entry in listed] == [variant.name for variant in all_variants()]
    assert all(set(entry["at"]) <= set(operation_ids()) and entry["at"] for entry in listed)


def test_one_variant_or_all(tmp_path: Path) -> None:
    with child(tmp_path, "--variant", "ends-lines-with-cr-lf") as server:
        assert server.client.post(CHAT, json=chat_body(stream=True)).text.endswith("data: [DONE]\r\n\r\n")
        assert server.client.post(CHAT, json=chat_body()).status_code == 200
    with child(tmp_path, "--all-variants") as server:
        other = server.client.post(f"/variants/ends-lines-with-cr-lf{CHAT}", json=chat_body(stream=True))
        assert other.text.endswith("data: [DONE]\r\n\r\n")
        assert server.client.post(CHAT, json=chat_body(stream=True)).text.endswith("data: [DONE]\n\n")
        assert server.client.get("/variants/nobody/v1/models").status_code == 404
        assert server.log.read_text() == ""


@pytest.mark.parametrize(
    "options",
    [
        ("--variant", "nobody"),
        ("--variant", "sorts-its-keys", "--fault", "never-says-done"),
        ("--all-variants", "--all-faults"),
        ("--all-variants", "--fault", "never-says-done"),
    ],
)
def test_one_way_at_a_time(options: tuple[str, ...]) -> None:
    ended = command("wirecheck_reference", "serve", "--port", "0", *options)
    assert ended.returncode == 2
    assert "variant" in ended.stderr
