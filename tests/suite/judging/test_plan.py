"""Plans: what a profile judges, narrowed to ids, patterns and a level."""

from __future__ import annotations

import re

import pytest
from wirecheck.area import features, keeping_areas
from wirecheck.judging.plan import EmptyPlan, UnknownProfile, choose, inside, named, profiles
from wirecheck.judging.requirement import requirements

ALL = requirements()


def test_full_judges_everything_and_requires_the_core() -> None:
    assert choose(ALL, profiles()["full"]) == ALL
    assert profiles()["full"].required == frozenset(("chat", "errors", "models", "streaming"))
    assert profiles()["full"].judged == frozenset(features())


@pytest.mark.parametrize("name", profiles())
def test_a_profile_judges_its_features_alone(name: str) -> None:
    profile = profiles()[name]
    plan = choose(ALL, profile)
    assert {each.feature for each in plan} == profile.judged
    assert profile.required <= profile.judged <= set(features())
    assert [each.id for each in plan] == [each.id for each in ALL if each.feature in profile.judged]


def test_profiles_grow() -> None:
    sizes = [len(choose(ALL, profiles()[name])) for name in ("core", "agent", "full")]
    assert sizes == sorted(set(sizes))


def test_an_id_chooses_one() -> None:
    assert [each.id for each in choose(ALL, profiles()["core"], ("stream.done",))] == ["stream.done"]


def test_patterns_choose_many() -> None:
    plan = choose(ALL, profiles()["core"], ("stream.*", "chat.created"))
    assert {each.id.partition(".")[0] for each in plan} == {"stream", "chat"}
    assert len([each for each in plan if each.id.startswith("chat.")]) == 1


def test_a_level_chooses() -> None:
    musts, shoulds = choose(ALL, profiles()["full"], level="MUST"), choose(ALL, profiles()["full"], level="SHOULD")
    assert {each.level for each in musts} == {"MUST"}
    assert {each.level for each in shoulds} == {"SHOULD"}
    assert len(musts) + len(shoulds) == len(ALL)


@pytest.mark.parametrize("pattern", ["stream.dome", "stream", "nothing.*", "STREAM.*"])
def test_a_pattern_that_matches_nothing_is_named(pattern: str) -> None:
    with pytest.raises(EmptyPlan, match=re.escape(repr(pattern))):
        choose(ALL, profiles()["full"], ("stream.*", pattern))


def test_a_choice_that_leaves_nothing_says_what_was_chosen() -> None:
    with pytest.raises(EmptyPlan, match=re.escape("profile core, only tools.*, level all")):
        choose(ALL, profiles()["core"], ("tools.*",))
    with pytest.raises(EmptyPlan, match="level SHOULD"):
        choose(ALL, profiles()["core"], ("stream.done",), "SHOULD")


@pytest.mark.parametrize(
    ("name", "names"), [("core", ["core"]), ("agent", ["core", "agent"]), ("full", ["core", "agent", "full"])]
)
def test_a_run_speaks_of_the_smaller_profiles_too(name: str, names: list[str]) -> None:
    assert [profile.name for profile in inside(profiles()[name])] == names


def test_a_name_alone_is_that_profile() -> None:
    assert [named(name) for name in profiles()] == [*profiles().values()]
    assert named(" core ") == profiles()["core"]


def test_areas_are_judged_and_required_beside_a_profile() -> None:
    found = named("core,files")
    assert found.judged == profiles()["core"].judged | {"files", "idempotency", "kept", "tenants"}
    assert found.required == profiles()["core"].required | {"files"}
    assert [each.name for each in inside(found)] == ["core", "core,files"]
    assert named("core,embeddings,core").name == "core,embeddings"
    assert "kept" not in named("core,embeddings").judged, "it keeps nothing"
    assert named("files,embeddings").areas == frozenset({"files", "embeddings"})
    assert found.areas is None, "core speaks of every operation"


def test_areas_that_keep_things_bring_what_holds_for_all_of_them() -> None:
    for name in keeping_areas():
        judged = {each.id for each in choose(ALL, named(name))}
        assert "kept.found" in judged


@pytest.mark.parametrize("text", ["filez", "core,filez", "", "core,", "streams"])
def test_what_is_neither_profile_nor_area_is_named(text: str) -> None:
    with pytest.raises(UnknownProfile, match=r"no profile or area '(filez|streams|)': profiles are core"):
        named(text)
