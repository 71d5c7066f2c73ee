"""Chat without a stream: spec/rules/chat.md."""

from __future__ import annotations

import re
from contextlib import suppress
from email.utils import parsedate_to_datetime

from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.chat.chunk_order import breaches, indexed
from wirecheck.areas.chat.pools import all_chat_answers, every_chat_success, every_completion
from wirecheck.areas.chat.probes import chat
from wirecheck.areas.chat.probes.chat import Both, Twice
from wirecheck.areas.chat.reading import Choice, documents, order, prompt_of, read
from wirecheck.evidence.exchange import Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen, accepts, answer_or_unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

DAY = 86_400
# A mark with text on both sides of it, by which it is found in the prompt.
_LOST = re.compile(r"(?P<before>[^\ufffd]{2})(?P<lost>\ufffd+)(?P<after>[^\ufffd]{2})", re.DOTALL)


def _accepted(answer: Exchange, what: str) -> Violations:
    if answer_or_unseen(answer).status != 200:
        message = answer.at("error", "message")
        said = f": {message}" if isinstance(message, str) else ""
        yield f"{what} was answered with {answer.status}; 200 is required{said[:200]}"


@requirement("chat.minimal", on=chat.minimal, feature="chat")
def answers_the_smallest_request(answer: Exchange) -> Violations:
    """A request of only `model` and `messages` MUST be answered with 200."""
    yield from _accepted(answer, "the smallest valid request")


@requirement("chat.system-role", on=chat.roles, feature="chat")
def takes_a_conversation(answer: Exchange) -> Violations:
    """A conversation of `system`, `user` and `assistant` messages MUST be accepted."""
    yield from _accepted(answer, "a conversation with a system message and an earlier turn")


@requirement("chat.developer-role", on=chat.developer, feature="chat")
def takes_the_developer_role(answer: Exchange) -> Violations:
    """The role `developer` SHOULD be accepted as `system` is."""
    yield from _accepted(answer, "a developer message")


@requirement("chat.text-parts", on=chat.as_parts, feature="chat")
def takes_text_parts(seen: chat.Parts) -> Violations:
    """Content as a list of text parts MUST be accepted, and read as the same text in a string is."""
    for message in _accepted(seen.parts, "content as a list of one text part"):
        yield Broken(str(message), seen.parts)
    if seen.parts.status != 200 or seen.string.status != 200:
        return
    string, parts = read(seen.string), read(seen.parts)
    before, after = string.count("prompt_tokens"), parts.count("prompt_tokens")
    # A model may say it otherwise the second time: an answer without a word of the text has not read it.
    unread = PHRASE in string.first.text and "fox" not in parts.first.text and _is_whole(parts.first)
    if unread:
        yield Broken(f"text in a part was not read: the answer is {parts.first.text[:80]!r}", seen.parts)
    elif before is not None and after is not None and after < 0.8 * before:
        yield Broken(f"prompt_tokens is {before} for a string, {after} for the same text in a part", seen.parts)
    elif seen.several is not None and before is not None:
        yield from _several_parts(seen.several, before)


def _several_parts(seen: chat.Several, less: int) -> Violations:
    """What several parts say is what the string says: about as many tokens more than a short text's, in its words.

    Templates may put a space or a line break between parts, and thus a token.
    """
    for message in _accepted(seen.parts, "content as a list of several text parts"):
        yield Broken(str(message), seen.parts)
    if seen.parts.status != 200 or seen.string.status != 200:
        return
    string, parts = read(seen.string), read(seen.parts)
    before, after = string.count("prompt_tokens"), parts.count("prompt_tokens")
    said, again = string.first.text, parts.first.text
    repeats = all(word in said for word in ("apricot", "walnut"))
    lost = [word for word in ("apricot", "walnut") if word not in again]
    if before is not None and after is not None and before - less > len(chat.PIECES):
        share = (after - less) / (before - less)
        if not 0.6 <= share <= 1.9:
            told = f"{len(chat.PIECES)} text parts cost {after} prompt_tokens, the same text as a string {before}"
            yield Broken(f"{told}, a short one {less}: not all reached the model, or not as text", seen.parts)
    elif repeats and lost and _is_whole(parts.first) and again:
        yield Broken(f"of several text parts {', '.join(lost)} was not read: {again[:120]!r}", seen.parts)


