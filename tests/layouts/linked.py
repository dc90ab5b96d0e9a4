"""Layouts in which people are joined to events by roles: one long file, and three files. All invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .layout import File
from .world import flagged, generator, numbered, stamped, worded, world

SUSPECT, VICTIM = "offender", "victim"
CODES = {
    SUSPECT: ["SUS"],
    "arrested": ["ARR"],
    VICTIM: ["VIC"],
    "witness": ["WIT"],
    "reporting": ["REP"],
    "officer": ["OIC"],
}
NAMES = {
    SUSPECT: ["Suspect"],
    "arrested": ["Charged"],
    VICTIM: ["Victim", "Aggrieved"],
    "witness": ["Witness"],
    "reporting": ["Informant"],
    "officer": ["Investigating officer"],
}
EVENT = ["event", "start", "end", "reported", "da", "kind", "place", "area", "officer"]


@dataclass(frozen=True)
class Linked:
    """A layout that has to be joined before it is an extract.

    Attributes
    ----------
    name, note : str
    tables : callable
        File name to its rows, for a seed.
    files : mapping
        File name to how it is written.
    event, person, role : str
        The columns of the event, the person and the role, wherever they stand.
    roles : mapping
        Word for a role, lower case, to offender or victim; the words of other roles are not in it.
    expected : mapping
        File name to canonical column to source column; offender_* and victim_* of one source column follow the role.
    people : frozenset of str
        Columns whose cells are a person's.
    joined : callable
        The truth for a seed: a row for each suspect and victim of an event, and for each of either alone where there
        is none of the other, in the order of event_id, offender_id, victim_id.
    """

    name: str
    note: str
    tables: Callable[[int], dict[str, pd.DataFrame]]
    files: Mapping[str, File]
    event: str
    person: str
    role: str
    roles: Mapping[str, str]
    expected: Mapping[str, Mapping[str, str]]
    people: frozenset[str]
    joined: Callable[[int], pd.DataFrame]

    def write(self, tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
        """Write the files of this layout into a folder."""
        return [self.files[name].write(table, folder) for name, table in tables.items()]


def _roles(seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give the events, the people, and who was what in which event."""
    rng, rows = generator(seed, "roles"), world(seed, "roles")
    events = rows[EVENT].drop_duplicates("event").reset_index(drop=True)
    parts, people = [], []
    for who in (SUSPECT, VICTIM):
        named = rows[rows[who] >= 0]
        parts.append(named[["event", who]].rename(columns={who: "person"}).assign(role=who))
        told = {who: "person", f"{who}_born": "born", f"{who}_sex": "sex", f"{who}_name": "name", f"{who}_race": "race"}
        people.append(named[list(told)].rename(columns=told))
    known = pd.concat(people).drop_duplicates("person").sort_values("person").reset_index(drop=True)
    for role, share in (("witness", 0.2), ("reporting", 0.3)):
        some = events.loc[rng.random(len(events)) < share, ["event"]]
        parts.append(some.assign(person=rng.choice(known["person"].to_numpy(), len(some)), role=role))
    parts.append(parts[0][rng.random(len(parts[0])) < 0.2].assign(role="arrested"))
    links = pd.concat(parts).drop_duplicates().sort_values(["event", "role", "person"]).reset_index(drop=True)
    return events, known, links


def _joined(seed: int) -> pd.DataFrame:
    """Join suspects with victims of the same event, and keep either where the other is missing."""
    _, _, links = _roles(seed)
    sides = [
        links.loc[links["role"] == who, ["event", "person"]].rename(columns={"person": f"{who}_id"})
        for who in (SUSPECT, VICTIM)
    ]
    both = sides[0].merge(sides[1], on="event", how="outer")
    truth = pd.DataFrame(
        {
            "event_id": numbered(both["event"], "E{:06d}"),
            "offender_id": numbered(both["offender_id"].fillna(-1).astype(int), "{}"),
            "victim_id": numbered(both["victim_id"].fillna(-1).astype(int), "{}"),
        }
    )
    return truth.sort_values(list(truth.columns)).reset_index(drop=True)


