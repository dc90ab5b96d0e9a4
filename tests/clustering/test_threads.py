"""The setting engine.threads keeps the solver to it too, and changes no result."""

from __future__ import annotations

import functools
from dataclasses import replace

import numba
from threadpoolctl import threadpool_info

from dapipeline.clustering.threads import threads_limited

from ..running import run_in
from ..workflow.test_runner import SHORT, config_of, first_run, force  # noqa: F401  fixtures


def test_kernels_and_matrix_libraries_keep_to_the_limit_and_get_their_threads_back():
    before = numba.get_num_threads()
    with threads_limited(1):
        assert numba.get_num_threads() == 1
        assert all(library["num_threads"] == 1 for library in threadpool_info())
    assert numba.get_num_threads() == before
    with threads_limited(None):
        assert numba.get_num_threads() == before
    with threads_limited(10_000):  # more than there are
        assert numba.get_num_threads() == before


def test_every_stage_of_a_run_is_held_to_it_and_its_tables_are_the_same(force):  # noqa: F811
    seen = []

    def watched(work):
        @functools.wraps(work)
        def look(context):
            seen.append(numba.get_num_threads())
            return work(context)

        return look

    stages = tuple(replace(stage, work=watched(stage.work)) for stage in SHORT)
    for threads in (1, 2):
        config = config_of(engine={"threads": threads}, clustering={"k": 3})
        run_in(force, config, force / f"with_{threads}", stages)
    assert seen == [1] * len(SHORT) + [min(2, numba.get_num_threads())] * len(SHORT)
    one, two = (
        {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file() and p.name != "run.json"}
        for out in (force / "with_1", force / "with_2")
    )
    assert one == two
