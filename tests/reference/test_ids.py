"""Ids are unlike any other, in processes that were forked too."""

from __future__ import annotations

import multiprocessing

import pytest
from wirecheck_reference.ids import new_id


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="nothing forks here")
def test_forked_processes_make_different_ids() -> None:
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        made = pool.map(new_id, ["id_"] * 3, chunksize=1)
    assert len({*made, new_id("id_")}) == 4
