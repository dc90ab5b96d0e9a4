from dapipeline.report.timeline.people import kinds_of, known_people, span_of

from .made import CHILD, EX, NOBODY, PARTNER, STRANGER, incident, theft


def test_people_of_domestic_abuse_are_gathered_over_all_incidents():
    record = [
        incident(2014, 1, people=[CHILD, PARTNER]), incident(2015, 1, people=[EX, NOBODY]),
        incident(2015, 2, suspect=False, people=[EX]), incident(2015, 3, suspect=False, people=[STRANGER]),
        theft(2015, 4),
    ]  # fmt: skip
    partner, child, stranger = known_people(record)
    assert (partner.label, partner.kind, partner.relation) == ("V1", "intimate", "partner, later ex-partner")
    assert (partner.about, partner.part) == ("female 28 to 29", "victim in 2, suspect in 1")
    assert (child.label, child.relation, child.about, child.part) == ("V2", "child", "male 9", "victim in 1")
    assert (stranger.label, stranger.kind, stranger.part) == ("S1", "neither", "suspect in 1")


def test_people_are_in_the_order_of_their_numbers():
    people = [EX.__class__(f"V{n}", "", "", "", "") for n in (10, 9, 2)]
    assert [known.label for known in known_people([incident(2014, 1, people=people)])] == ["V2", "V9", "V10"]


def test_people_are_counted_by_what_they_are():
    assert kinds_of(known_people([incident(2014, 1, people=[EX, CHILD])])) == ["1 partner or ex-partner", "1 relative"]


def test_ages_span_from_the_first_to_the_last():
    assert [span_of(ages) for ages in (["", "31", "33"], ["31", "31"], ["", ""])] == ["31 to 33", "31", ""]
