from dapipeline.report.timeline.sentences import in_sentences

from .made import CHILD, EX, NOBODY, PARTNER, STRANGER, incident, no_crime, theft


def test_a_single_incident():
    assert in_sentences([no_crime(2013, 5)]) == (
        "In May 2013, aged 28, this person was a suspect in 1 incident of domestic abuse (not recorded as a crime) "
        "against one person, V1 (ex-partner).",
        "The domestic abuse is recorded as domestic incident; this person is a suspect in nothing else.",
    )


def test_a_single_incident_that_took_years_to_be_reported():
    (first, second) = in_sentences([incident(2003, 3, "Stalking", reported=12 * 2018)])
    assert first == (
        "In March 2003, aged 18, this person was a suspect in 1 incident of domestic abuse, reported in January 2018, "
        "against one person, V1 (ex-partner)."
    )
    assert second.startswith("The domestic abuse is recorded as stalking; ")


def test_a_single_incident_that_went_on_for_years_has_both_ends():
    long = {"ended": 12 * 2016 + 2, "reported": 12 * 2016 + 2}
    assert in_sentences([incident(2009, 10, "Stalking", **long)])[0] == (
        "Aged 24 when it began, this person was a suspect in 1 incident of domestic abuse that went on from October "
        "2009 to March 2016, reported in March 2016, against one person, V1 (ex-partner)."
    )
    assert in_sentences([incident(2009, 10, age="", people=[], ended=12 * 2016 + 2)])[0] == (
        "This person was a suspect in 1 incident of domestic abuse that went on from October 2009 to March 2016, with "
        "no victim recorded."
    )


def test_incidents_that_went_on_are_counted_and_the_longest_is_told():
    record = [
        incident(2009, 10, "Stalking", ended=12 * 2016 + 2, reported=12 * 2017), incident(2010, 1, ended=12 * 2011),
        incident(2012, 5, severity=1.0),
    ]  # fmt: skip
    first, second = in_sentences(record)
    assert first.startswith("From October 2009 to March 2016 (6 years, aged 24 to 27) this person")
    assert second.startswith(
        "Domestic abuse began in 3 different years, the last to begin in May 2012; 2 went on for a year or more, the "
        "longest stalking, from October 2009 to March 2016, reported in January 2017; the most points"
    )
    assert "; 1 went on for a year or more: stalking, from October 2009" in in_sentences(record[::2])[1]


def test_who_was_a_victim_first_is_told_so_first():
    suffered = [incident(2011, 2, suspect=False), theft(2012, 1, suspect=False), incident(2014, 1, suspect=False)]
    record = [*suffered, incident(2017, 6), incident(2018, 1, suspect=False)]
    assert in_sentences(record)[0].startswith(
        "First recorded as a victim in February 2011, 3 times (2 of domestic abuse) before the first record as a "
        "suspect, in June 2017. In June 2017, aged 32, this person was a suspect"
    )
    assert in_sentences([suffered[0], incident(2017, 6)])[0].startswith(
        "First recorded as a victim in February 2011 (of domestic abuse), before the first record as a suspect, in "
        "June 2017. In"
    )
    assert in_sentences([suffered[1], incident(2017, 6)])[0].startswith(
        "First recorded as a victim in January 2012, before the first"
    )
    assert not in_sentences([theft(2011, 2), *suffered, incident(2017, 6)])[0].startswith("First")


def test_a_long_record_says_how_long_how_many_against_whom_and_how_it_went_on():
    record = [
        incident(2012, 1, people=[PARTNER]), theft(2012, 2), no_crime(2013, 3), theft(2013, 4), theft(2013, 5),
        incident(2013, 6, "Stalking", severity=400.0), incident(2013, 7, people=[EX, CHILD]),
        incident(2014, 1, "Criminal damage", family="Damage", da=False, people=[]), incident(2019, 9),
    ]  # fmt: skip
    assert in_sentences(record) == (
        "From January 2012 to September 2019 (8 years, aged 27 to 34) this person was a suspect in 5 incidents of "
        "domestic abuse (1 not recorded as a crime) against 2 people (1 partner or ex-partner, 1 relative), most often "
        "V1 (partner, later ex-partner), in 5. Other records as a suspect: 4 incidents, from February 2012 to January "
        "2014, most acquisitive crime.",
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
        "All the domestic abuse is recorded in 2015; the most points on this run’s scale (10): common assault in "
        "January 2015 and 1 other time; this person is also recorded as a victim in 3 incidents, 2 of them domestic "
        "abuse (1 with a suspect who is also their victim)."
    )


def test_one_incident_of_domestic_abuse_has_its_place_among_the_others():
    among = [theft(2010, 1), theft(2010, 2), incident(2011, 1), theft(2012, 1)]
    assert "2 of the other incidents came before it and 1 after" in in_sentences(among)[1]
    assert "all the other incidents came before it" in in_sentences(among[:3])[1]
    assert "all the other incidents came after it" in in_sentences(among[2:])[1]
    first, _ = in_sentences(among)
    assert first.startswith("In January 2011, aged 26, this person")  # not from the first theft on
    assert "Other records as a suspect: 3 incidents, from January 2010 to January 2012, all acquisitive" in first
    assert "suspect: 1 incident, in January 2012." in in_sentences(among[2:])[0]


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