def _long(seed: int) -> dict[str, pd.DataFrame]:
    events, known, links = _roles(seed)
    rng = generator(seed, "long")
    officers = events.rename(columns={"officer": "person"})[["event", "person"]].assign(role="officer")
    rows = pd.concat([links, officers]).merge(events, on="event").merge(known, on="person", how="left")
    rows = rows.sort_values(["event", "role", "person"]).reset_index(drop=True)
    clock = "%d/%m/%Y %H:%M"
    return {
        "roles_long.csv": pd.DataFrame(
            {
                "LINK_ID": pd.Series(range(1, len(rows) + 1)).astype(str),
                "EVENT_ID": numbered(rows["event"], "E{:06d}"),
                "PERSON_ID": numbered(rows["person"], "{}"),
                "ROLE": worded(rng, rows["role"], CODES),
                "SURNAME": rows["name"].fillna("").str.partition(" ")[2],
                "DOB": stamped(rows["born"], "%d/%m/%Y"),
                "SEX": rows["sex"].fillna(""),
                "EVENT_START": stamped(rows["start"], clock),
                "EVENT_REPORTED": stamped(rows["reported"], clock),
                "DA": flagged(rows["da"]),
                "OFFENCE": rows["kind"].str.replace("_", " ").str.upper(),
                "PLACE": rows["place"].str.title(),
            }
        )
    }


def _three(seed: int) -> dict[str, pd.DataFrame]:
    events, known, links = _roles(seed)
    rng = generator(seed, "three")
    return {
        "people.csv": pd.DataFrame(
            {
                "nominal_id": numbered(known["person"], "{}"),
                "family_name": known["name"].str.partition(" ")[2],
                "date_of_birth": stamped(known["born"], "%Y-%m-%d"),
                "gender": known["sex"],
            }
        ),
        "events.csv": pd.DataFrame(
            {
                "event_id": numbered(events["event"], "E{:06d}"),
                "started": stamped(events["start"], "%Y-%m-%d %H:%M:%S"),
                "ended": stamped(events["end"], "%Y-%m-%d %H:%M:%S"),
                "reported": stamped(events["reported"], "%Y-%m-%d %H:%M:%S"),
                "domestic": flagged(events["da"], "true", "false"),
                "offence": events["kind"].str.replace("_", " "),
                "place": events["place"],
                "officer": events["officer"].map("PC{:04d}".format),
            }
        ),
        "roles.csv": pd.DataFrame(
            {
                "event_id": numbered(links["event"], "E{:06d}"),
                "nominal_id": numbered(links["person"], "{}"),
                "role": worded(rng, links["role"], NAMES),
            }
        ),
    }


LONG = Linked(
    name="roles_in_one_file",
    note="A row for each person in a role in an event; the event is said again on each of its rows. An officer is a "
    "person in a role too, with a number that may be no one else's. "
    "A person may be in an event twice: who was arrested was a suspect before.",
    tables=_long,
    files={"roles_long.csv": File("roles_long.csv", datetime_format="%d/%m/%Y %H:%M", date_format="%d/%m/%Y")},
    event="EVENT_ID",
    person="PERSON_ID",
    role="ROLE",
    roles={"sus": SUSPECT, "arr": SUSPECT, "vic": VICTIM},
    expected={
        "roles_long.csv": {
            "incident_id": "EVENT_ID",
            "offender_id": "PERSON_ID",
            "victim_id": "PERSON_ID",
            "occurred_from": "EVENT_START",
            "reported_at": "EVENT_REPORTED",
            "da_flag": "DA",
            "offence": "OFFENCE",
            "location_type": "PLACE",
            "offender_dob": "DOB",
            "victim_dob": "DOB",
            "offender_sex": "SEX",
            "victim_sex": "SEX",
        }
    },
    people=frozenset({"PERSON_ID", "SURNAME", "DOB"}),
    joined=_joined,
)

THREE = Linked(
    name="roles_in_three_files",
    note="People once, events once, and who was what in which. Witnesses and informants are no victims.",
    tables=_three,
    files={
        name: File(name, datetime_format="%Y-%m-%d %H:%M:%S", date_format="%Y-%m-%d")
        for name in ("people.csv", "events.csv", "roles.csv")
    },
    event="event_id",
    person="nominal_id",
    role="role",
    roles={"suspect": SUSPECT, "charged": SUSPECT, "victim": VICTIM, "aggrieved": VICTIM},
    expected={
        "people.csv": {
            "offender_id": "nominal_id",
            "victim_id": "nominal_id",
            "offender_dob": "date_of_birth",
            "victim_dob": "date_of_birth",
            "offender_sex": "gender",
            "victim_sex": "gender",
        },
        "events.csv": {
            "incident_id": "event_id",
            "occurred_from": "started",
            "occurred_to": "ended",
            "reported_at": "reported",
            "da_flag": "domestic",
            "offence": "offence",
            "location_type": "place",
        },
        "roles.csv": {"incident_id": "event_id", "offender_id": "nominal_id", "victim_id": "nominal_id"},
    },
    people=frozenset({"nominal_id", "family_name", "date_of_birth", "officer"}),
    joined=_joined,
)

LINKED: tuple[Linked, ...] = (LONG, THREE)
