"""The study's figures beside ours, and a name that the figures contradict: on hand-made clusters, both ways."""

import numpy as np
import pytest

from dapipeline.report.cards.beside_study import contradictions, misfits, printed_table
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies
from dapipeline.typology.definitions import Definitions

SPECIALIST = "domestic_abuse_specialist"


def found(make, clusters=None, config=None, **changes):
    """The contents, and the specialist of it with what may be printed; its definition has some keys more."""
    written = make().definitions.model_dump(mode="json", exclude_none=True)
    written["typologies"][SPECIALIST] |= changes
    given = {"definitions": Definitions.model_validate(written)} | (
        {"clusters": clusters} if clusters is not None else {}
    )
    contents = make(**given | ({"config": config} if config else {}))
    typologies = reported_typologies(contents)
    own = next(typology for typology in typologies if typology.key == SPECIALIST)
    return contents, own, printable(contents, typologies)


def expecting(**comparison):
    return {"promises": "much", "here": "there are {here} against {cohort}"} | comparison


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        (expecting(feature="da_incidents", at_least=7), True),
        (expecting(feature="da_incidents", at_least=7.1), False),
        (expecting(feature="non_da_incidents", below=1.1), True),
        (expecting(feature="non_da_incidents", below=1), False),
        # All have 4.57 DA incidents on average.
        (expecting(feature="da_incidents", times_cohort=1.5), True),
        (expecting(feature="da_incidents", times_cohort=1.6), False),
        (expecting(feature="da_incidents", below_times_cohort=1.6), True),
        (expecting(feature="da_incidents", below_times_cohort=1.5), False),
        (expecting(feature="non_da_incidents", over="da_incidents", at_least=0.14), True),  # 1 of 7
        (expecting(feature="non_da_incidents", over="da_incidents", at_least=0.15), False),
        (expecting(feature="da_homicides", at_least=1), True),  # not computed, so not contradicted
    ],
)
def test_a_promise_is_kept_or_the_card_says_it_is_not(make, promise, kept):
    assert bool(contradictions(*found(make, expects=[promise]))) is not kept


def test_the_words_hold_both_figures(make):
    promise = expecting(feature="da_incidents", below=2)
    assert contradictions(*found(make, expects=[promise])) == ["The name promises much; here there are 7 against 4.6."]


def test_a_share_of_nothing_is_none(make):
    clusters = make().clusters.assign(mean_da_coercive_incidents=[0.5, 0.0, 1.0, 0.0])
    promise = expecting(feature="da_coercive_incidents", over="da_incidents", at_least=0.1, here="{here} of theirs are")
    assert contradictions(*found(make, clusters, expects=[promise])) == [
        "The name promises much; here none of theirs are."
    ]


def test_one_cluster_of_several_may_break_what_all_together_keep(make):
    clusters = make().clusters
    clusters.loc[2, ["typology", "named_by"]] = [SPECIALIST, "criteria"]  # 25 people with 7 and 12 with 18: 10.6
    promise = expecting(feature="da_incidents", at_least=8, here="there are {here}")
    assert contradictions(*found(make, clusters, expects=[promise])) == [
        "The name promises much; over all of its people that holds, but in cluster 2 (25 people) there are 7."
    ]
    kept = expecting(feature="da_incidents", at_least=7)
    assert contradictions(*found(make, clusters, expects=[kept])) == []


def test_what_may_not_be_printed_contradicts_nothing(make, strict):
    promise = expecting(feature="da_incidents", at_least=1000)
    contents, own, may = found(make, expects=[promise])
    assert contradictions(contents, own, may)
    people = contents.clusters["size"].where(contents.clusters["cluster"] != 2, 2)
    few = contents.people.groupby("cluster").head(2)
    hidden = printable(make(people=few, clusters=contents.clusters.assign(size=people)), [own])
    assert own.title in hidden.means.typologies
    assert contradictions(contents, own, hidden) == []


def test_figures_of_every_kind_stand_beside_the_studys(make):
    printed = [
        {"words": "people", "value": 12, "counts": "people"},
        {"words": "clusters", "value": 4, "counts": "clusters"},
        {"words": "DA incidents a person", "value": 7, "feature": "da_incidents"},
        {"words": "other for each DA", "value": 2, "feature": "da_incidents", "over": "non_da_incidents"},
        {"words": "share of others", "value": 0.2, "feature": "non_da_incidents", "over": "da_incidents"},
        {"words": "how long", "value": 87660, "or_more": True, "feature": "da_duration_mean_hours"},
        {"words": "incidents", "value": 102, "feature": "incidents", "one_person": True},
        {"words": "men", "value": 0.94, "characteristic": "offender_sex", "group": "M"},
        {"words": "Asian people", "value": 0.45, "characteristic": "offender_ethnicity", "group": "Asian"},
        {"words": "of all DA incidents", "value": 0.5, "feature": "da_incidents", "of_all": True},
        {"words": "no other", "value": 0.69, "without": "non_da_incidents"},
        {"words": "violence", "value": 0.3, "feature": "da_violence_share"},
    ]
    table = printed_table(*found(make, printed=printed, harm_ranks=[6, 20]))
    assert table.written() == [
        ["People", "12", "25"], ["Clusters", "4", "1"], ["DA incidents a person", "7", "7"],
        ["Other for each DA", "2", "7"], ["Share of others", "20%", "14%"], ["How long", "over 10 years", "2.5 days"],
        ["Incidents †", "102", "8"], ["Men", "94%", "84%"], ["Asian people", "45%", "not known"],
        ["Of all DA incidents", "50%", "38%"],  # 175 of 457
        ["No other", "69%", "not known"], ["Violence", "30%", "not known"],
        ["Rank by DA harm a person", "6", "2 of 3"],
    ]  # fmt: skip
    assert table.note.startswith("† The study's figure is of its example, one person;")


@pytest.mark.parametrize(("none", "said"), [(15, "60%"), (25, "100%"), (2, "*"), (23, "*")])
def test_a_share_of_people_passes_the_gate(make, none, said):
    people = make().people.assign(non_da_incidents=1)
    own = np.flatnonzero(people["cluster"] == 2)
    people.loc[own[:none], "non_da_incidents"] = 0
    printed = [{"words": "no other", "value": 0.69, "without": "non_da_incidents"}]
    _, typology, may = found(make, printed=printed)
    assert printed_table(make(people=people), typology, may).written()[0][2] == said


def test_a_definition_without_printed_figures_has_no_table(make):
    assert printed_table(*found(make)) is None


def test_what_does_not_fit_is_said_of_the_clusters_that_break_it(make):
    clusters = make().clusters
    clusters.loc[2, ["typology", "named_by"]] = [SPECIALIST, "criteria"]  # 25 people with 7 and 12 with 18: 10.6
    for least, broken in ((8, [2]), (12, [2]), (19, [2, 3]), (7, [])):
        promise = expecting(feature="da_incidents", at_least=least)
        given = found(make, clusters, expects=[promise])
        assert misfits(*given) == {number: contradictions(*given) for number in broken}
