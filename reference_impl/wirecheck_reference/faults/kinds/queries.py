"""The query of a request as faults read and write it. Knows no parameter."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from wirecheck_reference.faults.kinds.parts import Request


def query_of(request: Request) -> dict[str, str]:
    """Its parameters by name; the last of a name counts."""
    return dict(parse_qsl(request.query.decode("latin-1"), keep_blank_values=True))


def without(request: Request, *names: str, **others: str) -> None:
    """Takes parameters out of it (those in brackets by the name before), and puts others in."""
    pairs = parse_qsl(request.query.decode("latin-1"), keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name not in others and name.partition("[")[0] not in names]
    request.query = urlencode([*kept, *others.items()]).encode()
