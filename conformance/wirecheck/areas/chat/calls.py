"""The tool calls of a chat answer as they came, from one body or delta by delta, and how two answers differ. No I/O.

Reading is tolerant where a client would still know which call is meant: judging what is wrong is for others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.chat.reading import Choice, read
from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import ABSENT, Exchange, at, items
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape

# The finish reasons of an answer that the model did not end itself.
CUT: Final = ("length", "content_filter")


@dataclass
class Call:
    """One call: its parts as sent, each with the number of its event; one with the number 0 where it came whole.

    `index` is what its first part says, `ABSENT` where that is no count.
    """

    index: Any
    parts: list[tuple[int, dict[str, Any]]]

    @property
    def first(self) -> dict[str, Any]:
        """The part that begins the call."""
        return self.parts[0][1]

    @property
    def later(self) -> list[tuple[int, dict[str, Any]]]:
        """The other parts."""
        return self.parts[1:]

    @property
    def id(self) -> str:
        """The first id that is not empty, "" where there is none."""
        return next((id_ for _, part in self.parts if (id_ := text(part, "id"))), "")

    @property
    def name(self) -> str:
        """The first name that is not empty, "" where there is none."""
        return next((name for _, part in self.parts if (name := text(part, "function", "name"))), "")

    @property
    def pieces(self) -> list[Any]:
        """The values of `arguments` in order. Null stands for nothing in a delta, as the schema has it."""
        found = [(number, at(part, "function", "arguments")) for number, part in self.parts]
        return [value for number, value in found if value is not ABSENT and (value is not None or not number)]

    @property
    def arguments(self) -> str | None:
        """The arguments, joined; None where they are of a type that the schema forbids."""
        came_whole = not self.parts[0][0]
        if not all(isinstance(piece, str) for piece in self.pieces) or (came_whole and not self.pieces):
            return None
        return "".join(self.pieces)

    @property
    def value(self) -> Any:
        """The arguments as a value, `ABSENT` where they are not the text of one JSON object."""
        try:
            value = strict_json.parse(self.arguments or "")
        except strict_json.NotJson:
            return ABSENT
        return value if isinstance(value, dict) else ABSENT


def text(value: Any, *path: str) -> str:
    """The text at a path, "" where there is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def calls_of(answer: Exchange) -> list[Call]:
    """The calls of choice 0, in the order in which they begin."""
    return answer.once(_calls)


def _calls(answer: Exchange) -> list[Call]:
    found: list[Call] = []
    if not answer.is_stream:
        return [Call(number, [(0, part)]) for number, part in enumerate(_parts(answer.json, "message"))]
    for number, chunk in answer.objects:
        for part in _parts(chunk, "delta"):
            call = _continued(found, part)
            if call is None:
                found.append(Call(_index(part), [(number, part)]))
            else:
                call.parts.append((number, part))
    return found


def _parts(value: Any, message: str) -> Iterator[dict[str, Any]]:
    for position, item in enumerate(items(value, "choices")):
        index, calls = at(item, "index"), at(item, message, "tool_calls")
        if index == 0 or (not isinstance(index, int) and (message == "delta" or position == 0)):
            # One call in place of a list of calls is the shape's to judge: what it says can still be read.
            yield from (part for part in (calls if isinstance(calls, list) else [calls]) if isinstance(part, dict))


def _index(part: dict[str, Any]) -> Any:
    index = at(part, "index")
    counts = isinstance(index, (int, float)) and not isinstance(index, bool) and index >= 0
    return int(index) if counts and index % 1 == 0 else ABSENT  # 1.0 is a whole number in JSON Schema, too


def _continued(begun: list[Call], part: dict[str, Any]) -> Call | None:
    """The call that a delta continues, None where it begins one.

    A delta without an index continues the last call unless it has an id of its own. One with an index continues the
    call of that index, unless that is whole and the delta has another id and a name: then two calls share an index.
    """
    index, id_ = _index(part), text(part, "id")
    last = begun[-1] if begun else None
    call = next((each for each in reversed(begun) if each.index == index and index is not ABSENT), None)
    if call is None:
        loose = last is not None and (index is ABSENT or last.index is ABSENT)
        return last if loose and last is not None and id_ in ("", last.id) else None
    anew = id_ not in ("", call.id) and text(part, "function", "name") and call.value is not ABSENT
    return None if anew else call


