"""Random small histories: few people, few incidents, so that everything that can collide does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from dapipeline.extract.columns import COLUMNS
from dapipeline.reference.codes import LOCATION_TYPES, RELATIONSHIPS, RISK_GRADES

from .slow_features import FAMILIES, OFFENCES, TITLES, age_on

BLANK = {column.name: None for column in COLUMNS} | {"da_flag": False, "is_crime": True}
DAYS = (
    date(2015, 6, 15), date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 28), date(2020, 2, 29),
    date(2020, 3, 1), date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 6), date(2021, 3, 7), date(2021, 3, 8),
)  # fmt: skip
CLOCKS = (0, 5 * 3600 + 3599, 6 * 3600, 12 * 3600 + 61, 21 * 3600 + 3599, 22 * 3600, 86399)
LASTING = (0, 1, 59, 3600, 86400, 365 * 86400 - 1, 365 * 86400, 800 * 86400)
# Around the ages that matter (16, 18, 60) and around birthdays, 29 February among them.
BIRTHS = (
    date(1956, 2, 29), date(1960, 3, 1), date(1961, 3, 6), date(1990, 1, 1), date(2002, 3, 1),
    date(2003, 3, 6), date(2004, 2, 29), date(2005, 3, 7), date(2010, 12, 31),
)  # fmt: skip
ODD_OFFENCES = (
    *({"offence": title} for title in TITLES),
    *({"offence_family": family} for family in FAMILIES),
    {"offence_code": "04600", "offence": "Rape"},
    {"offence_code": "14900", "offence_family": "violence"},
    {"offence_code": "99998"},
    {},
)
NON_CRIMES = (
    {},
    {},
    {"offence": "Domestic incident"},
    {"offence_code": "10501"},
    {"offence_family": "child_vulnerable"},
    {"offence_family": "child_vulnerable"},
    {"offence_family": "violence"},
    {"offence_family": "breach"},
)
UNNAMED_BORN = date(1999, 9, 9)
SAME = "as the event"


def row(**known) -> dict:
    """A canonical row of which only this is known."""
    return BLANK | known


def one_of(*values):
    return st.sampled_from(values)


def usually(*others, weight=8):
    """What the event says, now and then something else: rows of one incident may disagree."""
    return one_of(*[SAME] * weight, *others)


CRIMES = one_of(*({"offence_code": code} for code in OFFENCES), *ODD_OFFENCES)
EVENTS = st.fixed_dictionaries(
    {
        "day": one_of(*DAYS),
        "clock": one_of(*CLOCKS),
        "lasting": one_of(None, *LASTING),
        "delay": one_of(None, 0, 7200, 86400, 400 * 86400),
        "da_flag": one_of(True, False),
        "is_crime": one_of(True, True, False),
        "crime": CRIMES,
        "risk_grade": one_of(None, *RISK_GRADES),
        "location_type": one_of(None, *LOCATION_TYPES),
        "imd_decile": one_of(None, "1", "2", "9", "10"),
        "lsoa": one_of(None, "E01000001", "E01000002"),
        "borough": one_of(None, "North", "South"),
    }
)
EVENT_FACTS = ("da_flag", "is_crime", "risk_grade", "location_type", "imd_decile", "lsoa", "borough")
OTHER_EVENT_FACTS = ("lasting", "delay", "crime")
ROWS = st.fixed_dictionaries(
    {
        "event": st.integers(0, 5),
        "suspect": st.integers(-1, 4),
        "victim": st.integers(-3, 4),
        "later": one_of(0, 0, 0, 0, 60, 40 * 86400),
        "lasting": usually(None, 60),
        "delay": usually(None, 3 * 86400),
        "da_flag": usually(True, False),
        "is_crime": usually(True, False),
        "risk_grade": usually(None, *RISK_GRADES),
        "location_type": usually(None, "public"),
        "imd_decile": usually(None, "2"),
        "lsoa": usually(None, "E01000001"),
        "borough": usually(None, "North"),
        "offence_id": one_of(None, None, None, "C", "D"),
        "crime": st.one_of(st.just(SAME), CRIMES),
        "non_crime": one_of(*NON_CRIMES),
        "severity": one_of(None, 0.0, 0.001, 2.5, 10.125, 7979.0),
        "relationship": one_of(None, "partner", *RELATIONSHIPS),
        "victim_sex": one_of(None, None, "F", "M"),
        "offender_age_by": one_of("dob", "dob", "dob", "age", None),
        "victim_age_by": one_of("dob", "dob", "age", None),
        "substances": one_of((None, None), (False, False), (False, False), (True, False), (None, True), (True, True)),
        "honour": one_of(*[(False, None)] * 9, (True, False), (False, True), (True, None)),
    }
)


@st.composite
def small_histories(draw) -> list[dict]:
    """Rows of 1 to 5 offenders in 2 to 6 events, ids from a small common pool."""
    people = draw(st.lists(one_of(None, *BIRTHS), min_size=2, max_size=5))
    events = draw(st.lists(EVENTS, min_size=2, max_size=6))
    rows = [_row(draw(ROWS), people, events) for _ in range(draw(st.integers(1, 23)))]
    # A row may be there twice: the same facts entered again.
    return rows + rows[: draw(st.integers(0, 2))]


def _row(drawn: dict, people: list, events: list[dict]) -> dict:
    number = drawn["event"] % len(events)
    event = events[number]
    facts = {name: event[name] if drawn[name] == SAME else drawn[name] for name in (*EVENT_FACTS, *OTHER_EVENT_FACTS)}
    suspect, victim = drawn["suspect"], drawn["victim"]
    suspect = suspect % len(people) if suspect >= 0 else None
    victim = victim % len(people) if victim >= 0 or suspect is None else None
    # Nobody is their own victim: the extract blanks that.
    victim = None if victim == suspect else victim
    suspect = 0 if suspect is None and victim is None else suspect
    start = datetime.combine(event["day"], datetime.min.time()) + timedelta(seconds=event["clock"] + drawn["later"])
    lasting, delay, crime = (facts.pop(name) for name in OTHER_EVENT_FACTS)
    alcohol, drugs = drawn["substances"]
    honour_based, forced_marriage = drawn["honour"]
    return row(
        incident_id=f"I{number}",
        offender_id=_id(suspect),
        victim_id=_id(victim),
        occurred_from=start,
        occurred_to=None if lasting is None else start + timedelta(seconds=lasting),
        reported_at=None if delay is None else start + timedelta(seconds=delay),
        offence_id=drawn["offence_id"] and f"{drawn['offence_id']}{number}",
        alcohol=alcohol, drugs=drugs, honour_based=honour_based, forced_marriage=forced_marriage,
        **{name: drawn[name] for name in ("severity", "relationship", "victim_sex")},
        **_age("offender", None if suspect is None else people[suspect], start, drawn["offender_age_by"]),
        **_age("victim", UNNAMED_BORN if victim is None else people[victim], start, drawn["victim_age_by"]),
        **(crime if facts["is_crime"] else drawn["non_crime"]),
        **facts,
    )  # fmt: skip


def _id(number: int | None) -> str | None:
    return None if number is None else f"P{number}"


def _age(who: str, born: date | None, start: datetime, how: str | None) -> dict:
    if born is None or how is None:
        return {}
    return {f"{who}_dob": born} if how == "dob" else {f"{who}_age": float(age_on(start, born))}
