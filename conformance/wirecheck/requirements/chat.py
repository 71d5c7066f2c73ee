"""Chat without a stream: spec/rules/chat.md."""

from __future__ import annotations

from wirecheck import shape
from wirecheck.chunk_order import walk
from wirecheck.completion import read
from wirecheck.exchange import Exchange, at
from wirecheck.pools import every_chat_success, every_completion
from wirecheck.probe import Unseen
from wirecheck.probes import chat
from wirecheck.probes.chat import Both
from wirecheck.requirement import Broken, Violations, requirement

DAY = 86_400


def _accepted(answer: Exchange, what: str) -> Violations:
    if answer.status != 200:
        message = answer.at("error", "message")
        said = f": {message}" if isinstance(message, str) else ""
        yield f"{what} was answered with {answer.status or answer.end}; 200 is required{said[:200]}"


@requirement("chat.minimal", on=chat.minimal, cites="chat.md#requests", feature="chat")
def answers_the_smallest_request(answer: Exchange) -> Violations:
    """A request of only `model` and `messages` MUST be answered with 200."""
    yield from _accepted(answer, "the smallest valid request")


@requirement("chat.system-role", on=chat.roles, cites="chat.md#requests", feature="chat")
def takes_a_conversation(answer: Exchange) -> Violations:
    """A conversation of `system`, `user` and `assistant` messages MUST be accepted."""
    yield from _accepted(answer, "a conversation with a system message and an earlier turn")


@requirement("chat.developer-role", on=chat.developer, cites="chat.md#requests", feature="chat")
def takes_the_developer_role(answer: Exchange) -> Violations:
    """The role `developer` SHOULD be accepted as `system` is."""
    yield from _accepted(answer, "a developer message")


@requirement("chat.text-parts", on=chat.parts, cites="chat.md#requests", feature="chat")
def takes_text_parts(answer: Exchange) -> Violations:
    """Content as a list of text parts MUST be accepted where the same text as a string is."""
    yield from _accepted(answer, "content as a list of one text part")


@requirement("chat.documented-fields", on=chat.documented, cites="chat.md#requests", feature="chat")
def takes_documented_fields(answer: Exchange) -> Violations:
    """Documented fields at values that ask for nothing unusual SHOULD be accepted."""
    yield from _accepted(answer, "a request with metadata, user, store, logit_bias and the like")


@requirement("chat.completion-shape", on=every_completion, cites="chat.md#answers", feature="chat")
def answers_with_a_completion(answer: Exchange) -> Violations:
    """The answer to a request without a stream MUST follow the schema ChatCompletion."""
    if shape.streams(answer):
        yield f"`stream` is not true, yet the answer is {answer.media_type}"
    for each in shape.breaks(answer, "completion"):
        yield str(each)


@requirement("chat.created", on=every_chat_success, cites="chat.md#answers", feature="chat")
def dates_in_unix_seconds(answer: Exchange) -> Violations:
    """`created` MUST be the time of the answer in whole Unix seconds."""
    broken = shape.breaks(answer, "created")
    for each in broken[:1]:
        yield str(each)
    values = shape.values(answer) if shape.streams(answer) else [(0, answer.json)]
    found = [at(value, "created") for _, value in values]
    for created in found[:1] if not broken else []:
        if isinstance(created, (int, float)) and abs(created - answer.sent) > DAY:
            yield f"created is {created}, {abs(created - answer.sent) / DAY:.0f} days from the time of the request"


@requirement("chat.id-unique", on=chat.again, cites="chat.md#answers", feature="chat")
def gives_each_answer_its_own_id(seen: Both) -> Violations:
    """Two answers MUST NOT have the same `id`."""
    first, second = seen.sync.at("id"), seen.stream.at("id")
    if not isinstance(first, str) or not isinstance(second, str):
        raise Unseen("an answer without an id")
    if first == second:
        yield Broken(f"two answers have the id {first!r}", seen.stream)


@requirement("chat.text", on=chat.sync, cites="chat.md#answers", feature="chat")
def says_something(answer: Exchange) -> Violations:
    """A successful answer to a prompt that asks for text MUST hold text."""
    first = read(answer).first
    if not first.text and not first.refusal and not first.calls:
        yield f"200 with nothing in it: content is {answer.at('choices', 0, 'message', 'content')!r}"


@requirement("chat.seed", on=chat.again, cites="chat.md#sampling", feature="chat")
def repeats_itself_for_a_seed(seen: Both) -> Violations:
    """The same request with the same `seed` and temperature 0 SHOULD be answered with the same text."""
    first, second = read(seen.sync).first.text, read(seen.stream).first.text
    if first != second:
        yield Broken(f"first {first!r}, then {second!r}", seen.stream)


@requirement("chat.n", on=chat.several, cites="chat.md#several-choices", feature="choices")
def gives_as_many_choices_as_asked(seen: Both) -> Violations:
    """A request with `n` MUST be answered with n choices, with the indexes 0 to n-1."""
    found = sorted(read(seen.sync).choices)
    if found != [0, 1]:
        yield Broken(f"n is 2; the indexes of the choices are {found}", seen.sync)


@requirement("chat.n-stream", on=chat.several, cites="chat.md#several-choices", feature="choices")
def streams_as_many_choices_as_asked(seen: Both) -> Violations:
    """A stream with `n` MUST carry n choices, told apart by their `index`, each from its role to its own end."""
    choices = read(seen.stream).choices
    if sorted(choices) != [0, 1]:
        yield Broken(f"n is 2; the indexes in the stream are {sorted(choices)}", seen.stream)
    for choice in choices.values():
        if not choice.finishes:
            yield Broken(f"choice {choice.index} has no finish_reason", seen.stream)
    for breach in walk(shape.payloads(seen.stream)):
        if breach.rule == "role first":
            yield Broken(breach.message, seen.stream)


def _stops(answer: Exchange) -> Violations:
    text = read(answer).first.text
    if chat.STOPPED.partition(" ")[0] not in text:
        raise Unseen(f"the model did not say the text that holds the stop string: {text!r}")
    shown = next((n for n in range(len(chat.STOP), 0, -1) if text.endswith(chat.STOP[:n])), 0)
    if chat.STOP in text:
        yield Broken(f"the stop string {chat.STOP!r} stands in {text!r}", answer)
    elif shown:
        yield Broken(
            f"{text!r} ends with {chat.STOP[:shown]!r}, the beginning of the stop string {chat.STOP!r}",
            answer,
        )
    elif "gamma" in text:
        yield Broken(f"{text!r} goes on past the stop string {chat.STOP!r}", answer)


@requirement("chat.stop", on=chat.stopped, cites="chat.md#stop-strings", feature="chat")
def cuts_at_the_stop_string(seen: Both) -> Violations:
    """An answer MUST end right before the first stop string, wherever token borders fall."""
    yield from _stops(seen.sync)


@requirement("chat.stop-stream", on=chat.stopped, cites="chat.md#stop-strings", feature="streaming")
def never_streams_a_stop_string(seen: Both) -> Violations:
    """A stream MUST NOT show a stop string, nor the beginning of one that was then completed."""
    yield from _stops(seen.stream)
