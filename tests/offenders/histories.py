"""Random small histories: few people, few incidents, so that everything that can collide does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from dapipeline.extract.columns import COLUMNS
from dapipeline.reference.codes import LOCATION_TYPES, RELATIONSHIPS, RISK_GRADES

from .slow_features import CRIME_TITLES, FAMILIES, NON_CRIME_TITLES, OFFENCES, age_on

BLANK = {column.name: None for column in COLUMNS} | {"da_flag": False, "is_crime": True}
DAYS = (
    date(2015, 6, 15), date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 28), date(2020, 2, 29),
    date(2020, 3, 1), date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 6), date(2021, 3, 7), date(2021, 3, 8),
)  # fmt: skip
CLOCKS = (0, 5 * 3600 + 3599, 6 * 3600, 12 * 3600 + 61, 21 * 3600 + 3599, 22 * 3600, 86399)
LASTING = (0, 1, 59, 3600, 86400, 365 * 86400 - 1, 365 * 86400, 800 * 86400)
# Around the ages that matter (0, 10, 16, 18, 60) and around birthdays, 29 February among them; the first is a mistake.
BIRTHS = (
    date(1901, 5, 5), date(1956, 2, 29), date(1960, 3, 1), date(1961, 3, 6), date(1990, 1, 1), date(2002, 3, 1),
    date(2003, 3, 6), date(2004, 2, 29), date(2005, 3, 7), date(2010, 3, 1),
    date(2010, 12, 31), date(2020, 3, 1),
)  # fmt: skip
UNHEARD_OF = {"offence": "Log 47 closed"}
# Each group is as likely as another.
CRIME_GROUPS = (
    *([{"offence_code": code} for code, kind in OFFENCES.items() if kind.family == family]
      for family in dict.fromkeys(kind.family for kind in OFFENCES.values())),
    [{"offence": title} for title in CRIME_TITLES],
    [{"offence_family": family} for family in (*FAMILIES, "non_crime")],
    [{"offence_code": code, "offence_family": "non_crime"} for code in ("10501", "04600")],
    [
        {"offence_code": "04600", "offence": "Rape"},
        {"offence_code": "10501", "offence": "Assault on a constable"},
        {"offence_code": "02005", "offence": "Sexual assault on a female child under 13"},
        {"offence_code": "99998", "offence": "Intimidating a witness"},
        {"offence_code": "99998"},
        UNHEARD_OF,
        {},
    ],
    [
        {"offence_code": "14900", "offence_family": "violence"},
        {"offence_code": "14900", "offence_family": "breach"},
        {"offence_code": "07901", "offence_family": "breach"},
        {"offence_code": "06639", "offence_family": "violence"},
        {"offence_code": "01916", "offence_family": "violence"},
        {"offence_code": "09806", "offence_family": "violence"},
        {"offence_family": "breach"} | UNHEARD_OF,
    ],
)  # fmt: skip
NON_CRIMES = (
    {},
    {},
    *({"offence": title} for title in NON_CRIME_TITLES),
    *({"offence": title} for title in ("Common assault", "Rape", "Assault on a constable")),
    *({"offence_code": code} for code in ("10501", "01103", "09806", "14900", "06639", "99998")),
    *(
        {"offence_family": family}
        for family in ("child_vulnerable", "child_vulnerable", "violence", "breach", "sexual")
    ),
    {"offence_family": "non_crime"},
    {"offence": "Missing person", "offence_code": "10501"},
    {"offence": "Domestic incident", "offence_code": "00806"},
    {"offence": "Concern for safety", "offence_code": "06639"},
    {"offence": "Missing person", "offence_family": "breach"},
    {"offence": "Vulnerable adult", "offence_family": "child_vulnerable"},
    {"offence": "Child protection concern", "offence_family": "non_crime"},
    {"offence_code": "10501"} | UNHEARD_OF,
    {"offence_code": "10501", "offence_family": "non_crime"},
    {"offence_family": "breach"} | UNHEARD_OF,
    UNHEARD_OF,
)
UNNAMED_BORN = (date(1999, 9, 9), date(1999, 9, 9), date(2011, 6, 15))
MISTAKEN_BIRTHS = (date(1901, 5, 5), date(2004, 6, 1), date(2012, 1, 1))
RECORDED_AGES = (12.0, 15.0, 17.0, 30.0)
SAME = "as the event"


def row(**known) -> dict:
    """A canonical row of which only this is known."""
    return BLANK | known


def usually(*others, weight=8):
    """What the event says, now and then something else: rows of one incident may disagree."""
    return (*[SAME] * weight, *others)


EVENTS = {
    "day": DAYS,
    "clock": CLOCKS,
    "lasting": (None, *LASTING),
    "delay": (None, 0, 7200, 86400, 400 * 86400),
    "da_flag": (True, False),
    "is_crime": (True, False),
    "risk_grade": (None, *RISK_GRADES),
    "location_type": (None, *LOCATION_TYPES),
    "imd_decile": (None, "1", "2", "9", "10"),
    "lsoa": (None, "E01000001", "E01000002"),
    "borough": (None, "North", "South"),
}
EVENT_FACTS = ("da_flag", "is_crime", "risk_grade", "location_type", "imd_decile", "lsoa", "borough")
OTHER_EVENT_FACTS = ("lasting", "delay", "crime")
# What chance seldom brings together: parents, children, strangers, and what is abuse among some of them.
SCENES = {
    "relationship": ("parent", "parent", "child", "sibling", "acquaintance", None),
    "offender_age": (10, 11, 14, 16, 17, 30),
    "victim_age": (None, 8, 15, 17, 18, 40),
    "offence_id": (None, "S", "S"),
    "record": (
        *({"is_crime": True, "offence_code": code} for code in ("10501", "02005", "07002", "01103", "14900", "19594")),
        *({"is_crime": False, "offence": title} for title in (None, None, "Domestic incident", "Missing person")),
        {"is_crime": False} | UNHEARD_OF,
    ),
}
ROWS = {
    "event": range(6),
    "suspect": range(-1, 5),
    "victim": range(-3, 5),
    "later": (0, 0, 0, 0, 60, 40 * 86400),
    "lasting": usually(None, 60),
    "delay": usually(None, 3 * 86400),
    "da_flag": usually(True, False),
    "is_crime": usually(True, False),
    "risk_grade": usually(None, *RISK_GRADES),
    "location_type": usually(None, "public"),
    "imd_decile": usually(None, "2"),
    "lsoa": usually(None, "E01000001"),
    "borough": usually(None, "North"),
    "offence_id": (None, None, None, "C", "D"),
    "non_crime": NON_CRIMES,
    "severity": (None, 0.0, 0.001, 2.5, 10.125, 7979.0),
    "relationship": (None, "partner", "parent", *RELATIONSHIPS),
    "victim_sex": (None, None, "F", "M"),
    "offender_age_by": ("dob", "dob", "dob", "dob", "age", "both", None),
    "victim_age_by": ("dob", "dob", "age", "both", None),
    "mistaken_birth": (*[None] * 12, *MISTAKEN_BIRTHS),
    "recorded_age": RECORDED_AGES,
    "unnamed_born": UNNAMED_BORN,
    "substances": ((None, None), (False, False), (False, False), (True, False), (None, True), (True, True)),
    "honour": (*[(False, None)] * 9, (True, False), (False, True), (True, None)),
}


def small_histories(chance: Random) -> list[dict]:
    """Rows of 1 to 5 offenders in 2 to 6 events, ids from a small common pool."""
    people = [chance.choice((None, *BIRTHS)) for _ in range(chance.randint(2, 5))]
    events = [_drawn(chance, EVENTS) | {"crime": _crime(chance)} for _ in range(chance.randint(2, 6))]
    rows = [_row(chance, people, events) for _ in range(chance.randint(1, 23))]
    # A row may be there twice: the same facts entered again.
    return rows + rows[: chance.randint(0, 2)]


def _drawn(chance: Random, table: Mapping[str, Sequence]) -> dict:
    return {name: chance.choice(values) for name, values in table.items()}


def _crime(chance: Random) -> dict:
    return chance.choice(chance.choice(CRIME_GROUPS))


def _row(chance: Random, people: list, events: list[dict]) -> dict:
    drawn = _drawn(chance, ROWS) | {"crime": chance.choice((SAME, _crime(chance)))}
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
    known = row(
        incident_id=f"I{number}",
        offender_id=_id(suspect),
        victim_id=_id(victim),
        occurred_from=start,
        occurred_to=None if lasting is None else start + timedelta(seconds=lasting),
        reported_at=None if delay is None else start + timedelta(seconds=delay),
        offence_id=drawn["offence_id"] and f"{drawn['offence_id']}{number}",
        alcohol=alcohol, drugs=drugs, honour_based=honour_based, forced_marriage=forced_marriage,
        **{name: drawn[name] for name in ("severity", "relationship", "victim_sex")},
        **_age("offender", None if suspect is None else people[suspect], start, drawn),
        **_age("victim", drawn["unnamed_born"] if victim is None else people[victim], start, drawn),
        **(crime if facts["is_crime"] else drawn["non_crime"]),
        **facts,
    )  # fmt: skip
    is_scene = suspect is not None and chance.random() < 0.2
    return known | _scene(_drawn(chance, SCENES), start, number) if is_scene else known


def _scene(scene: dict, start: datetime, number: int) -> dict:
    """Born on the first of the month, so that the ages are these; what is recorded of the offence is this alone."""
    born = {
        f"{who}_dob": date(start.year - scene[f"{who}_age"], start.month, 1)
        for who in ("offender", "victim")
        if scene[f"{who}_age"] is not None
    }
    blank = {"offence_code": None, "offence": None, "offence_family": None}
    offence = {"relationship": scene["relationship"], "offence_id": scene["offence_id"] and f"S{number}"}
    return offence | born | blank | scene["record"]


def _id(number: int | None) -> str | None:
    return None if number is None else f"P{number}"


def _age(who: str, born: date | None, start: datetime, drawn: dict) -> dict:
    how = drawn[f"{who}_age_by"]
    if born is None or how is None:
        return {}
    told = {f"{who}_dob": drawn["mistaken_birth"] or born} if how != "age" else {}
    true = float(age_on(start, born))
    # The extract blanks an age that nobody can have.
    true = true if (10 if who == "offender" else 0) <= true <= 110 else drawn["recorded_age"]
    return told | {"age": {f"{who}_age": true}, "both": {f"{who}_age": drawn["recorded_age"]}}.get(how, {})
