"""The small made-up force that every case begins with: rows of text, and what each column means."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

NEEDED = ("incident_id", "offender_id", "occurred_from", "da_flag", "is_crime")
PERSONAL = ("offender_id", "victim_id", "offender_dob", "victim_dob", "surname")
IDS = ("offender_id", "victim_id")
DATES = ("occurred_from", "occurred_to", "reported_at", "offender_dob", "victim_dob")
FLAGS = ("da_flag", "is_crime", "arrested", "alcohol", "drugs", "honour_based", "forced_marriage", "fgm")
OFFENCES = (
    ("10501", "Common assault"), ("00806", "Assault occasioning actual bodily harm"), ("05800", "Criminal damage"),
    ("04600", "Theft from shops"), ("19500", "Harassment"), ("", "Domestic incident, no crime"),
)  # fmt: skip
CODES = {
    "risk_grade": ("standard", "medium", "high"),
    "relationship": ("partner", "ex_partner", "parent", "sibling", "stranger"),
    "location_type": ("residential", "public", "licensed", "other"),
    "outcome_code": ("1", "5", "14", "16", "22"),
    "imd_decile": ("1", "4", "10"),
    "offender_sex": ("F", "M", "U"),
    "victim_sex": ("F", "M"),
    "offender_ethnicity": ("White", "Asian", "Black", "Mixed", "Not stated"),
    "victim_ethnicity": ("White", "Asian"),
    "lsoa": ("E01000001", "E01000002"),
    "borough": ("North", "South"),
}
OPTIONAL = (
    "victim_id", "offence_code", "offence", "occurred_to", "reported_at", "offender_dob", "victim_dob", "severity",
    "arrested", "alcohol", *CODES,
)  # fmt: skip


@dataclass
class Sheet:
    """A table of text in the making.

    Attributes
    ----------
    meanings : list of str
        The canonical column each source column stands for; a column of the force's own has its own name.
    header : list of str
        The names as written.
    records : list of list of str
        The cells, row by row; records may have lost or gained fields.
    """

    meanings: list[str]
    header: list[str]
    records: list[list[str]]

    def change(self, meaning: str, function: Callable[[str], str], rng: random.Random, share: float = 1.0) -> None:
        """Rewrite a share of the cells of a column; where the column is missing, nothing happens."""
        if meaning not in self.meanings:
            return
        at = self.meanings.index(meaning)
        for record in self.records:
            if at < len(record) and rng.random() < share:
                record[at] = function(record[at])

    def append(self, name: str, cells: list[str]) -> None:
        """Add a column that nobody maps."""
        self.meanings.append(name)
        self.header.append(name)
        for record, cell in zip(self.records, cells, strict=True):
            record.append(cell)


def small_force(rng: random.Random, rows: int) -> Sheet:
    """Make up incidents of a few people, in the canonical layout with random columns left out."""
    people = [_person(rng) for _ in range(max(6, rows // 3))]
    kept = [name for name in OPTIONAL if rng.random() < 0.75]
    meanings = [*NEEDED, *kept, "surname"]
    records = [[row[name] for name in meanings] for row in (_row(rng, people, at) for at in range(rows))]
    return Sheet(meanings, list(meanings), records)


def _person(rng: random.Random) -> dict[str, str]:
    born = date(1950, 1, 1) + timedelta(days=rng.randrange(18_000))
    letters = "".join(rng.choice("abcdefghijklmnop") for _ in range(5))
    return {"id": f"N{rng.randrange(10**7):07}", "dob": born.isoformat(), "surname": f"Quillfeather-{letters}"}


def _row(rng: random.Random, people: list[dict[str, str]], at: int) -> dict[str, str]:
    suspect, victim = rng.sample(people, 2)
    if rng.random() < 0.3:
        suspect = people[rng.randrange(3)]
    start = datetime(2012, 1, 1) + timedelta(minutes=rng.randrange(4_000_000))
    code, title = rng.choice(OFFENCES)
    return {
        **{name: rng.choice(values) for name, values in CODES.items()},
        **{name: rng.choice(("Y", "N")) for name in FLAGS},
        "incident_id": f"I{at - at % 2 if rng.random() < 0.2 else at:05}",
        "offender_id": suspect["id"], "offender_dob": suspect["dob"], "surname": suspect["surname"],
        "victim_id": victim["id"], "victim_dob": victim["dob"],
        "occurred_from": str(start), "occurred_to": str(start + timedelta(minutes=20)),
        "reported_at": str(start + timedelta(hours=3)),
        "da_flag": "Y" if rng.random() < 0.7 else "N", "is_crime": "Y" if code else "N",
        "offence_code": code, "offence": title, "severity": str(rng.randrange(1, 4000) / 4),
    }  # fmt: skip


def canaries(sheet: Sheet) -> set[str]:
    """Give the cells about people that must never reach a terminal; none that an impersonal column holds too."""
    secret: set[str] = set()
    open_: set[str] = set(sheet.meanings)
    for record in (sheet.header, *sheet.records):  # where there is no header, a record stands in its place
        for meaning, cell in zip(sheet.meanings, record, strict=False):
            (secret if meaning in PERSONAL else open_).add(cell.strip())
    whole = {cell for cell in secret - open_ if len(cell) >= 7 and any(c.isdigit() or c == "-" for c in cell)}
    return {cell for cell in whole if not any(cell in other for other in open_)}
