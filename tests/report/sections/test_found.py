"""The first screen: the answer in at most five sentences, and bars of people and harm."""

import pandas as pd
import pytest

from dapipeline.report.cards.firmness import firmness
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.found import found_section


def shown(contents):
    typologies = reported_typologies(contents)
    return found_section(contents, typologies, printable(contents, typologies))


def test_the_answer_takes_at_most_five_sentences(make, reduced):
    for contents in (make(), reduced):
        assert 2 <= len(shown(contents)["sentences"]) <= 5


def test_the_hardest_typology_has_a_yardstick(make):
    (said,) = [
        s for s in shown(make(common_assault=5.0))["sentences"] if "most recorded DA harm" in s and "typology" in s
    ]
    assert said.endswith("4,000 severity points on average, about as much as 800 common assaults.")
    (said,) = [
        s for s in shown(make(common_assault=None))["sentences"] if "most recorded DA harm" in s and "typology" in s
    ]
    assert said.endswith("4,000 severity points on average.")


def test_bars_are_of_one_scale_with_the_most_harm_first(make):
    rows = {row["title"]: row for row in shown(make())["rows"]}
    assert list(rows) == [
        "Prolific violent offender", "Domestic abuse specialist", "Town centre group", "In no named cluster",
    ]  # fmt: skip
    first = rows["Prolific violent offender"]  # 12 of 100 people with 48,000 of 54,500 points: the longest bar
    assert (first["people_share"], first["harm_share"], first["harm_width"]) == ("12.0%", "88.1%", 100.0)
    assert first["people_width"] == pytest.approx(100 * 12 / 100 * 54500 / 48000, abs=0.05)
    assert rows["Town centre group"]["harm_share"] == "0.6%"
    assert rows["In no named cluster"]["people_share"] == "60.0%"
    assert rows["In no named cluster"]["people_width"] is None  # it would dwarf the others


def test_harm_of_few_people_is_withheld_and_has_no_bar(make):
    config = make().config
    few = config.model_copy(update={"report": config.report.model_copy(update={"limit": 10})})
    found = shown(make(config=few))
    rows = {row["title"]: row for row in found["rows"]}
    assert (rows["Town centre group"]["harm_share"], rows["Town centre group"]["harm_width"]) == ("*", None)
    assert found["note"].startswith("* Not shown: fewer than 10 people")


def test_the_last_column_and_the_last_sentence_say_how_firm_each_is(make):
    contents = make()
    rows = {row["title"]: row["firm"] for row in shown(contents)["rows"]}
    verdicts = {t.title: firmness(contents, t).verdict for t in reported_typologies(contents) if t.named}
    assert rows == verdicts | {"In no named cluster": ""}
    firm = sum(verdict == "Firm" for verdict in verdicts.values())
    assert 0 < firm < 3
    assert shown(contents)["sentences"][-1].startswith(f"{firm} of the 3 typologies came out much the same")
    shaken = make(clusters=contents.clusters.assign(stability=0.5))
    assert shown(shaken)["sentences"][-1].startswith("No typology came out much the same")


def test_without_severity_people_alone_have_bars(make):
    clusters = make().clusters.drop(columns=["mean_da_severity_total", "mean_non_da_severity_total"])
    people = pd.DataFrame({"cluster": make().people["cluster"]})
    found = shown(make(clusters=clusters, people=people, harm=None))
    assert found["harm"] is False
    assert "The extract gives offences no severity, so nothing is said of harm." in found["sentences"]
    assert found["rows"][0]["people_width"] is not None
