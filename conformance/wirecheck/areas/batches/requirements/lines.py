"""The lines of batches, their counts and files: spec/rules/batches/lines.md."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from wirecheck.areas.batches import probes as batches
from wirecheck.areas.batches.reading import Made, count, lines_of, said, succeeded
from wirecheck.evidence.exchange import Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement

_PURPOSE: Final = "batch_output"


@requirement("batches.custom-ids", on=batches.life, feature="batches")
def answers_every_line_once(seen: batches.Life) -> Violations:
    """The `custom_id` of each line MUST stand once in the output and error files, and no other."""
    told = [at(line, "custom_id") for line in _lines(seen)]
    if sorted(map(repr, told)) != sorted(map(repr, _asked(seen))):
        shown = _files(seen)[0].content
        yield Broken(f"the files have {', '.join(map(repr, told))}; sent were {', '.join(_asked(seen))}", shown)


@requirement("batches.answer", on=batches.life, feature="batches")
def holds_answers(seen: batches.Life) -> Violations:
    """A line that was answered with a success MUST hold the answer in `response.body`, as its endpoint gives it."""
    for line in _successes(seen):
        if said(line) is None:
            told = f"{at(line, 'custom_id')!r}: response.body is {_short(at(line, 'response', 'body'))}"
            yield Broken(told, _files(seen)[0].content)


@requirement("batches.own-answer", on=batches.life, feature="batches")
def keeps_answers_with_their_lines(seen: batches.Life) -> Violations:
    """The answer that stands with a `custom_id` MUST be the one to the request of that line."""
    read = [(at(line, "custom_id"), text) for line in _successes(seen) if (text := said(line)) is not None]
    if not read:
        raise Unseen("no answer can be read")
    for id_, text in read:
        others = [other for other, word in seen.words.items() if other != id_ and _nonce(word) in text]
        # A model that does not repeat what it is asked to shows nothing of it.
        if others and _nonce(seen.words.get(str(id_), text)) not in text:
            yield Broken(f"with {id_!r} stands the answer to {others[0]!r}: {_short(text)}", _files(seen)[0].content)


@requirement("batches.refused-line", on=batches.life, feature="batches")
def keeps_refusals(seen: batches.Life) -> Violations:
    """A line that was refused MUST keep `response.status_code`, and the error in `response.body`."""
    refused = [line for line in _lines(seen) if at(line, "custom_id") == batches.REFUSED]
    if not refused:
        raise Unseen("the line that nobody can answer stands in no file")
    for line in refused:
        status, body = whole_number(at(line, "response", "status_code")), at(line, "response", "body")
        if status is None or not 400 <= status < 500 or not isinstance(at(body, "error"), dict):
            told = f"status_code {at(line, 'response', 'status_code')!r}, body {_short(body)}"
            yield Broken(f"a line without messages: {told}; a 4xx and its error are required", _files(seen)[-1].content)


@requirement("batches.total", on=batches.life, feature="batches")
def counts_every_line(seen: batches.Life) -> Violations:
    """At its end `request_counts` MUST count every line of the input file in `total`, and each of them in `completed`
    or in `failed`.
    """
    last = _completed(seen)
    total, completed, failed = [_counted(last, name) for name in ("total", "completed", "failed")]
    if total != seen.lines or completed + failed != total:
        told = f"{seen.lines} lines were sent; total is {total}, completed {completed}, failed {failed}"
        yield Broken(told, last)


@requirement("batches.counts", on=batches.life, feature="batches")
def counts_what_is_in_the_files(seen: batches.Life) -> Violations:
    """`completed` and `failed` MUST be the numbers of lines with and without a success in the files."""
    last, lines = _completed(seen), _lines(seen)
    if Counter(repr(at(line, "custom_id")) for line in lines) != Counter(map(repr, _asked(seen))):
        raise Unseen("lines are missing in the files, or stand there twice")
    done = sum(map(succeeded, lines))
    completed, failed = _counted(last, "completed"), _counted(last, "failed")
    # That all of them are counted is for `batches.total`.
    if completed != done or (failed != len(lines) - done and completed + failed == len(lines)):
        told = f"completed is {completed}, failed {failed}; the files have {done} and {len(lines) - done}"
        yield Broken(told, last)


@requirement("batches.files", on=batches.life, feature="batches")
def makes_files(seen: batches.Life) -> Violations:
    """`output_file_id` and `error_file_id` MUST be ids of files: each is found, and so is its content."""
    for made in _files(seen):
        for answer in (made.file, made.content):
            if answer is not None and decision(answer).status != 200:
                yield Broken(f"{answer.request.path}: {answer.status}; 200 is required", answer)


@requirement("batches.file-listed", on=batches.life, feature="batches")
def lists_what_batches_made(seen: batches.Life) -> Violations:
    """The files that a batch has made MUST stand in the list of files of its owner."""
    made = [each for each in _files(seen) if 200 in (each.content.status, each.file and each.file.status)]
    if seen.files is None or not made:
        raise Unseen("no file of a batch was to be seen")
    listing = answer_or_unseen(seen.files)
    if listing.status != 200:
        yield Broken(f"{listing.request.path}: {listing.status}, now that a batch has made files", listing)
        return
    if listing.end != "complete" or listing.at("has_more") is True:
        raise Unseen("there are too many files to see them on one page")
    ids = [at(each, "id") for each in items(listing.json, "data")]
    for each in made:
        if each.id not in ids:
            yield Broken(f"{each.id} is not in the list of files", listing)


@requirement("batches.file-purpose", on=batches.life, feature="batches")
def names_what_files_are_for(seen: batches.Life) -> Violations:
    """The `purpose` of the files that a batch has made SHOULD be `batch_output`."""
    files = [made.file for made in _files(seen) if made.file is not None and made.file.status == 200]
    if not files:
        raise Unseen("no file of a batch was to be seen")
    for file in files:
        if file.at("purpose") != _PURPOSE:
            yield Broken(f"purpose is {file.at('purpose')!r}; {_PURPOSE!r} is required", file)


@requirement("batches.file-tenant", on=batches.life, feature="batches")
def keeps_answers_for_their_owner(seen: batches.Life) -> Violations:
    """The files that a batch has made MUST NOT be found with another caller's key: 404."""
    others = [made.others for made in _files(seen) if made.others is not None and made.content.status == 200]
    if not others:
        raise Unseen("the owner named no other_key, or no content is to be had")
    for answer in map(answer_or_unseen, others):
        if answer.status != 404:
            yield Broken(f"{answer.request.path} with another caller's key: {answer.status}; 404 is required", answer)


