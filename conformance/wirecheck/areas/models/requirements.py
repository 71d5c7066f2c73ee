"""Models: spec/rules/models.md."""

from __future__ import annotations

import re
from urllib.parse import unquote

from wirecheck.areas.http.conditions import breaches
from wirecheck.areas.http.probes import Named
from wirecheck.areas.models import probes as models
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, accepts, answer_or_unseen
from wirecheck.judging import shape
from wirecheck.judging.oracle import SWEEP
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Violations, requirement

# What is OpenAI's in a list and in a model; all other fields are this contract's, and others have theirs of that name.
_PUBLISHED = re.compile(r"|object|data(\.\d+(\.(id|object|created|owned_by))?)?|id|created|owned_by")

# Who asks for names that nobody has: what they get is for `models.unknown` to judge.
_MADE_UP = (SWEEP, models.unknown.name)

every_list = Pool(
    "list of models",
    lambda it: it.status == 200 and shape.component_of(it) == "ModelList",
    (models.listed,),
)

every_model = Pool(
    "model",
    lambda it: it.status == 200 and shape.component_of(it) == "Model" and it.intent.origin not in _MADE_UP,
    (models.one,),
)
every_list_or_model = Pool(
    "list of models or model", lambda it: every_list.holds(it) or every_model.holds(it), (models.listed, models.one)
)


@requirement("models.list", on=models.listed, feature="models")
def lists_its_models(answer: Exchange) -> Violations:
    """`GET /v1/models` MUST be answered with 200, without a redirect."""
    if answer_or_unseen(answer).status != 200:
        yield f"GET {answer.request.url}: {answer.status}"


@requirement("models.not-empty", on=models.offered, feature="models")
def lists_some_model(seen: models.Offer) -> Violations:
    """The list MUST NOT be empty where chat takes a model."""
    if seen.whole.status != 200 or seen.chat.status != 200:
        raise Unseen(f"no list, or no chat: {seen.whole}, {seen.chat}")
    if seen.whole.at("data") == []:
        yield Broken(f"the list is empty, and chat takes {seen.model!r}", seen.whole)


@requirement("models.listed", on=models.offered, feature="models")
def lists_the_model_that_chat_takes(seen: models.Offer) -> Violations:
    """A model that chat takes SHOULD be in the list."""
    found = models.ids(seen.whole)
    if not found or seen.chat.status != 200:
        raise Unseen("no chat, or no list")
    if seen.model in found:
        return
    if seen.whole.at("has_more") is True:
        raise Unseen("the model may be on a later page")
    yield Broken(f"chat takes {seen.model!r}, the list holds {', '.join(found[:10])}", seen.whole)


@requirement("models.list-shape", on=every_list, feature="models")
def shapes_the_list(answer: Exchange) -> Violations:
    """The list MUST follow the schema ModelList in what OpenAI's own has."""
    for each in shape.breaks(answer, "model list"):
        if _PUBLISHED.fullmatch(each.path):
            yield str(each)


@requirement("models.unique", on=models.listed, feature="models")
def lists_no_model_twice(answer: Exchange) -> Violations:
    """The list MUST NOT hold one id twice."""
    found = models.ids(answer)
    if not found:
        raise Unseen("the list holds no ids")
    for twice in sorted({each for each in found if found.count(each) > 1}):
        yield f"{twice!r} stands {found.count(twice)} times in the list"


@requirement("models.get", on=models.one, feature="models")
def gives_one_model(answer: Exchange) -> Violations:
    """`GET /v1/models/{model}` MUST be answered with 200 for a model that chat takes."""
    if answer_or_unseen(answer).status != 200:
        yield f"GET {answer.request.url}: {answer.status}"


@requirement("models.get-shape", on=every_model, feature="models")
def shapes_one_model(answer: Exchange) -> Violations:
    """One model MUST follow the schema Model in what OpenAI's own has."""
    for each in shape.breaks(answer, "model"):
        if _PUBLISHED.fullmatch(each.path):
            yield str(each)


