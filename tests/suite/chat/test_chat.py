"""Requirements on chat answers: what a legal server may do is not broken, the bug beside it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.chat.probes.chat import KEPT, STOP, STOPPED, Both, Own, Parts, Stops, piece_of
from wirecheck.evidence.exchange import Chunk, Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, refused, says, streams, usage
from tests.suite.exchanges import QUESTION, answered, asked, delta, head, streamed

THINKS = says(None, "length", reasoning_content="Hm.")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (says("a"), PASSED),
        (says(None, "length", reasoning_content="Hm."), UNTESTABLE),
        (says("", reasoning="Hm."), UNTESTABLE),
        (says("", "length"), UNTESTABLE),
        (says(None, "content_filter"), UNTESTABLE),
        (says(None, refusal="No."), UNTESTABLE),
        (says(""), FAILED),
        (says("", "length", usage(completion=0)), FAILED),
    ],
)
def test_text(answer: Exchange, outcome: str) -> None:
    assert graded("chat.text", answer) == outcome


@pytest.mark.parametrize("name", ["chat.minimal", "chat.system-role", "chat.documented-fields", "stream.accept"])
def test_no_answer_is_no_refusal(name: str) -> None:
    assert graded(name, refused(None)) == UNTESTABLE
    assert graded(name, refused()) == FAILED


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        (says(PHRASE), PASSED),
        (says("The fox said."), PASSED),
        (refused(), FAILED),
        (refused(None), UNTESTABLE),
        (says("What shall I repeat?"), FAILED),
        (says(PHRASE, counts=usage(prompt=6)), FAILED),
        (THINKS, PASSED),
    ],
)
def test_parts(parts: Exchange, outcome: str) -> None:
    assert graded("chat.text-parts", Parts(says(PHRASE), parts)) == outcome


@pytest.mark.parametrize(
    ("index", "n", "outcome"), [(0, None, PASSED), (1, None, FAILED), (1.0, 1, FAILED), (1, 2, PASSED), (5, 2, FAILED)]
)
def test_indexes_of_plain_choices(index: Any, n: Any, outcome: str) -> None:
    document = {"choices": [{"index": index, "message": {"content": "a"}, "finish_reason": "stop"}]}
    request = asked(body=QUESTION | ({} if n is None else {"n": n}))
    assert graded("chat.choice-index", [answered(document, request=request)]) == outcome


@pytest.mark.parametrize(
    "answer",
    [
        says("a", counts=usage(prompt=22.0)),
        answered(head(created=1.0, choices=[{"index": 0}])),
        streamed(delta(content="a", index=0.0)),
    ],
)
def test_whole_numbers(answer: Exchange) -> None:
    assert graded("chat.whole-numbers", [answer]) == FAILED
    assert graded("chat.whole-numbers", [says("a", counts=usage(cost_usd=1.0)), streams("a")]) == PASSED


def _asking(text: str) -> dict[str, Any]:
    """The messages of a request, as a field of it."""
    return {"messages": [{"role": "user", "content": text}]}


_FOX = _asking("Repeat exactly: The fox, 日本 and 🦊 said")


def _begun(id_: str) -> dict[str, Any]:
    """The first chunk of a stream."""
    return {**delta(role="assistant"), "id": id_}


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((says("a"), says("b")), FAILED),
        ((answered(head(id="1")), answered(head(id="2")), streamed(head(id="3"), head(id="3"))), PASSED),
        ((answered(head(id="1")), streamed(_begun("3")), streamed(_begun("3"))), FAILED),
        # What tells no part of an answer need not say of which one.
        ((answered(head(id="1")), streamed(head(id=""), _begun("3")), streamed(head(id=""), _begun("4"))), PASSED),
        ((answered(head(id="1")), refused()), UNTESTABLE),
    ],
)
def test_ids(answers: tuple[Exchange, ...], outcome: str) -> None:
    bodies = [asked(body=QUESTION | {"seed": number}) for number, _ in enumerate(answers)]
    apart = [replace(answer, request=body) for answer, body in zip(answers, bodies, strict=True)]
    assert graded("chat.id-unique", apart) == outcome


def test_a_cache_may_give_the_same_answer_to_the_same_request() -> None:
    assert graded("chat.id-unique", [says("a"), says("a")]) == PASSED


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (says("a 日 b", fields=_FOX), PASSED),
        (says("The fox, \ufffd本 and", fields=_FOX), FAILED),
        (says("The fox, 日\ufffd", "length", fields=_FOX), PASSED),
        (says("So: 日\ufffd\ufffd and 🦊", fields=_FOX), FAILED),
        (says("a model's own \ufffd bytes", fields=_FOX), PASSED),
        (says("The fox, \ufffd本 and", fields=_asking("The fox, \ufffd本 and 🦊 said")), UNTESTABLE),
        (streams("日本 and ", "\ud83e", "\udd8a", " said", **_FOX), FAILED),
    ],
)
def test_characters(answer: Exchange, outcome: str) -> None:
    assert graded("chat.characters", [answer]) == outcome


def test_bytes_that_are_no_utf8_are_another_sentences() -> None:
    stream = streams("a", temperature=0)
    cut = replace(stream, chunks=tuple(Chunk(each.at, each.data.replace(b'"a"', b'"\xff"')) for each in stream.chunks))
    assert graded("chat.characters", [cut]) == UNTESTABLE


def _both(sync: str, stream: str | None = None) -> Both:
    return Both(says(sync), streams(sync if stream is None else stream))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (KEPT, PASSED),
        (f'Sure: "{KEPT}', PASSED),
        (KEPT + " ", PASSED),
        (STOPPED.replace(" gam", ", gam"), PASSED),
        ("I will not.", UNTESTABLE),
        ("", UNTESTABLE),
        (STOPPED, FAILED),
        (KEPT + "ta", FAILED),
        (KEPT + "ma delta", FAILED),
        (STOPPED.upper() + STOP, FAILED),
        ("alpha", FAILED),
        ("alpha b", FAILED),
    ],
)
def test_stop_strings(text: str, outcome: str) -> None:
    assert graded("chat.stop", Stops(_both(text))) == outcome
    assert graded("chat.stop-stream", Stops(_both(text))) == outcome


@pytest.mark.parametrize(
    ("said", "text", "finish", "outcome"),
    [
        ("one two three four", "one two", "stop", PASSED),
        ("one two three four", "one two three four", "stop", FAILED),
        ("one two three four", "one", "stop", FAILED),
        ("one two three four", "two", "stop", UNTESTABLE),
        (None, "another answer", "stop", PASSED),
        (None, "another three", "stop", FAILED),
        (None, "another answer", "length", UNTESTABLE),
    ],
)
def test_stop_strings_out_of_the_models_own_words(said: str | None, text: str, finish: str, outcome: str) -> None:
    own = Own(said, " three", Both(says(text, finish), streams(text, finish=finish)))
    for name in ("chat.stop", "chat.stop-stream"):
        assert graded(name, Stops(_both("I will not."), own)) == outcome
        assert graded(name, Stops(_both("alpha beta gamma delta"), own)) == FAILED, "ours counts first"


def test_a_stop_string_out_of_noise_is_text() -> None:
    assert piece_of("noise \ufffd{\ufffd\ufffd one\ufffd") == " one"
    assert piece_of("one two three four") == "hree f"
    assert piece_of("\ufffd" * 30) == "", "there is none to be asked for"


def test_a_refused_stop_string_is_no_missing_feature() -> None:
    assert graded("chat.stop", Stops(Both(refused(), refused()))) == FAILED
    assert graded("chat.stop-stream", Stops(Both(refused(), refused()))) == FAILED
    assert graded("chat.stop", Stops(Both(refused(429), refused(None)))) == UNTESTABLE


def _two(second: str | None) -> Exchange:
    choices = [
        {"index": index, "message": {"content": text}, "finish_reason": "stop"}
        for index, text in enumerate(("yes", second))
    ]
    return answered({"choices": choices})


def _two_streamed(second: str) -> Exchange:
    pieces = [delta(role="assistant", index=index) for index in (0, 1)]
    pieces += [delta(content="yes"), delta(content=second, index=1), delta("stop"), delta("stop", index=1)]
    return streamed(*pieces)


def test_several_choices() -> None:
    assert graded("chat.n", Both(_two("yes"), refused())) == PASSED
    assert graded("chat.n", Both(_two(""), refused())) == FAILED
    assert graded("chat.n", Both(says("yes"), refused())) == FAILED
    assert graded("chat.n-stream", Both(_two("yes"), _two_streamed("yes"))) == PASSED
    assert graded("chat.n-stream", Both(_two("yes"), _two_streamed(""))) == FAILED
    assert graded("chat.n-stream", Both(_two("yes"), refused())) == FAILED
    assert graded("chat.n-stream", Both(_two("yes"), refused(429))) == UNTESTABLE
