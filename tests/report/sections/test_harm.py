"""The section on harm: its findings, what it prints of sums, and what it says where it prints nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from dapipeline.analysis.harm.gaps import SEVERITY
from dapipeline.config import Config
from dapipeline.report.harm.few import printable_concentration
from dapipeline.report.harm.offences import printable_regression
from dapipeline.report.material import material_of
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.harm import show

from ..reading import words_of


@pytest.fixture
def parts(make):
    """The parts of the section by their titles, of the run with some of it changed."""

    def of(**changes):
        return {part.title: part for part in show(material_of(make(**changes)))["parts"]}

    return of


def limited(make, limit: int) -> Config:
    settings = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": limit}}
    return Config.model_validate(settings)


def with_harm(make, **changes):
    return replace(make().harm, **changes)


def test_the_section_opens_with_the_first_finding_of_each_part(make, parts):
    words = words_of("harm", make())
    opening = words[: words.index("Harm here is recorded severity")]
    for part in parts().values():
        assert " ".join(part.findings[0].split()[:9]) in opening


def test_who_does_the_harm(parts):
    part = parts()["Who does the harm"]
    # 48,000 of 54,500 points are those of 12 people, 5,000 of 25, 300 of 3; the other 60 have no name.
    assert part.findings == (
        "98% of the DA harm recorded of people in clusters is that of 40% of them, those in the 3 named typologies.",
        "Prolific violent offender accounts for most: 88%, with 12 people (12%).",
    )
    rows = dict(part.tables)["People, incidents and harm by typology"].written()
    assert rows[0] == ["Prolific violent offender", "12", "12.0%", "47.3%", "57.1%", "88.1%"]
    assert [row[0] for row in rows] == [
        "Prolific violent offender", "Domestic abuse specialist", "In no named cluster", "Town centre group",
    ]  # fmt: skip
    assert "88%" in part.figures[0][1]


def test_severity_of_too_few_people_is_withheld_with_company(make):
    contents = make(config=limited(make, 10))
    shown = show(material_of(contents))
    rows = dict(shown["parts"][0].tables)["People, incidents and harm by typology"].written()
    withheld = {row[0] for row in rows if row[-1] == "*"}
    # 3 people in the town centre group: whoever knows all others and the sum would know theirs.
    assert "Town centre group" in withheld
    assert len(withheld) > 1
    assert all(row[1] != "*" for row in rows)  # how many people there are is always told


def test_what_is_withheld_in_the_ranking_cannot_be_had_from_the_shares(make):
    """Ranks print means of clusters; shares print sums: together they give away no sum of too few people."""
    for limit in (3, 5, 10, 13, 26):
        contents = make(config=limited(make, limit))
        may = printable(contents, reported_typologies(contents))
        hidden = may.of("da_severity_total")
        rows = dict(show(material_of(contents))["parts"][0].tables).get("People, incidents and harm by typology")
        if rows is None:
            continue
        gone = {row[0] for row in rows.written() if row[5] == "*"}
        assert set(hidden.typologies) - {t for t in hidden.typologies if t.startswith("Cluster")} <= gone
        assert len(gone) != 1


def test_what_else_they_do(parts):
    part = parts()["What else they do"]
    # Of the 25 with most, the 12 of 4,000 points have 12 incidents outside DA, and 3 of the next 13 have 4.
    assert "(top 25%), 60% were also suspects in 3 or more incidents outside DA" in part.findings[0]
    assert part.findings[0].endswith("The study reports 60% for a small group whose size it does not print.")
    assert (
        part.findings[1] == "The share rises with DA severity; the rise as a whole is larger than chance would explain."
    )


def test_a_trend_over_the_bands_is_told_only_where_every_band_is(make, parts):
    title = "The bands, with means and trends"
    some = dict(parts()["What else they do"].tables)[title]
    assert some.note == ""  # the highest bands stand together: a test over all would tell of each
    history = make().harm.harm_and_history
    history[["people", "of"]] *= 10
    history["high_volume"] = history["people"] // 2  # enough in every band with, and without
    every = dict(parts(harm=with_harm(make, harm_and_history=history))["What else they do"].tables)[title]
    assert every.note.startswith("Cochran-Armitage trend over the bands")


def test_the_strongest_associations_are_laid_out(parts):
    table = dict(parts()["Which other offences go with it"].tables)["The strongest associations"]
    assert table.written()[0][1:] == ["Acquisitive crime", "14", "500 (300 to 700)", "50", "<0.001", "<0.001"]
    assert table.columns[-2:] == ("q, alone", "q, and with number and years")  # no other model can tell


def test_associations_of_fewer_people_than_the_limit_are_left_out(make):
    contents = make(config=limited(make, 20))
    assert set(printable_regression(contents, contents.harm, 20)["offence"]) == {"Begging"}  # 31 people; 14 are too few
    words = words_of("harm", contents)
    assert "1 more is not shown: of too few people" in words
    assert "Acquisitive crime" not in words


def test_an_association_whose_harm_is_that_of_two_people_is_left_out(make):
    holders = make().harm_holders
    holders.loc[holders["of"] == "Begging", "held_by_two"] = 0.95
    contents = make(harm_holders=holders)
    assert "Begging" not in set(printable_regression(contents, contents.harm, 3)["offence"])
    assert "Begging" not in words_of("harm", contents)


def test_groups_whose_harm_is_that_of_two_people_are_not_compared(make, parts):
    holders = make().harm_holders
    holders.loc[holders["of"] == "sex F da_severity_total", "held_by_two"] = 0.95
    words = " ".join(parts(harm_holders=holders)["Groups compared"].findings)
    assert "points of DA harm are recorded" not in words


def test_what_is_said_of_those_shown_says_that_others_are_not(make):
    contents = make(config=limited(make, 10))
    findings = show(material_of(contents))["parts"][0].findings
    assert "of the 3 named typologies; of the others too little may be shown" in findings[0]
    assert findings[1].startswith("Of these, ")


def test_what_the_models_find_stands_beside_chance_and_the_study(make, parts):
    findings = " ".join(parts()["Which other offences go with it"].findings)
    assert "1 of 2 kinds of offence outside DA goes with more DA harm" in findings
    assert "nothing here is firmer" in findings
    assert "the study found 16% of 656" in findings
    assert "1 kind would count, 50%; chance alone would give about 0" in findings
    assert "of the study’s families acquisitive" in findings
    none = with_harm(make, harm_found_by_all=make().harm.harm_found_by_all.iloc[:0])
    assert "; none is found by every model, so nothing here is firm." in words_of("harm", make(harm=none))


def test_what_came_first(make, parts):
    part = parts()["What came first"]
    assert part.findings == (
        "In the 5 years before the first DA incident, these went with more DA harm from that incident on, among people "
        "alike in the other families: violent, 2,400 points more (20 people). Of people whose first DA incident is at "
        "least 2 years into the records, this still holds for violent.",
    )
    order = make().harm.harm_order
    order.loc[order["whom"] == "first_known", "q"] = 0.4
    held = " ".join(parts(harm=with_harm(make, harm_order=order))["What came first"].findings)
    assert "at least 2 years into the records, this no longer holds." in held
    order["q"] = 0.4
    nothing = " ".join(parts(harm=with_harm(make, harm_order=order))["What came first"].findings)
    assert "no family of other offences clearly went with more DA harm" in nothing


def test_no_sum_of_one_person_is_printed(make, parts):
    # The top 1% are one person, the top 2% two: from 3 people on the limit is reached each time.
    shown = printable_concentration(make().harm, "offenders", 3)
    assert shown["number"].tolist() == [3, 10, 20, 50, 100]
    table = dict(parts()["How few hold most of it"].tables)["Top shares of people"]
    assert table.written()[0] == ["3%", "3", "22%"]


def test_concentration_stands_beside_what_others_published(parts):
    findings = " ".join(parts()["How few hold most of it"].findings)
    assert "The 3% of people with the most recorded DA harm (3) account for 22% of it; in Thames Valley" in findings
    assert "3% did for 90%, so it is less concentrated here" in findings
    # The top 2% of pairs are 2, too few to print: what was published is of another share.
    assert "published elsewhere is 2% with 80%, Suffolk" in findings


def test_the_lorenz_curve_names_its_marks(parts):
    text = next(svg for name, svg, _ in parts()["How few hold most of it"].figures if name == "lorenz")
    assert "the top 10% have 73%" in text  # 40,000 of 54,500
    assert "the top 1% have" not in text


def test_recency_frequency_gravity_and_victims_stand_apart(parts):
    table = dict(parts()["How few hold most of it"].tables)["Recency, frequency, gravity and number of victims"]
    rows = {row[0]: row[1:] for row in table.written()}
    assert rows["Frequency, DA incidents: 10 or more"] == ["12%", "88.1%"]
    assert rows["Victims, people named as victim in DA incidents: 1"] == ["88%", "11.9%"]
    assert not any("score" in row for row in rows)


def test_groups_are_compared_where_they_are_large_enough(parts):
    part = parts()["Groups compared"]
    assert part.findings == (
        "On average 120 points of DA harm are recorded for a woman suspected of DA and 325 for a man.",
        "Women and men: 1 of 2 figures differ clearly, most clearly in: “DA severity, total”.",
    )
    table = dict(part.tables)["Women and men"]
    assert [row[0] for row in table.written()] == [
        "DA severity, total (severity points)"
    ]  # chance may explain the other
    assert "Age at the first DA incident" not in dict(part.tables)
    assert "Not answered: deprivation, because missing: imd_decile." in part.limits


def test_every_part_says_what_it_cannot_say(parts):
    for part in parts().values():
        assert part.limits
        assert part.figures
        assert part.tables


def test_no_word_of_it_speaks_of_one_person(make):
    words = words_of("harm", make())
    assert not re.search(r"\b(predict|risk score|will (?:re)?offend|likely to)\b", words)


def test_a_run_without_harm_has_no_parts(reduced):
    shown = show(material_of(reduced))
    assert [part.title for part in shown["parts"]] == ["Groups compared"]
    assert "Nothing is said of harm" in words_of("harm", reduced)
    gaps = pd.DataFrame([(SEVERITY, "much", "missing: offence_code")], columns=["table", "what", "because"])
    assert "The reason: missing: offence_code." in words_of("harm", replace(reduced, harm_gaps=gaps))


def test_where_everything_is_withheld_the_page_says_so(make):
    contents = make(config=limited(make, 101), severity_bands=pd.DataFrame())
    words = words_of("harm", make(config=contents.config))
    assert "Clusters by mean total severity" not in words
    assert words.count("Not shown: too few people, or the numbers would tell of too few.") >= 2
    assert "There are too few people to show any of it." in words_of("equality", contents=make(config=contents.config))
    assert "Not shown: too few people, or the numbers" in words_of("overlap", make(config=contents.config))
