"""What the echo goes on with behind each prompt of a completion, cut and told in pieces. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirecheck_reference.engines.completion import CompletionRequest, Piece
from wirecheck_reference.engines.echo.generation import Counts
from wirecheck_reference.engines.echo.limits import Reach
from wirecheck_reference.engines.echo.manners import Manner
from wirecheck_reference.engines.echo.reply import without_lead
from wirecheck_reference.engines.echo.script import MOST_LOGPROBS, cut, likeliest
from wirecheck_reference.engines.echo.tokens import tokenize
from wirecheck_reference.errors import invalid_value

_USUAL: Final = 16  # OpenAI API reference, Create completion: max_tokens
_MOST_CHOICES: Final = 1024
# No token has more letters, so that a longer text is too long without being taken apart.
_LONGEST_TOKEN: Final = 5
# Halves of surrogate pairs are code points, and no text.
_HALVES: Final = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class _Prompt:
    """A text to be continued, in tokens; `path` is where it stands in the request."""

    text: str
    tokens: Sequence[str]
    path: str


def continuations(
    request: CompletionRequest, manner: Manner, reach: Reach, *, at_once: bool = False
) -> tuple[list[list[Piece]], Counts]:
    """The pieces of each choice, a line for each, and the tokens of all.

    With `at_once` a text without logprobs is one piece. Raises `ApiError` (400): `context_length_exceeded` where one
    of the prompts and the limit do not fit the window; `invalid_value` for `best_of` below `n` or in a stream, for ids
    that are no tokens, for more choices or logprobs than it tells.
    """
    prompts = _prompts(request.get("prompt"), reach)
    n = int(request.get("n") or 1)
    candidates = _candidates(request, n)
    if len(prompts) * candidates > _MOST_CHOICES:
        raise invalid_value(f"One request gets at most {_MOST_CHOICES} choices.", "prompt" if n == 1 else "n")
    given = request.get("max_tokens")
    limit = _USUAL if given is None else int(given)
    behind = len(tokenize(request.get("suffix") or ""))
    for prompt in prompts:
        reach.refuse_too_much(
            len(prompt.tokens) + behind, limit, "max_tokens" if given is not None else prompt.path, prompt.path
        )
    lines: list[list[Piece]] = []
    completion = 0
    told = 0
    for place, prompt in enumerate(prompts):
        for number in range(n):
            said = manner.continuation(prompt.text, request.get("seed"), without_lead(prompt.text), limit)
            tokens, reason = cut(said, _ends(request), limit)
            # Of the candidates that are not told all are as long as the last that is.
            completion += len(tokens) * (1 if number < n - 1 else candidates - n + 1)
            told += len(tokens) + (len(prompt.tokens) if request.get("echo") else 0)
            _refuse_many(told, request)
            pieces = list(_pieces(place * n + number, prompt, tokens, request))
            lines.append(_ended(place * n + number, pieces, reason, at_once=at_once))
    return lines, Counts(sum(len(prompt.tokens) + behind for prompt in prompts), completion)


def _prompts(given: Any, reach: Reach) -> list[_Prompt]:
    if given is None or isinstance(given, str):
        return [_of_text(given or "", "prompt", reach)]
    if not isinstance(given[0], (str, list)):
        return [_of_tokens(given, "prompt")]
    return [
        _of_text(each, f"prompt.{place}", reach) if isinstance(each, str) else _of_tokens(each, f"prompt.{place}")
        for place, each in enumerate(given)
    ]


def _of_text(text: str, path: str, reach: Reach) -> _Prompt:
    if len(text) > reach.window * _LONGEST_TOKEN:
        reach.refuse_too_much(len(text) // _LONGEST_TOKEN + 1, 0, path, path)
    return _Prompt(text, tokenize(text), path)


def _of_tokens(ids: Sequence[int | float], path: str) -> _Prompt:
    """The echo's vocabulary is Unicode: the id of a token is a code point. Raises `ApiError` (400) for other ids."""
    tokens: list[str] = []
    for place, each in enumerate(map(int, ids)):
        if not 0 <= each <= 0x10FFFF or each in _HALVES:
            raise invalid_value(f"The model has no token {each}.", f"{path}.{place}")
        tokens.append(chr(each))
    return _Prompt("".join(tokens), tokens, path)


def _candidates(request: Mapping[str, Any], n: int) -> int:
    """How many candidates are made for each prompt."""
    best_of = request.get("best_of")
    if best_of is None:
        return n
    if best_of < n:
        raise invalid_value(f"best_of is {int(best_of)}, fewer than the {n} choices that are to be told.", "best_of")
    if request.get("stream") and best_of > 1:
        raise invalid_value("The best of several candidates cannot be streamed.", "best_of")
    return int(best_of)


def _ends(request: Mapping[str, Any]) -> list[str]:
    """The stop strings; and what stands behind an insertion, where that ends too."""
    stop = request.get("stop")
    stops: list[str] = [stop] if isinstance(stop, str) else [*(stop or ())]
    return [*stops, request["suffix"]] if request.get("suffix") else stops


def _refuse_many(tokens: int, request: Mapping[str, Any]) -> None:
    wanted = request.get("logprobs")
    if wanted is not None and tokens * (1 + int(wanted)) > MOST_LOGPROBS:
        raise invalid_value(f"One answer tells at most {MOST_LOGPROBS} log probabilities.", "logprobs")


def _pieces(choice: int, prompt: _Prompt, tokens: Sequence[str], request: Mapping[str, Any]) -> Iterator[Piece]:
    """The pieces of a choice: those of its prompt where that is echoed, then a piece for each token."""
    wanted, echoed = request.get("logprobs"), bool(request.get("echo"))
    if wanted is None:
        if echoed and prompt.text:
            yield Piece(choice, prompt.text)
        yield from (Piece(choice, token) for token in tokens)
        return
    offset = 0
    for place, token in enumerate([*(prompt.tokens if echoed else ()), *tokens]):
        yield Piece(choice, token, None, _logprobs(token, offset, int(wanted), first=echoed and not place))
        offset += len(token)


def _logprobs(token: str, offset: int, alternatives: int, *, first: bool) -> dict[str, Any]:
    """The contract's `CompletionLogprobs` of one token. Nothing stands before the first one of a prompt."""
    listed = likeliest(token, max(alternatives, 1))
    return {
        "tokens": [token],
        "token_logprobs": [None if first else listed[0][1]],
        "top_logprobs": [None if first else dict(listed)],
        "text_offset": [offset],
    }


def _ended(choice: int, pieces: list[Piece], reason: str, *, at_once: bool) -> list[Piece]:
    if at_once and all(piece.logprobs is None for piece in pieces):
        return [Piece(choice, "".join(piece.text for piece in pieces), reason)]
    return [*pieces, Piece(choice, "", reason)]
