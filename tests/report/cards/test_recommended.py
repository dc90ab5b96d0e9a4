"""What the study recommends, on the card it is tagged with and once for all."""

import pytest

from dapipeline.report.cards.recommended import areas_for, matrix, proposal
from dapipeline.report.page import render_report
from dapipeline.typology.definitions import Definitions


@pytest.fixture
def recommending(make):
    """The definitions of the test with three recommendations."""

    def made(*recommendations):
        written = make().definitions.model_dump(mode="json", exclude_none=True)
        written |= {"areas": {"others": "Others"}, "recommendations": list(recommendations)}
        return Definitions.model_validate(written)

    return made


def said(number, area, *typologies, **more):
    agencies = more.pop("agencies", ["police"])
    return {"id": f"X{number}", "area": area, "typologies": list(typologies), "agencies": agencies,
            "words": f"Do thing {number}.", "source": f"Part {number}"} | more  # fmt: skip


VIOLENT, SPECIALIST = "prolific_violent_offender", "domestic_abuse_specialist"


def test_each_card_has_its_own_and_those_for_all_stand_once(make, recommending, by_key):
    definitions = recommending(
        said(1, "others", "all"), said(2, "manage", VIOLENT), said(3, "protect", VIOLENT, printed_tag="Violent <b>"),
        said(4, "others", VIOLENT, SPECIALIST, agencies=["schools", "health"]),
    )  # fmt: skip
    assert [(a.title, a.recommendations) for a in areas_for(definitions, VIOLENT)] == [
        ("Offender management", (("Do thing 2.", "Part 2. For police."),)),
        ("Safeguarding", (("Do thing 3.", "Part 3. For police. The study's tag is “Violent <b>”; this is the typology "
                           "nearest to it."),)),
        ("Others", (("Do thing 4.", "Part 4. For schools and health."),)),
    ]  # fmt: skip
    assert [a.recommendations[0][0] for a in areas_for(definitions, "all")] == ["Do thing 1."]
    assert proposal(definitions, by_key[VIOLENT]) == (
        "the study's main response is Offender management, with 1 recommendation for this typology, and 1 elsewhere; "
        "it asks questions of schools and health."
    )
    assert proposal(definitions, by_key[SPECIALIST]) == (
        "the study's main response is Safeguarding, though none of its recommendations there is for this typology "
        "alone; it asks questions of schools and health."
    )
    html = render_report(make(definitions=definitions)).html
    assert [html.count(f"Do thing {n}.") for n in (1, 2, 3, 4)] == [1, 1, 1, 2]
    assert "<b>Violent" not in html and "Violent &lt;b&gt;" in html
    assert '<details class="more" id="for-all">' in html


def test_the_matrix_shows_focus_and_numbers(recommending):
    definitions = recommending(said(1, "others", "all"), said(2, "manage", VIOLENT), said(3, "protect", VIOLENT))
    titles = [(key, t.title) for key, t in definitions.typologies.items()]
    assert [list(row) for row in matrix(definitions, titles).written()] == [
        ["Catastrophic offender", "○", "●"], ["Prolific violent offender", "● 1", "○ 1"],
        ["Domestic abuse specialist", "○", "●"],
    ]  # fmt: skip


def test_definitions_without_recommendations_tell_the_response_alone(make, by_key):
    assert matrix(make().definitions, []) is None
    assert areas_for(make().definitions, "all") == []
    assert proposal(make().definitions, by_key[VIOLENT]) == "the study's main response is Offender management."
    assert proposal(make().definitions, by_key["town_centre_group"]) == ""
    assert proposal(None, by_key[VIOLENT]) == ""
