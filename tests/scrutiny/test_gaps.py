"""Every indicator is either computed or named among what is not, with what is missing."""

from __future__ import annotations

import pytest

from dapipeline.extract.columns import BY_NAME
from dapipeline.scrutiny.catalogue import CATALOGUE, NEVER
from dapipeline.scrutiny.gaps import NONE_THERE, computable, scrutiny_gaps
from dapipeline.scrutiny.indicator import BREAKDOWNS

BARE = ["incident_id", "offender_id", "occurred_from", "da_flag", "is_crime"]


@pytest.mark.parametrize("present", [BARE, [*BARE, "borough", "victim_id", "outcome_code"], list(BY_NAME)], ids=len)
@pytest.mark.parametrize(("all_crime", "population"), [(True, False), (False, True)])
def test_each_is_computed_or_named(present, all_crime, population):
    done = {indicator.key for indicator in computable(present, all_crime, population)}
    gaps = scrutiny_gaps(present, all_crime, population, "borough", done)
    whole = gaps[(gaps["breakdown"] == "") & (gaps["indicator"] != "")]
    assert done | set(whole["indicator"]) == {i.key for i in CATALOGUE} | {key for key, *_ in NEVER}
    assert not done & set(whole["indicator"])
    assert (gaps[["missing", "because"]] != "").all().all()
    assert ("borough" in set(gaps["missing"])) == ("borough" not in present)


def test_what_is_computable_and_of_which_nothing_is_there_is_named_too():
    done = {indicator.key for indicator in computable(BARE, True, False)} - {"accused_profile"}
    gaps = scrutiny_gaps(BARE, True, False, "borough", done).set_index("indicator")
    assert gaps.loc["accused_profile", "because"].tolist()[0] == NONE_THERE


def test_declarations_are_whole():
    assert len({i.key for i in CATALOGUE}) == len(CATALOGUE) >= 60
    for indicator in CATALOGUE:
        assert indicator.title and indicator.numerator and indicator.source and indicator.says_not.endswith("."), (
            indicator.key
        )
        assert bool(indicator.denominator) == (indicator.kind not in ("count", "days")), indicator.key
        assert {*indicator.within, *indicator.shared_by} <= set(BREAKDOWNS), indicator.key
        assert {name for need in indicator.needs for name in need.split("|")} <= set(BY_NAME), indicator.key
