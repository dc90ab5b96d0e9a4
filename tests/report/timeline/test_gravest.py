"""What stands first among incidents of as many points."""

from dapipeline.report.timeline.gravest import gravity, most_points
from dapipeline.report.timeline.records import histories_in_words

from .made import incident, no_crime

ABH, INTENT = "Assault occasioning actual bodily harm", "Wounding or grievous bodily harm with intent"


def of(year, month, offence, family="violence", severity=365.0):
    return incident(year, month, offence, severity=severity, gravity=gravity(family, offence))


def test_a_wounding_with_intent_comes_before_an_earlier_abh_of_as_many_points():
    record = [of(2011, 1, ABH), of(2011, 5, ABH), of(2012, 2, INTENT), of(2013, 1, "Robbery", "acquisitive", 2.0)]
    assert most_points(record) == (
        "the most points on this run’s scale (365): wounding or grievous bodily harm with intent in February 2012; as "
        "many points: assault occasioning actual bodily harm in January 2011 and 1 other time"
    )


def test_the_order_is_homicide_sexual_offences_violence_and_the_rest():
    grave = [("homicide", "Murder"), ("sexual", "Rape"), ("violence", "Attempted murder"), ("violence", INTENT),
             ("violence", "Wounding"), ("violence", ABH), ("stalking_harassment", "Stalking"), ("drugs", "Supply"),
             ("other", "Bigamy"), ("", "Crime")]  # fmt: skip
    places = [gravity(*offence) for offence in grave]
    assert places == sorted(set(places))


def test_kinds_beyond_the_third_are_counted():
    told = most_points([of(2011, at, title) for at, title in enumerate(("A", "B", "C", "D", "E"), start=1)])
    assert told.endswith(
        "a in January 2011; as many points: b in February 2011, c in March 2011, 2 other kinds of offence"
    )


def test_without_points_nothing_is_said():
    assert most_points([no_crime(2011, 1)]) == ""


def test_an_incident_is_as_grave_as_its_gravest_offence(make):
    medoids = make().medoids
    own = medoids["cluster"] == 2
    medoids.loc[own, "incident_number"] = 1
    medoids.loc[own, "offence"] = [ABH, INTENT, "Stalking"]
    (found,) = histories_in_words(medoids, make().timeline_records, make().timeline_others)[2, "medoid"]
    assert found.gravity == gravity("violence", INTENT)