def calls_in_the_older_way(answer: Exchange) -> bool:
    """Whether an answer holds a `function_call`, the call of before there were tools."""
    values = [value for _, value in answer.objects] if answer.is_stream else [answer.json]
    choices = [item for value in values for item in items(value, "choices")]
    return any(at(item, message, "function_call") for item in choices for message in ("message", "delta"))


def choice_of(answer: Exchange) -> Choice | None:
    """Choice 0, None where the answer has none."""
    try:
        return read(answer).first
    except Unseen:
        return None


def cut(answer: Exchange) -> bool:
    """Whether the model did not come to its end, or refused to begin."""
    choice = choice_of(answer)
    return choice is None or choice.finish in CUT or bool(choice.refusal)


def holding(answers: Iterable[Exchange]) -> list[tuple[Exchange, list[Call]]]:
    """The answers that hold calls, with their calls. Raises `Unseen` where there are none."""
    found = [(answer, calls) for answer in answers if answer.status == 200 and (calls := calls_of(answer))]
    if not found:
        raise Unseen("no answer holds a call")
    return found


def ended(answers: Iterable[Exchange]) -> list[tuple[Exchange, Call]]:
    """Each call whose arguments the model had the time to end: of an answer that was cut, all but the last."""
    found = [(answer, call) for answer, calls in holding(answers) for call in (calls[:-1] if cut(answer) else calls)]
    if not found:
        raise Unseen("the answers with calls were cut")
    return found


def calls_of_ended(answers: Iterable[Exchange]) -> list[list[Call]]:
    """The calls of each answer that came to its end, none where it has none."""
    return [
        calls_of(answer)
        for answer in answers
        if answer.end == "complete"
        and not cut(answer)
        and not any(shape.says_error(value) for _, value in answer.objects)
    ]


def difference(before: Sequence[list[Call]], after: Sequence[list[Call]], word: str) -> str:
    """How the calls of each answer in `after` differ from those of each in `before`, "" where two are alike.

    A model may answer twice differently, but it does not lose a call, or what an argument is called. Other values are
    a difference where the answers of each side agree with each other, or where those of one side alone all hold the
    word that the prompt told. Raises `Unseen` where nothing can be said.
    """
    for form in (len, _names, _keys):
        said = _apart(before, after, form)
        if said:
            return said
    said = _apart(before, after, _values)
    steady = all(len(side) > 1 and len({_values(calls) for calls in side}) == 1 for side in (before, after))
    told = [{_holds(calls, word) for calls in side} for side in (before, after)]
    if said and not steady and told not in ([{True}, {False}], [{False}, {True}]):
        raise Unseen("the model does not give the same arguments each time")
    return said


def _apart(before: Sequence[list[Call]], after: Sequence[list[Call]], form: Callable[[list[Call]], Any]) -> str:
    first, second = [form(calls) for calls in before], [form(calls) for calls in after]
    if None in first or None in second:
        raise Unseen("calls without a name or without JSON cannot be compared")
    return (
        ""
        if set(first) & set(second)
        else f"without a stream {_described(before[0])}, in the stream {_described(after[0])}"
    )


def _described(calls: list[Call]) -> str:
    return ", ".join(f"{call.name}({call.arguments or ''})"[:120] for call in calls) or "no call"


def _names(calls: list[Call]) -> tuple[str, ...] | None:
    names = tuple(sorted(call.name for call in calls))
    return None if "" in names else names


def _keys(calls: list[Call]) -> tuple[Any, ...] | None:
    values = [(call.name, call.value) for call in calls]
    return None if ABSENT in [value for _, value in values] else tuple(sorted((name, *sorted(v)) for name, v in values))


def _values(calls: list[Call]) -> tuple[str, ...]:
    return tuple(sorted(f"{call.name} {json.dumps(call.value, sort_keys=True)}" for call in calls))


def _holds(calls: list[Call], word: str) -> bool:
    return all(word.lower() in json.dumps(call.value, ensure_ascii=False).lower() for call in calls)
