"""The evidence of a requirement fixes the type of its function's argument. Never imported: these ids are in no rule."""

from __future__ import annotations

from wirecheck.areas.chat.pools import every_stream
from wirecheck.areas.chat.probes import chat, tools
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.validation.pools import Modes, both_modes
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import Violations, requirement


@requirement("types.probe", on=chat.cut, feature="chat")
def takes_what_a_probe_saw(seen: Both) -> Violations:
    """A probe's record MUST be what its function is given."""
    yield str(seen.sync)


@requirement("types.pool", on=every_stream, feature="chat")
def takes_an_exchange_of_a_pool(answer: Exchange) -> Violations:
    """Each exchange of a pool MUST be what its function is given."""
    yield str(answer)


@requirement("types.records", on=both_modes, feature="chat")
def takes_each_record(seen: Modes) -> Violations:
    """Each record MUST be what its function is given."""
    yield str(seen.sync)


@requirement("types.wrong-probe", on=tools.required, feature="tools")  # type: ignore[arg-type]  # refused, as is right
def takes_what_another_probe_saw(seen: Both) -> Violations:
    """Another probe's record MUST NOT be taken."""
    yield str(seen.sync)


@requirement("types.wrong-pool", on=every_stream, feature="chat")  # type: ignore[arg-type]  # refused, as is right
def takes_a_record_of_a_pool(seen: Both) -> Violations:
    """A record MUST NOT be taken where a pool gives exchanges."""
    yield str(seen.sync)


@requirement("types.wrong-records", on=both_modes, feature="chat")  # type: ignore[arg-type]  # refused, as is right
def takes_an_exchange_of_records(answer: Exchange) -> Violations:
    """An exchange MUST NOT be taken where records are given."""
    yield str(answer)
