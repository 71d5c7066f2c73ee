"""Many at once: spec/rules/completions/together.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes.concurrency import Crowd
from wirecheck.areas.chat.reading import read
from wirecheck.areas.completions.probes import together
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

# What takes less than so many seconds tells nothing of what is done at the same time.
SLOW = 0.15
# Three one after the other take three times as long as one.
MOST = 2.0


@requirement("completions.isolation", on=together.crowd, feature="completions")
def keeps_clients_apart(seen: Crowd) -> Violations:
    """A stream of completions MUST NOT hold what only another client's prompt holds."""
    judged = 0
    words = {word for word, _ in seen.answers}
    for own, answer in seen.answers:
        try:
            texts = [choice.text for choice in read(answer).choices.values()]
        except Unseen:  # what was not answered shows nothing of anybody's
            continue
        judged += 1
        for other in sorted(words - {own}):
            if any(other in text for text in texts):
                yield Broken(f"asked for {own}, the stream holds {other} of another client", answer)
    if judged < 2:
        raise Unseen("fewer than two of the concurrent streams were answered")


@requirement("completions.at-once", on=together.paced, feature="completions")
def continues_a_list_at_once(seen: together.Paced) -> Violations:
    """The prompts of a list SHOULD be continued at the same time."""
    if seen.one.status != 200 or seen.three.status != 200 or len(read(seen.three).choices) != 3:
        raise Unseen("one prompt and three were not both answered")
    if seen.one.seconds < SLOW:
        raise Unseen(f"one prompt took {seen.one.seconds * 1000:.0f} ms: too fast to see (a slow_model can be named)")
    if seen.three.seconds > MOST * seen.one.seconds:
        yield Broken(f"one prompt took {seen.one.seconds:.2f} s, three of them {seen.three.seconds:.2f} s", seen.three)
