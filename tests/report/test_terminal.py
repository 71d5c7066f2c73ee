"""The terminal: what it says, that commands can be copied, and that no server writes to it."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console
from wirecheck.judging.requirement import Broken, Level
from wirecheck.judging.verdict import Judgement, Result
from wirecheck.report import json_report, terminal

from tests.report import judgements

COST = "requests 118  tokens 1234  5.2 s  seed 1"
_STYLES = re.compile(r"\x1b\[[0-9;]*m")


def _rendered(judgement: Judgement, *, verbose: bool = False, width: int = 80, colours: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colours, color_system="truecolor" if colours else None)
    terminal.render(json_report.document(judgement), console, verbose)
    return out.getvalue()


def test_it_says_what_is_broken_and_how_to_see_it_again() -> None:
    shown = _rendered(judgements.plain())
    lines = shown.split("\n")
    assert shown.index("stream.done  MUST") < shown.index("errors.type  SHOULD")
    for wanted in (
        "  A stream MUST say `stream.done` at its end.",
        "  • the stream ended with `{...}`; `[DONE]` is required",
        "  • nobody answered",
        "  … and 6 more",
        '      +0.010 s  data: {"choices": [{"delta": {"content": "hello"}}]}',
        "    auth.missing, auth.wrong",
        "note: present but not declared: logprobs",
        f"core: violates  MUST 1/3  SHOULD 0/1  unsupported 1  untestable 2  errored 1  {COST}",
    ):
        assert wanted in lines
    assert "wirecheck explain stream.done" in shown
    assert "\x1b" not in shown


def test_a_command_is_one_line_however_narrow_the_terminal() -> None:
    for colours in (False, True):
        shown = _STYLES.sub("", _rendered(judgements.plain(), width=60, colours=colours))
        commands = [line.strip() for line in shown.split("\n") if line.strip().startswith("curl")]
        assert len(commands) == 1
        assert all(command.endswith("}'") for command in commands)


def test_verbose_shows_every_requirement_and_all_evidence() -> None:
    brief, full = _rendered(judgements.plain()), _rendered(judgements.plain(), verbose=True)
    assert "models.list" not in brief
    for each in judgements.plain().results:
        assert each.requirement.id in full
    assert "ConnectError: refused" not in brief
    assert "ConnectError: refused" in full
    assert "Traceback" not in brief
    assert "Traceback" in full
    assert "content-type: text/event-stream" in full


def test_a_long_stream_is_shortened() -> None:
    exchange = judgements.streamed(*[f"{place}" for place in range(100)])
    result = Result(judgements.about("stream.done"), "failed", "", (Broken("no end", exchange),), 1)
    shown = _rendered(judgements.judgement(result))
    assert "data: 0\n" in shown
    assert "data: 99\n" in shown
    assert "90 more" in shown
    full = _rendered(judgements.judgement(result), verbose=True)
    assert "60 more" in full
    assert "data: 29\n" in full


def test_what_differs_only_in_ids_is_said_once() -> None:
    broken = tuple(Broken(f"id chatcmpl-{place}af, at {place}.5 s", judgements.answered()) for place in range(5))
    shown = _rendered(judgements.judgement(Result(judgements.about("a.b"), "failed", "", broken, 19)))
    assert "chatcmpl-0af" in shown
    assert "chatcmpl-1af" not in shown
    assert "and 18 more" in shown


def test_chunks_that_begin_alike_show_where_they_differ() -> None:
    events = [f'{{"id": "{"x" * 100}", "delta": {{"content": "word {place}"}}}}' for place in range(3)]
    result = Result(judgements.about("a.b"), "failed", "", (Broken("odd", judgements.streamed(*events)),), 1)
    shown = _rendered(judgements.judgement(result))
    assert 'data: {"id": "xxx' in shown
    assert '"delta": {"content": "word 1"}}\n' in shown


@pytest.mark.parametrize("verbose", [False, True])
def test_a_hostile_server_writes_nothing_to_the_terminal(*, verbose: bool) -> None:
    shown = _rendered(judgements.hostile(), verbose=verbose, colours=True)
    assert "\\x1b[31mred" in shown
    bare = _STYLES.sub("", shown)
    assert not [char for char in bare if not char.isprintable() and char != "\n"]
    assert "[bold]b[/bold]" in bare
    assert judgements.KEY not in bare


def test_a_document_changed_by_hand_writes_nothing_either() -> None:
    document = json_report.document(judgements.plain())
    document["notes"] = [judgements.ANSI]
    document["server"]["url"] = judgements.ANSI
    out = io.StringIO()
    terminal.render(document, Console(file=out))
    assert "\x1b" not in out.getvalue()


def test_a_console_of_another_encoding_gets_only_what_it_can_take() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", newline="\n") as out:
        exchange = judgements.answered("é 漢字".encode())
        result = Result(judgements.about("errors.body"), "failed", "", (Broken("got é", exchange),), 1)
        terminal.render(json_report.document(judgements.judgement(result)), Console(file=out), True)
        out.flush()
        shown = raw.getvalue().decode("ascii")
    assert "x errors.body  MUST" in shown
    assert "got \\xe9" in shown


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([Result(judgements.about("a.b"), "passed", judged=1)], "conforms to profile core"),
        ([Result(judgements.about("a.b"), "errored", "KeyError: 1")], "Nobody can tell whether"),
        ([Result(judgements.about("a.b"), "failed", count=1)], "violates profile core"),
    ],
)
def test_the_last_words_are_the_verdict(results: list[Result], words: str) -> None:
    assert words in " ".join(_rendered(judgements.judgement(*results)).split("\n")[-4:])


def _broken(id_: str, *messages: str, level: Level = "MUST", feature: str = "chat") -> Result:
    violations = tuple(Broken(message, judgements.answered()) for message in messages)
    return Result(judgements.about(id_, level, feature=feature), "failed", "", violations, len(messages))


def test_the_core_comes_first_and_what_to_mend_first_is_named() -> None:
    results = [
        _broken("logprobs.a", "odd", feature="logprobs"),
        _broken("tools.a", "odd", feature="tools"),
        _broken("chat.a", "odd"),
        _broken("chat.b", "odd"),
    ]
    shown = _rendered(judgements.judgement(*results))
    places = [shown.index(f"✗ {id_}") for id_ in ("chat.a", "chat.b", "tools.a", "logprobs.a")]
    assert places == sorted(places)
    assert "To mend first:  chat.a, chat.b, tools.a and 1 more" in shown


def test_advice_is_a_line_unless_all_is_asked_for() -> None:
    result = _broken("chat.a", "one odd thing", "another odd thing", level="SHOULD")
    brief = _rendered(judgements.judgement(result))
    assert "  ! chat.a  SHOULD  one odd thing (and 1 more)\n" in brief
    assert "curl" not in brief
    full = _rendered(judgements.judgement(result), verbose=True)
    assert "another odd thing" in full
    assert "curl" in full


def test_every_distinct_message_is_shown_where_all_is_asked_for() -> None:
    words = [f"thing {'abcdefghij'[place % 10]}{'klmno'[place // 10]}" for place in range(50)]
    judged = judgements.judgement(_broken("chat.a", *words))
    full, brief = _rendered(judged, verbose=True), _rendered(judged)
    assert all(f"• {word}\n" in full for word in words)
    assert len([word for word in words if f"• {word}\n" in brief]) == 5
    assert "and 45 more" in brief