@requirement("models.fields", on=every_list_or_model, feature="models")
def tells_more_as_agreed(answer: Exchange) -> Violations:
    """What a list or a model tells beyond OpenAI's fields SHOULD follow the schemas, where it is not null."""
    for each in shape.breaks(answer, "model list", "model"):
        steps = (int(step) if step.isdecimal() else step for step in each.path.split("."))
        if not _PUBLISHED.fullmatch(each.path) and answer.at(*steps) is not None:
            yield str(each)


@requirement("models.get-id", on=models.one, feature="models")
def gives_the_model_that_was_asked_for(answer: Exchange) -> Violations:
    """The `id` of one model MUST be the id that was asked for."""
    if not accepts(answer):
        raise Unseen(f"the model is not to be had: {answer}")
    found = answer.at("id")
    if not isinstance(found, str):
        raise Unseen("the model has no id")
    asked = unquote(answer.request.path.rpartition("/")[2])
    if found != asked:
        yield f"asked for {asked!r}, got {found!r}"


@requirement("models.unknown", on=models.unknown, feature="models")
def knows_no_unknown_model(seen: Named) -> Violations:
    """`GET /v1/models/{model}` MUST be answered with 404 for a model that the server does not have."""
    if answer_or_unseen(seen.answer).status != 404:
        yield Broken(f"GET {seen.answer.request.path}: {seen.answer.status}; 404 is required", seen.answer)


@requirement("models.slash", on=models.slash, feature="models")
def takes_ids_with_a_slash(seen: models.Slash) -> Violations:
    """An id with a slash MUST be found when the slash is sent as `%2F`, and when it is sent as it is."""
    for answer in map(answer_or_unseen, (seen.plain, seen.escaped)):
        if answer.status != 200 or answer.at("id") != seen.id:
            yield Broken(f"GET {answer.request.path}: {answer.status}, id {answer.at('id')!r}", answer)


@requirement("models.condition", on=models.tagged, feature="models")
def knows_what_a_caller_has(seen: tuple[models.Tagged, ...]) -> Violations:
    """`If-None-Match` MUST be answered with 304 where it names the tag of a list or of a model, or with 200; where it
    names another, with 200.
    """
    for each in seen:
        yield from breaches(each.known, each.other)


@requirement("models.limit", on=models.walk, feature="model_cursors")
def keeps_the_limit_of_a_page(seen: models.Walk) -> Violations:
    """A page MUST NOT hold more items than `limit`."""
    for page in map(answer_or_unseen, seen.pages):
        if page.status != 200:
            raise Unseen(f"no page came: {page}")
        if len(models.ids(page)) > seen.limit:
            yield Broken(f"limit={seen.limit}, and {len(models.ids(page))} models came", page)


@requirement("models.pages", on=models.walk, feature="model_cursors")
def loses_nothing_between_pages(seen: models.Walk) -> Violations:
    """The pages that `after` and `has_more` lead through MUST hold what the whole list holds, in its order, nothing
    twice.
    """
    if any(len(models.ids(answer_or_unseen(page))) > seen.limit for page in seen.pages):
        raise Unseen("the pages are no pages")
    walked = [each for page in seen.pages for each in models.ids(page)]
    whole = list(dict.fromkeys(models.ids(seen.whole)))[: models.PAGES]
    if walked[: len(whole)] != whole:
        yield Broken(f"the list holds {whole}, the pages {walked}", seen.pages[-1])


@requirement("models.total", on=models.walk, feature="model_cursors")
def counts_the_whole_list(seen: models.Walk) -> Violations:
    """A page SHOULD carry `X-Total-Count`, the number of models in the whole list."""
    found = answer_or_unseen(seen.pages[0]).header("x-total-count")
    if found is None:
        yield Broken("no X-Total-Count", seen.pages[0])
    elif found != str(len(set(models.ids(seen.whole)))) and seen.whole.at("has_more") is False:
        yield Broken(f"X-Total-Count: {found}, the list holds {len(set(models.ids(seen.whole)))}", seen.pages[0])