def _completed(seen: batches.Life) -> Exchange:
    """A batch that is completed, as it was seen last. Raises `Unseen` for any other: that has sentences of its own."""
    if not seen.job.over:
        raise Unseen(f"no batch was over in time: {seen.job.last}, {seen.job.status} (batch_seconds in wirecheck.toml)")
    if seen.job.status != "completed":
        raise Unseen(f"the batch is {seen.job.status}, not completed")
    return seen.job.last


def _files(seen: batches.Life) -> list[Made]:
    """The files of a batch that is completed. Raises `Unseen` where it has none."""
    _completed(seen)
    made = [each for each in (seen.output, seen.error) if each is not None]
    if not made:
        raise Unseen("the batch has no file")
    return made


def _lines(seen: batches.Life) -> list[Any]:
    """The lines of its files. Raises `Unseen` where they are not to be had: that is for `batches.files`."""
    for made in _files(seen):
        if made.content.status != 200 or made.content.end != "complete":
            raise Unseen(f"the content of a file is not to be had: {made.content}")
    return lines_of(seen.output, seen.error)


def _successes(seen: batches.Life) -> list[Any]:
    """Those of them that tell of a success. Raises `Unseen` where none does."""
    found = [line for line in _lines(seen) if succeeded(line)]
    if not found:
        raise Unseen("no line was answered with a success")
    return found


def _asked(seen: batches.Life) -> list[str]:
    return [*seen.words, batches.REFUSED]


def _counted(batch: Exchange, name: str) -> int:
    """One of the counts. Raises `Unseen` where it is not told: that is for `batches.fields`."""
    found = count(batch, name)
    if found is None:
        raise Unseen(f"the batch tells no request_counts.{name}")
    return found


def _nonce(word: str) -> str:
    return word.partition(" ")[0]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}..."
