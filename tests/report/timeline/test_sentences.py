from dapipeline.report.timeline.sentences import in_sentences

from .made import CHILD, EX, NOBODY, PARTNER, STRANGER, incident, no_crime, theft


def test_a_single_incident():
    assert in_sentences([no_crime(2013, 5)]) == (
        "In May 2013, aged 28, this person was a suspect in 1 incident of domestic abuse (not recorded as a crime) "
        "against one person, V1 (ex-partner).",
        "The domestic abuse is recorded as domestic incident; this person is a suspect in nothing else.",
    )


def test_a_single_incident_that_took_years_to_be_reported():
    late = incident(2003, 3, "Stalking", reported=12 * 2018, spread="began Mar 2003, reported Jan 2018")
    first, second = in_sentences([late])
    assert first.startswith("In March 2003, aged 18,")
    assert second.startswith("The domestic abuse is recorded as stalking (began Mar 2003, reported Jan 2018); ")


def test_a_long_record_says_how_long_how_many_against_whom_and_how_it_went_on():
    record = [
        incident(2012, 1, people=[PARTNER]), theft(2012, 2), no_crime(2013, 3), theft(2013, 4), theft(2013, 5),
        incident(2013, 6, "Stalking", severity=400.0), incident(2013, 7, people=[EX, CHILD]),
        incident(2014, 1, "Criminal damage", family="Damage", da=False, people=[]), incident(2019, 9),
    ]  # fmt: skip
    assert in_sentences(record) == (
        "From January 2012 to September 2019 (8 years, aged 27 to 34) this person was a suspect in 5 incidents of "
        "domestic abuse (1 not recorded as a crime) against 2 people (1 partner or ex-partner, 1 relative), most often "
        "V1 (partner, later ex-partner), in 5, and in 4 other incidents, most acquisitive crime.",
        "Domestic abuse is recorded in 3 different years, most of it in 2013 (3 incidents), the last in September "
        "2019; the most points on this run’s scale (400): stalking in June 2013.",
    )


def test_a_suspect_who_is_a_victim_too():
    record = [
        incident(2015, 1), incident(2015, 4, suspect=False), incident(2015, 6),
        incident(2016, 1, suspect=False, people=[STRANGER]), theft(2016, 2, suspect=False),
    ]  # fmt: skip
    first, second = in_sentences(record)
    assert first.startswith(
        "From January 2015 to June 2015 (5 months, aged 30) this person was a suspect in 2 incidents"
    )
    assert second == (
        "All the domestic abuse is recorded in 2015; the most points on this run’s scale (10): common assault in January "
        "person is also recorded as a victim in 3 incidents, 2 of them domestic abuse (1 with a suspect who is also "
        "their victim)."
    )


def test_one_incident_of_domestic_abuse_has_its_place_among_the_others():
    among = [theft(2010, 1), theft(2010, 2), incident(2011, 1), theft(2012, 1)]
    assert "2 of the other incidents came before it and 1 after" in in_sentences(among)[1]
    assert "all the other incidents came before it" in in_sentences(among[:3])[1]
    assert "all the other incidents came after it" in in_sentences(among[2:])[1]
    assert "and in 3 other incidents, all acquisitive crime." in in_sentences(among)[0]


def test_what_is_not_recorded_is_not_made_up():
    unknown = {"age": "", "severity": 0.0}
    assert in_sentences([incident(2013, 5, people=[], **unknown)])[0] == (
        "In May 2013 this person was a suspect in 1 incident of domestic abuse, with no victim recorded."
    )
    one, two = (incident(2013, month, people=people, **unknown) for month, people in ((5, [NOBODY]), (6, [EX, NOBODY])))
    first, second = in_sentences([one, two])
    assert first == (
        "From May 2013 to June 2013 (1 month) this person was a suspect in 2 incidents of domestic abuse against one "
        "person, V1 (ex-partner) and, in 2, somebody who is not identified."
    )
    assert second == "All the domestic abuse is recorded in 2013."
    assert "against somebody who is not identified" in in_sentences([one])[0]
