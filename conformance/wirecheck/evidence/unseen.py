"""What the evidence does not show: the exceptions that make a sentence untestable, and when they are due. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wirecheck.evidence.exchange import Exchange

# Statuses by which a server says that it does not have, or does not take, what was asked for.
REFUSALS: Final = (400, 404, 405, 406, 415, 422, 501)


class Unseen(Exception):
    """Nobody saw what a requirement speaks of; the message says why. Never green, never blamed on the server."""


class Untried(Unseen):
    """A request asked whether the server has something, and what came, if anything, says nothing of it."""


class Gone(Untried):
    """The server answers no more, or the run's time is spent: nothing more is sent."""


def answer_or_unseen(answer: Exchange) -> Exchange:
    """The answer, where it is one to what was asked.

    Raises `Unseen` where none came, which `validation.answered` judges, and where a server that is full sheds.
    """
    if answer.status is None or answer.shed:
        raise Unseen(f"no answer to what was asked: {answer}")
    return answer


def refuses(answer: Exchange, field: str) -> bool:
    """Whether a server says in so many words that it does not take a field: a refusal that names it."""
    if answer.status not in (400, 422):
        return False
    param, message = answer.at("error", "param"), answer.at("error", "message")
    return param == field or (isinstance(message, str) and field in message)


def decision(answer: Exchange) -> Exchange:
    """The answer, where it takes or refuses what was asked: whoever falls over has done neither.

    Raises `Unseen` where none came, for a 429, and for a 5xx, which `errors.no-5xx` judges.
    """
    if (answer_or_unseen(answer).status or 0) >= 500:
        raise Unseen(f"neither taken nor refused: {answer}")
    return answer


def decisions(answers: Iterable[Exchange]) -> list[Exchange]:
    """Those of the answers that take or refuse what was asked. Raises `Unseen` as `decision`, where none does."""
    found: list[Exchange] = []
    why = Unseen("nothing was asked")
    for answer in answers:
        try:
            found.append(decision(answer))
        except Unseen as unseen:
            why = unseen
    if not found:
        raise why
    return found


def accepts(answer: Exchange) -> bool:
    """Whether a server has what this request used: a plain refusal says no, an answer (even a broken one) yes.

    Raises `Untried` where the answer says nothing of it.
    """
    if answer.status is None or answer.shed or answer.status in (401, 403, 408):
        raise Untried(f"cannot tell whether the server has it: {answer}")
    return answer.status not in REFUSALS


def accepts_some(answers: Iterable[Exchange]) -> bool:
    """Whether a server takes what these requests used in any of their ways: half of a feature is one that is there.

    Raises `Untried` where no answer says that it does, and some say nothing of it.
    """
    untold: Untried | None = None
    for answer in answers:
        try:
            if accepts(answer):
                return True
        except Untried as untried:
            untold = untried
    if untold is not None:
        raise untold
    return False


def half_refused(answers: Iterable[Exchange]) -> list[Exchange]:
    """The plain refusals among several ways to ask for one thing, of which some are served with 200.

    Raises `Unseen` where none is served.
    """
    seen = list(answers)
    if not any(answer.status == 200 for answer in seen):
        raise Unseen("it was served in none of its ways")
    return [answer for answer in seen if answer.status in REFUSALS]