@requirement("chat.documented-fields", on=chat.documented, feature="chat")
def takes_documented_fields(answer: Exchange) -> Violations:
    """Documented fields at values that ask for nothing unusual SHOULD be accepted."""
    yield from _accepted(answer, "a request with user, store, logit_bias and the like")


@requirement("chat.completion-shape", on=every_completion, feature="chat")
def answers_with_a_completion(answer: Exchange) -> Violations:
    """The answer to a request without a stream MUST follow the schema ChatCompletion."""
    if answer.is_stream:
        yield f"`stream` is not true, yet the answer is {answer.media_type}"
    for each in shape.breaks(answer, "completion"):
        yield str(each)


@requirement("chat.created", on=every_chat_success, feature="chat")
def dates_in_unix_seconds(answer: Exchange) -> Violations:
    """`created` MUST be the time of the answer in whole Unix seconds."""
    broken = shape.breaks(answer, "created")
    for each in broken[:1]:
        yield str(each)
    found = [at(value, "created") for value in documents(answer)]
    for created in found[:1] if not broken else []:
        if isinstance(created, (int, float)) and all(abs(created - each) > DAY for each in _times(answer)):
            yield f"created is {created}, {abs(created - answer.sent) / DAY:.0f} days from the time of the request"


def _times(answer: Exchange) -> list[float]:
    """When an answer may have been made: now, before the time that a cache kept it, or by the server's own clock."""
    age, date = answer.header("age") or "", answer.header("date") or ""
    found = [answer.sent]
    if age.isascii() and age.isdigit():
        found.append(answer.sent - int(age[:9]))
    with suppress(ValueError, OverflowError):  # no date, or none that can be
        found.append(parsedate_to_datetime(date).timestamp())
    return found


@requirement("chat.choice-index", on=every_completion, feature="chat")
def counts_choices_from_zero(answer: Exchange) -> Violations:
    """Without a stream, too, the `index` of a choice MUST be from 0 to n-1: 0 where one choice was asked for."""
    most = whole_number(at(answer.request.json, "n")) or 1
    for item in items(answer.json, "choices"):
        index = whole_number(at(item, "index"))
        if index is not None and index >= max(most, 1):
            yield f"a choice has the index {index}, and n is {most}"


@requirement("chat.whole-numbers", on=every_chat_success, feature="chat")
def writes_whole_numbers_as_such(answer: Exchange) -> Violations:
    """`created`, the counts of the usage and the `index` of a choice SHOULD be written without a fraction."""
    for value in documents(answer):
        found = {"created": at(value, "created")}
        usage = at(value, "usage")
        found |= {f"usage.{name}": count for name, count in usage.items()} if isinstance(usage, dict) else {}
        found.pop("usage.cost_usd", None)
        found |= {f"choices.{place}.index": at(item, "index") for place, item in enumerate(items(value, "choices"))}
        for name, number in found.items():
            if isinstance(number, float) and whole_number(number) is not None:
                yield f"{name} is {number!r}: typed clients (Go, Rust, Swift) read no such integer"
                return


@requirement("chat.id-unique", on=all_chat_answers, feature="chat")
def gives_each_answer_its_own_id(answers: tuple[Exchange, ...]) -> Violations:
    """Answers to different requests MUST NOT have the same `id`, whatever `x-request-id` they come with."""
    asked: dict[str, Exchange] = {}
    named = 0
    for answer in answers:
        # Some begin their streams with a chunk of another kind, whose id is empty.
        name = next((id_ for value in documents(answer) if isinstance(id_ := at(value, "id"), str) and id_), None)
        if name is None:
            continue
        named += 1
        before = asked.setdefault(name, answer)
        # A cache may answer the same request with the same answer.
        if before.request.body != answer.request.body:
            yield Broken(f"two of {len(answers)} answers have the id {name!r}", answer, before)
    if named < 2:
        raise Unseen("fewer than two answers with an id")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_whole(choice: Choice) -> bool:
    """Whether a choice ends as an answer in words does: a model may refuse, call, or think until its limit."""
    other = choice.refusal or choice.calls or choice.reasoning
    return not other and choice.finish not in ("length", "content_filter")


