"""The two sentences and the two bars of a card, counted by hand."""

import pytest

from dapipeline.report.cards.sentences import bars_of, harm_share, sentences
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies


def test_the_sentences_say_who_they_are_and_what_they_did(make, may, by_key):
    # DA severity of all: 60 x 20 + 25 x 200 + 12 x 4000 + 3 x 100 = 54,500; of these 5,000 are 9.2%.
    assert sentences(make(), by_key["domestic_abuse_specialist"], may) == [
        "25 people (25% of all) account for 9.2% of recorded domestic abuse harm: 200 points a person, "
        "about as much as 20 common assaults.",
        "On average they are suspects in 7 DA incidents, the first at the age of 40, and in 1 other incident; "
        "84% are men.",
    ]


def test_victims_and_years_are_told_where_they_are_known(make, may):
    clusters = make().clusters.assign(mean_da_victims=[1.0, 1.8, 2.0, 1.0], mean_da_span_days=[0.0, 1168.8, 30.0, 9.0])
    contents = make(clusters=clusters)
    by_key = {typology.key: typology for typology in reported_typologies(contents)}
    what = sentences(contents, by_key["domestic_abuse_specialist"], may)[1]
    assert what.startswith(
        "On average they are suspects in 7 DA incidents against 1.8 victims over 3.2 years, the first"
    )
    # With one DA incident each there are no years between the first and the last.
    assert " over " not in sentences(contents, by_key["cluster_1"], may)[1]
    assert sentences(contents, by_key["cluster_1"], may)[1].endswith("and in no other incident; 67% are men.")


def test_withheld_harm_and_averages_are_told_as_such(make, strict, by_key):
    assert sentences(make(), by_key["town_centre_group"], strict) == [
        "3 people (3% of all) are in it; how much of the recorded harm is theirs may not be shown.".replace(
            "3%", "3.0%"
        ),
        "Averages of so few people, or from which those of few could be worked out, are not shown.",
    ]


def test_without_severity_nothing_is_said_of_harm(reduced):
    typologies = reported_typologies(reduced)
    first = sentences(reduced, typologies[0], printable(reduced, typologies))[0]
    assert first == "60 people (60% of all) are in it."


def test_the_bars_share_one_scale(make, may, typologies):
    bars = bars_of(make(), typologies, may)
    assert {bar.scale for bar in bars.values()} == {"100%"}  # one has 88% of the harm
    rows = {words: (said, width) for words, said, width, _ in bars["prolific_violent_offender"].rows}
    assert rows == {"of all people": ("12%", 12.0), "of DA harm": ("88%", pytest.approx(88.1))}
    named = bars_of(make(), [t for t in typologies if t.key == "domestic_abuse_specialist"], may)
    assert named["domestic_abuse_specialist"].scale == "25%"
    assert harm_share(make(), typologies[0], may) == pytest.approx(48000 / 54500)
