"""Incidents written by hand."""

from dapipeline.report.timeline.incidents import Incident, Person

EX = Person("V1", "female", "29", "ex-partner", "intimate")
PARTNER = Person("V1", "female", "28", "partner", "intimate")
CHILD = Person("V2", "male", "9", "child", "family")
STRANGER = Person("S1", "male", "50", "stranger", "neither")
NOBODY = Person("", "", "", "", "")


def incident(year, month, offence="Common assault", people=(EX,), **more):
    given = {
        "suspect": True, "da": True, "below_age": False, "crime": True, "month": 12 * year + month - 1, "ended": None,
        "reported": None,
        "spread": "", "age": str(year - 1985), "offence": offence, "family": "Violence", "place": "residential",
        "outcome": "charged (1)", "lasted": "", "severity": 10.0, "gravity": 0, "grade": "", "people": tuple(people),
    }  # fmt: skip
    return Incident(**(given | more))


def theft(year, month, **more):
    return incident(year, month, "Theft from a shop", (), da=False, family="Acquisitive crime", place="retail", **more)


def no_crime(year, month, people=(EX,), **more):
    return incident(year, month, "Domestic incident", people, crime=False, severity=0.0, family="", outcome="", **more)