@requirement("chat.text", on=chat.sync, feature="chat")
def says_something(answer: Exchange) -> Violations:
    """A successful answer to a prompt that asks for text MUST hold text."""
    found = read(answer)
    first = found.first
    if first.text or first.calls:
        return
    spent = first.finish in ("length", "content_filter") and found.count("completion_tokens") != 0
    if first.refusal or first.reasoning or spent:
        raise Unseen(f"the model came to no text: finish_reason is {first.finish!r}")
    yield f"200 with nothing in it: content is {answer.at('choices', 0, 'message', 'content')!r}"


@requirement("chat.characters", on=every_chat_success, feature="chat")
def loses_no_character(answer: Exchange) -> Violations:
    """Text of the prompt MUST NOT come back with U+FFFD, the mark of a lost character, in place of a character."""
    prompt = prompt_of(answer.request.json)
    if "\ufffd" in prompt:
        raise Unseen("no prompt without U+FFFD")
    if not _is_utf8(answer.body):
        raise Unseen("bytes that are no UTF-8")
    for choice in read(answer).choices.values():
        for lost in _LOST.finditer(choice.text):
            # A model may write the mark itself, or break a character: what stood there in the prompt shows the loss.
            stood = re.escape(lost["before"]) + ".{1,3}" + re.escape(lost["after"])
            if re.search(stood, prompt, re.DOTALL):
                place = lost.start("lost")
                yield f"{choice.text[max(place - 30, 0) : place + 30]!r}: a character was lost"
                break


@requirement("chat.seed", on=chat.again, feature="seed")
def repeats_itself_for_a_seed(seen: Twice) -> Violations:
    """The same request with the same `seed` and temperature 0 SHOULD be answered with the same text."""
    first, second = read(seen.first).first.text, read(seen.second).first.text
    prints = [each.at("system_fingerprint") for each in (seen.first, seen.second)]
    if prints[0] != prints[1]:
        raise Unseen("another backend answered the second time, as system_fingerprint says")
    if first != second:
        yield Broken(f"first {first!r}, then {second!r}", seen.second, seen.first)


@requirement("chat.n", on=chat.several, feature="choices")
def gives_as_many_choices_as_asked(seen: Both) -> Violations:
    """A request with `n` MUST be answered with n choices, each with an `index` and an answer of its own."""
    if seen.stream.status == 200 and not accepts(seen.sync):
        yield Broken(f"n is 2: 200 with a stream, {seen.sync.status} without one", seen.sync)
        return
    choices = read(seen.sync).choices
    if len(choices) != 2:
        yield Broken(f"n is 2; the indexes of the choices are {sorted(choices)}", seen.sync)
    yield from _empty(choices, seen.sync)


@requirement("chat.n-stream", on=chat.several, feature="choices")
def streams_as_many_choices_as_asked(seen: Both) -> Violations:
    """A stream with `n` MUST carry n choices, told apart by their `index`, each from its role to its own end."""
    if seen.sync.status == 200 and not accepts(seen.stream):
        yield Broken(f"n is 2: 200 without a stream, {seen.stream.status} with one", seen.stream)
        return
    choices = read(seen.stream).choices
    if not indexed(order(seen.stream)):
        raise Unseen("a chunk does not say which choice it is of")
    if sorted(choices) != [0, 1]:
        yield Broken(f"n is 2; the indexes in the stream are {sorted(choices)}", seen.stream)
    for choice in choices.values():
        if not choice.finishes:
            yield Broken(f"choice {choice.index} has no finish_reason", seen.stream)
    for breach in breaches(seen.stream):
        if breach.rule == "role first":
            yield Broken(breach.message, seen.stream)
    yield from _empty(choices, seen.stream)


def _empty(choices: dict[int, Choice], answer: Exchange) -> Violations:
    """Choices that say nothing beside one that does."""
    if any(choice.text for choice in choices.values()):
        for choice in choices.values():
            if not choice.text and choice.finish == "stop" and _is_whole(choice):
                yield Broken(f"choice {choice.index} says nothing, and another does", answer)
