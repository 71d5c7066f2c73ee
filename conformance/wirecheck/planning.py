"""What a run would ask and cost at most, for a reader. Asks nothing."""

from __future__ import annotations

from wirecheck.judging.plan import choose, costs, named, preflight
from wirecheck.judging.requirement import requirements
from wirecheck.run import MAX_TIME, MOST, Options


def shown(options: Options) -> str:
    """The plan of a run as a table: for each feature its sentences and the most requests that it adds.

    A server that lacks a feature is asked less, one that sheds with 429 is asked again. Raises
    `wirecheck.judging.plan.UnknownProfile` and `wirecheck.judging.plan.EmptyPlan`.
    """
    plan = choose(requirements(), named(options.profile), options.only, options.level)
    quick = options.mode == "quick"
    before, shares = preflight(quick=quick), costs(plan, quick=quick)
    rows = [("feature", "sentences", "requests at most"), ("(finding the server, signs of life)", "", str(before))]
    rows += [(each.feature.name, str(each.sentences), str(each.requests)) for each in shares]
    sweep = MOST[options.mode]
    rows += [("(generated requests)", "", str(sweep))] if sweep and options.mode != "thorough" else []
    rows += [("(generated requests)", "", "until the time is over")] if options.mode == "thorough" else []
    total = before + sum(each.requests for each in shares) + (sweep if options.mode == "default" else 0)
    wide = max(len(name) for name, _, _ in rows)
    lines = [f"{name:<{wide}}  {sentences:>9}  {requests}" for name, sentences, requests in rows]
    seconds = options.max_time or MAX_TIME[options.mode]
    more = " and what is generated" if options.mode == "thorough" else ""
    return "\n".join([*lines, "", f"{len(plan)} sentences, at most {total} requests{more}, at most {seconds:.0f} s."])
