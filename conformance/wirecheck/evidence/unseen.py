"""What the evidence does not show: the exceptions that make a sentence untestable, and when they are due. No I/O."""

from __future__ import annotations

from typing import Final

from wirecheck.evidence.exchange import Exchange

# Statuses by which a server says that it does not have, or does not take, what was asked for.
REFUSALS: Final = (400, 404, 405, 406, 415, 422, 501)


class Unseen(Exception):
    """Nobody saw what a requirement speaks of; the message says why. Never green, never blamed on the server."""


class Gone(Unseen):
    """The server answers no more, or the run's time is spent: nothing more is sent."""


def answer_or_unseen(answer: Exchange) -> Exchange:
    """The answer, where it is one to what was asked.

    Raises `Unseen` where none came, which `validation.answered` judges, and where a server that is full sheds.
    """
    if answer.status is None or answer.shed:
        raise Unseen(f"no answer to what was asked: {answer}")
    return answer


def accepts(answer: Exchange) -> bool:
    """Whether a server has what this request used: a plain refusal says no, an answer (even a broken one) yes.

    Raises `Unseen` where the answer says nothing of it.
    """
    if answer.status is None or answer.shed or answer.status in (401, 403, 408):
        raise Unseen(f"cannot tell whether the server has it: {answer}")
    return answer.status not in REFUSALS
