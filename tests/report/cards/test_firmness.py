"""How firm a typology is, in words that a board understands."""

import pandas as pd
import pytest

from dapipeline.report.cards.firmness import firmness
from dapipeline.report.reported import reported_typologies

HALF = "when half of the people were left out"


def firm(make, stability, kept=None, new=0.0, size=40):
    """The verdict on one typology of two clusters."""
    clusters = make().clusters.assign(typology="serial_abuser", named_by="criteria", stability=stability, size=size)
    names = pd.DataFrame({"typology": ["serial_abuser"], "kept": [kept], "new_entrants": [new]})
    contents = make(clusters=clusters.iloc[:2], name_stability=None if kept is None else names)
    (typology,) = reported_typologies(contents)
    return firmness(contents, typology)


@pytest.mark.parametrize(
    ("stability", "kept", "new", "words"),
    [
        (0.8, None, 0, f"Firm: it came out much the same {HALF}."),
        (0.7, None, 0, f"Loose: it came out in part {HALF}. Treat who is in it as open."),
        (0.5, None, 0, f"Not firm: it did not come out again {HALF}. Do not plan on it."),
        (0.8, 0.86, 0, f"Firm: it came out much the same {HALF}; 9 in 10 of its people kept the name."),
        (0.5, 0.75, 0, f"Fairly firm: 8 in 10 of its people got the same name {HALF}, "
         "although the clusters behind it were cut otherwise."),
        (0.8, 0.5, 0, f"Loose: half of its people got the same name {HALF}, the others another one or none. "
         "Treat who is in it as open."),
        (0.8, 1.0, 0.4, f"Loose: all of its people got the same name {HALF}, but others got it too: 4 in 10 of those "
         "who had it then do not have it here. Treat who is in it as open."),
        (0.9, 0.49, 0, f"Not firm: it did not come out again {HALF}: half of its people got the same name. "
         "Do not plan on it."),
        (0.9, 0.2, 0.9, f"Not firm: it did not come out again {HALF}: 2 in 10 of its people got the same name. "
         "Do not plan on it."),
    ],
)  # fmt: skip
def test_the_verdict_follows_from_stability_and_kept_names(make, stability, kept, new, words):
    assert str(firm(make, stability, kept, new)) == words


def test_few_people_give_a_rough_answer(make):
    # A draw is half of the cohort: of two clusters of 4 people it holds 4.
    assert firm(make, 0.8, 0.9, size=4).words.endswith("With so few people this is a rough answer.")
    assert "rough" not in firm(make, 0.8, 0.9, size=5).words


def test_what_was_in_no_draw_is_not_firm(make, by_key):
    found = firmness(make(), by_key["town_centre_group"])
    assert (found.verdict, found.style) == ("Not firm", "not-firm")
    assert found.words == "too few people to see whether it comes out again. Do not plan on it."


def test_a_smaller_draw_is_told(make, by_key):
    contents = make(model=make().model | {"offenders": 100_000, "stability_offenders_in_each": 20_000})
    words = firmness(contents, by_key["domestic_abuse_specialist"]).words
    assert "when only 20,000 of the 100,000 people were looked at" in words
