"""What completions are held to, on answers by hand: the kinds that servers differ in, and the bugs that they had."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.completions.probes import echoes, lists, refusals, text_limits
from wirecheck.areas.completions.probes.refusals import nullable
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, usage
from tests.suite.completions import answers
from tests.suite.completions.answers import choice, continues, refused, streams

TWO = ["one", "two"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (continues(choice("a")), PASSED),
        (continues(choice("a"), choice("b", 1), prompt=TWO), PASSED),
        (continues(*(choice("a", index) for index in range(4)), prompt=TWO, n=2), PASSED),
        (continues(choice("b", 1), choice("a"), prompt=TWO), PASSED),
        (continues(choice("a"), prompt=TWO), FAILED),
        (continues(choice("a", 1), prompt=TWO), FAILED),
        (continues(choice("a"), choice("b"), prompt=TWO), FAILED),
        (continues(choice("a"), n=2), FAILED),
        (continues(choice("a"), prompt=[1, 2, 3]), UNTESTABLE),
    ],
)
def test_choices_are_counted_by_prompts_and_n(answer: Exchange, outcome: str) -> None:
    assert graded("completions.count", [answer]) == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (continues(choice("a"), choice("b", 1), prompt=TWO), PASSED),
        (continues(choice("b", 1), choice("a"), prompt=TWO), FAILED),
    ],
)
def test_choices_stand_in_order(answer: Exchange, outcome: str) -> None:
    assert graded("completions.in-order", [answer]) == outcome


def listed(sync: Exchange, stream: Exchange | None = None) -> tuple[lists.Listed, ...]:
    """The answers to a list of two prompts, each with a word of its own."""
    return (lists.Listed(("aaaa", "bbbb"), 1, Both(sync, stream or sync)),)


@pytest.mark.parametrize(
    ("sync", "outcome"),
    [
        (continues(choice("code aaaa"), choice("code bbbb", 1), prompt=TWO), PASSED),
        (continues(choice("code bbbb", 1), choice("code aaaa"), prompt=TWO), PASSED),
        (continues(choice("code bbbb"), choice("code aaaa", 1), prompt=TWO), FAILED),
        (continues(choice("something"), choice("else", 1), prompt=TWO), UNTESTABLE),
        (continues(choice("code bbbb"), prompt=TWO), UNTESTABLE),
    ],
)
def test_choices_continue_the_prompts_of_their_indexes(sync: Exchange, outcome: str) -> None:
    assert graded("completions.order", listed(sync)) == outcome


@pytest.mark.parametrize(
    ("stream", "outcome"),
    [
        (streams(choice("a"), choice("b", 1), prompt=TWO), PASSED),
        (streams(choice("a", finish=None), choice("b", 1), choice("", 0), prompt=TWO), PASSED),
        (streams(choice("a"), prompt=TWO), FAILED),
        (streams(choice("a"), choice("b", 1, None), prompt=TWO), FAILED),
        (streams(choice("a"), choice("b", 2), prompt=TWO), FAILED),
        (streams(choice("a", finish=None)), PASSED),
    ],
)
def test_streams_bring_each_choice_to_its_end(stream: Exchange, outcome: str) -> None:
    assert graded("completions.stream-count", [stream]) == outcome


@pytest.mark.parametrize("id_", ["stream.finish-once", "stream.finish-last", "stream.done", "stream.one-id"])
def test_what_holds_for_any_stream_holds_for_completions(id_: str) -> None:
    right = streams(choice("a", finish=None), choice("b"))
    wrong = {
        "stream.finish-once": streams(choice("a"), choice("")),
        "stream.finish-last": streams(choice("a"), choice("b", finish=None)),
        "stream.done": streams(choice("a")),
        "stream.one-id": streams(choice("a", finish=None), choice("b")),
    }[id_]
    if id_ == "stream.done":
        wrong = _replaced(wrong, b"data: [DONE]\n\n", b"")
    if id_ == "stream.one-id":
        wrong = _replaced(wrong, b'"cmpl-1"', b'"cmpl-2"', only=1)
    assert graded(id_, [right]) == PASSED
    assert graded(id_, [wrong]) == FAILED


def _replaced(answer: Exchange, old: bytes, new: bytes, only: int | None = None) -> Exchange:
    """An answer with other bytes: in each chunk, or in the one of that number."""
    chunks = [
        replace(each, data=each.data.replace(old, new)) if only in (None, place) else each
        for place, each in enumerate(answer.chunks)
    ]
    return replace(answer, chunks=tuple(chunks))


@pytest.mark.parametrize(
    ("tokens", "count", "outcome"),
    [
        ([1, 2, 3], 1, PASSED),
        ([1, 2, 3], 3, FAILED),
        ([[1, 2], [3]], 2, PASSED),
        ([[1, 2], [3]], 1, FAILED),
    ],
)
def test_tokens_make_one_prompt(tokens: Any, count: int, outcome: str) -> None:
    answer = continues(*(choice("a", index) for index in range(count)), prompt=tokens)
    assert graded("completions.tokens", refusals.Ways((answer,))) == outcome


def test_tokens_may_be_refused_and_lists_may_not() -> None:
    assert graded("completions.tokens", refusals.Ways((refused(),))) == PASSED
    seen = lists.Listed(("a", "b"), 1, Both(refused(prompt=TWO), refused(prompt=TWO)))
    assert graded("completions.lists", seen) == FAILED


def told(*tokens: str, **other: Any) -> tuple[Exchange, ...]:
    """An answer to `logprobs` whose text is that of the tokens, with other lists where they are given."""
    return (continues(choice("".join(tokens), logprobs={**answers.lists(*tokens), **other}), logprobs=2),)


@pytest.mark.parametrize(
    ("id_", "wrong"),
    [
        ("completions.logprobs-aligned", {"token_logprobs": [-0.5]}),
        ("completions.logprobs-text", {"tokens": ["one", "TWO"]}),
        ("completions.logprobs-offset", {"text_offset": [0, 1]}),
        ("completions.logprobs-numbers", {"token_logprobs": [-0.5, 0.5]}),
        ("completions.logprobs-numbers", {"token_logprobs": [None, -0.5]}),
        ("completions.logprobs-given", {"token_logprobs": None}),
    ],
)
def test_log_probabilities_are_judged_each_by_its_sentence(id_: str, wrong: dict[str, Any]) -> None:
    assert graded(id_, told("one", " two")) == PASSED
    assert graded(id_, told("one", " two", **wrong)) == FAILED


def test_offsets_may_count_from_the_prompt_unless_it_is_echoed() -> None:
    assert graded("completions.logprobs-offset", told("one", " two", text_offset=[40, 43])) == PASSED
    logprobs = answers.lists(echoes.PROMPT, " two", first=None) | {"text_offset": [5, 5 + len(echoes.PROMPT)]}
    echoed = continues(choice(f"{echoes.PROMPT} two", logprobs=logprobs), prompt=echoes.PROMPT, echo=True)
    assert graded("completions.logprobs-offset", (echoed,)) == FAILED


def test_parts_of_characters_tell_nothing_of_the_text() -> None:
    assert graded("completions.logprobs-text", told("one", "bytes:\\xe2")) == UNTESTABLE


@pytest.mark.parametrize(
    ("stop", "text", "finish", "outcome"),
    [
        ("gamma", "alpha beta ", "stop", PASSED),
        ("gamma", "alpha beta gamma delta", "stop", FAILED),
        ("gamma", "alpha beta  delta", "stop", FAILED),
        ("gamma", "alpha", "stop", FAILED),
        ("gamma", "omega", "stop", UNTESTABLE),
    ],
)
def test_texts_end_before_their_stop_string(stop: str, text: str, finish: str, outcome: str) -> None:
    answer = continues(choice(text, finish=finish))
    seen = text_limits.Stopped("alpha beta gamma delta", stop, True, Both(answer, answer))
    assert graded("completions.stop", seen) == outcome


def test_a_model_that_varies_is_held_to_the_letter_alone() -> None:
    for text, outcome in (("omega", PASSED), ("gamma e", FAILED)):
        answer = continues(choice(text))
        seen = text_limits.Stopped("delta e", "e", False, Both(answer, answer))
        assert graded("completions.stop", seen) == (FAILED if "e" in text else outcome)


def test_a_list_of_one_text_twice_is_counted_twice() -> None:
    alone = continues(choice("a"), counts=usage(7, 2))
    for counts, outcome in ((usage(14, 4), PASSED), (usage(7, 4), FAILED), (usage(14, 2), FAILED)):
        twice = continues(choice("a"), choice("a", 1), prompt=["hello"] * 2, counts=counts)
        assert graded("completions.usage-list", lists.Doubled(alone, twice)) == outcome


def test_echo_that_is_refused_in_one_mode_alone_is_told() -> None:
    right = continues(choice(f"{echoes.PROMPT} x"), prompt=echoes.PROMPT, echo=True)
    assert graded("completions.echo", Both(right, right)) == PASSED
    assert graded("completions.echo", Both(continues(choice("x"), echo=True), right)) == FAILED
    assert graded("completions.echo-stream", Both(right, refused(stream=True, echo=True))) == FAILED


def test_fields_that_may_be_null_are_read_from_the_contract() -> None:
    assert {"best_of", "echo", "logprobs", "suffix", "stop"} <= set(nullable())
    assert not {"model", "prompt", "user"} & set(nullable())
