"""The indicators in plain Python, row by row, from the words of the documents that define them.

Shares no code with the package. A row is a dict of a kept row of the extract; `offences` says of each kind of offence
as recorded which family it is of, whether it is a breach, and how grave.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

ALL, UNKNOWN = "all", "not recorded"
SANCTIONS = ("1", "2", "3", "4")  # charge or summons, caution, taken into consideration
CLOSE = ("partner", "ex_partner", "parent", "child", "sibling", "other_family")
RANKS = {"standard": 1, "medium": 2, "high": 3}
NAMES = {
    "1": "charged or summonsed", "2": "caution", "3": "caution", "4": "taken into consideration",
    "8": "community resolution", "6": "other out of court", "7": "other out of court", "22": "other out of court",
    "15": "no action, victim supports", "14": "no action, victim does not support",
    "16": "no action, victim does not support", "18": "no suspect", "0": "none yet",
}  # fmt: skip
# Of several outcomes of one offence, the first here counts.
BEST = [
    "charged or summonsed", "caution", "taken into consideration", "community resolution", "other out of court",
    "no action, victim supports", "no action, victim does not support", "no suspect", "other", "none yet",
]  # fmt: skip


def years_old(born: date, moment: datetime) -> int:
    return moment.year - born.year - ((moment.month, moment.day) < (born.month, born.day))


def add_ages(rows: list[dict]) -> None:
    """Ages from the birth date of the row, else the earliest of the person's; the lowest known in the incident."""
    for who, youngest in (("offender", 10), ("victim", 0)):
        births: dict[str, date] = {}
        for row in rows:
            person, born = row[f"{who}_id"], row[f"{who}_dob"]
            if person and born:
                births[person] = min(born, births.get(person, born))
        seen: dict[tuple, float] = {}
        for row in rows:
            born = row[f"{who}_dob"] or births.get(row[f"{who}_id"])
            age = years_old(born, row["occurred_from"]) if born else None
            row[f"{who}_years"] = age if age is not None and youngest <= age <= 110 else None
            key = (row["incident_id"], row[f"{who}_id"])
            if row[f"{who}_id"] and row[f"{who}_years"] is not None:
                seen[key] = min(row[f"{who}_years"], seen.get(key, 999))
        for row in rows:
            if row[f"{who}_years"] is None:
                row[f"{who}_years"] = seen.get((row["incident_id"], row[f"{who}_id"]))


def band(age: float | None) -> str:
    if age is None:
        return UNKNOWN
    for end, name in ((18, "0-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (61, "45-60")):
        if age < end:
            return name
    return "61+"


def year_name(moment: datetime, years: str) -> str:
    if years == "calendar":
        return str(moment.year)
    if years == "financial":
        first = moment.year - (moment.month < 4)
        return f"{first}/{str(first + 1)[2:]}"
    month, day = (int(part) for part in years.split("-"))
    end = moment.year + ((moment.month, moment.day) > (month, day))
    return f"12 months to {end}-{years}"


class Tally:
    """Numerators and denominators by area and year, and over all of either."""

    def __init__(self) -> None:
        self.cells: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, key, place, number, of=0, breakdown=ALL, group=ALL):
        for area in (ALL, place[0]):
            for year in (ALL, place[1]):
                if breakdown != ALL and area != ALL and year != ALL:
                    continue
                cell = self.cells[key, area, year, breakdown, group]
                cell[0] += int(number)
                cell[1] += int(of)


def first_known(values):
    known = [value for value in values if value is not None]
    return min(known) if known else None


def slow_indicators(
    rows: list[dict], offences: dict, years: str, area: str, age: int = 16
) -> dict[tuple, tuple[int, int]]:
    add_ages(rows)
    events: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        what = offences[row["is_crime"], row["offence_code"], row["offence"], row["offence_family"]]
        row["family"], row["breach"], row["severity"] = what
        row["known"] = row["reported_at"] or row["occurred_to"] or row["occurred_from"]
        row["of_age"] = all(row[f"{w}_years"] is None or row[f"{w}_years"] >= age for w in ("offender", "victim"))
        row["close"] = row["relationship"] in CLOSE
        row["record"] = row["offence_id"] or row["offence_code"] or row["offence"] or row["family"]
        row["outcome"] = NAMES.get(row["outcome_code"], "other") if row["outcome_code"] else None
        events[row["incident_id"]].append(row)
    tally = Tally()
    people: dict[str, dict[tuple, int]] = defaultdict(lambda: defaultdict(int))
    pairs: set[tuple] = set()
    told: dict[tuple, list[tuple[str, str]]] = defaultdict(list)
    for event in events.values():
        known = min(row["known"] for row in event)
        places = [row[area] for row in event if row[area] is not None]
        place = (min(places) if places else UNKNOWN, year_name(known, years))
        da = any(row["da_flag"] and row["of_age"] for row in event)
        flag = any(row["da_flag"] for row in event)
        spi8a = any(row["of_age"] and (row["da_flag"] or row["close"]) for row in event)
        _incident(tally, event, place, da, flag, spi8a)
        _records(tally, event, place, da, flag, spi8a, known)
        _people(tally, people, pairs, told, event, place, da, flag)
    _recurring(tally, people, pairs, told)
    return {key: tuple(cell) for key, cell in tally.cells.items()}


def _incident(tally, event, place, da, flag, spi8a):
    crime = any(row["is_crime"] for row in event)
    arrest = any(row["arrested"] for row in event)
    charged = any(row["is_crime"] and row["outcome"] == BEST[0] for row in event)
    honour = any(row["honour_based"] or row["forced_marriage"] for row in event)
    suspects = {row["offender_id"] for row in event if row["offender_id"]}
    victims = {row["victim_id"] for row in event if row["victim_id"]}
    couples = [row for row in event if row["relationship"] in ("partner", "ex_partner")]
    sexed = [row for row in couples if {row["offender_sex"], row["victim_sex"]} <= {"F", "M"}]
    ranks = [RANKS[row["risk_grade"]] for row in event if row["risk_grade"]]
    mutual = any(
        one["offender_id"] and one["victim_id"] and one["offender_id"] == other["victim_id"]
        and one["victim_id"] == other["offender_id"] for one in event for other in event
    )  # fmt: skip
    arrested = {row["offender_id"] for row in event if row["arrested"] and row["offender_id"]}
    tally.add("da_incidents", place, da)
    tally.add("flagged_incidents", place, flag)
    tally.add("spi8a_incidents", place, spi8a)
    tally.add("incident_to_offence_share", place, 0, da)
    tally.add("honour_based_fm", place, honour)
    tally.add("honour_based_fm_flagged", place, honour and flag, honour)
    tally.add("forced_marriage", place, any(row["forced_marriage"] for row in event))
    tally.add("fgm", place, any(row["fgm"] for row in event))
    tally.add("arrest_rate_incidents", place, spi8a and arrest, spi8a)
    tally.add("dual_arrest", place, flag and len(arrested & victims) >= 2)
    tally.add("counter_allegations", place, da and mutual, da)
    tally.add("funnel_crime", place, da and crime, da)
    tally.add("funnel_arrest", place, da and crime and arrest, da and crime)
    tally.add("funnel_charge", place, da and crime and arrest and charged, da and crime and arrest)
    tally.add("multi_victim", place, da and len(victims) >= 2, da)
    tally.add("multi_suspect", place, da and len(suspects) >= 2, da)
    parted = any(row["relationship"] == "ex_partner" for row in event)
    tally.add("separation", place, da and bool(couples) and parted, da and bool(couples))
    same = any(row["offender_sex"] == row["victim_sex"] for row in sexed)
    tally.add("same_sex_couples", place, da and same, da and bool(sexed))
    tally.add("risk_form_completion", place, da and bool(ranks), da)
    tally.add("substances", place, da and any(row["alcohol"] or row["drugs"] for row in event), da)
    ties = [row["relationship"] for row in event if row["relationship"]]
    grade = {rank: name for name, rank in RANKS.items()}[max(ranks)] if ranks else UNKNOWN
    deciles = [int(row["imd_decile"]) for row in event if row["imd_decile"] is not None]
    tie = (
        "partner or ex-partner"
        if couples
        else "family"
        if any(t in CLOSE for t in ties)
        else "neither"
        if ties
        else UNKNOWN
    )
    for key, breakdown, group in (
        ("reporting_route", "route", first_known(row["reported_via"] for row in event) or UNKNOWN),
        ("places", "place", first_known(row["location_type"] for row in event) or UNKNOWN),
        ("deprivation", "deprivation", str(min(deciles)) if deciles else UNKNOWN),
        ("relationship", "tie", tie), ("risk_shares", "risk_grade", grade),
    ):  # fmt: skip
        tally.add(key, place, da, 0, breakdown, group)
        tally.add(key, place, 0, da, breakdown, "of")


def _records(tally, event, place, da, flag, spi8a, known):
    found: dict[str, list[dict]] = defaultdict(list)
    for row in event:
        found[row["record"]].append(row)
    fgm = any(row["fgm"] for row in event)
    for own in found.values():
        lead = sorted(own, key=lambda r: (r["severity"] is None, -(r["severity"] or 0), not r["is_crime"], r["family"],
                                          r["offence_code"] is None, r["offence_code"] or ""))[0]  # fmt: skip
        crime, arrest = any(row["is_crime"] for row in own), any(row["arrested"] for row in own)
        told = [row["outcome"] for row in own if row["outcome"]]
        outcome = min(told, key=BEST.index) if told else None
        family, code, first = lead["family"], lead["offence_code"], first_known(r["initial_offence_code"] for r in own)
        domestic, settled = da and crime, outcome is not None and outcome != "none yet"
        detected = domestic and outcome in BEST[:3]
        kind = "DA" if da else "other"
        tally.add("da_offences", place, domestic)
        tally.add("da_offences", place, domestic, 0, "crime_type", family)
        tally.add("flagged_offences", place, flag and crime)
        tally.add("spi8a_offences", place, spi8a and crime)
        tally.add("incident_to_offence_share", place, domestic)
        tally.add("da_share_of_crime", place, domestic, crime)
        tally.add("da_share_of_crime", place, domestic, crime, "crime_type", family)
        tally.add("crime_type_share_of_da", place, domestic, 0, "crime_type", family)
        tally.add("crime_type_share_of_da", place, 0, domestic, "crime_type", "of")
        sexual = crime and family == "sexual"
        tally.add("da_sexual_offences", place, da and sexual, sexual)
        tally.add("sexual_share_of_da", place, da and sexual, domestic)
        tally.add("stalking_harassment", place, crime and family == "stalking_harassment")
        tally.add("stalking_harassment", place, crime and family == "stalking_harassment", 0, "da", kind)
        tally.add("serious_violence", place, domestic and code == "00501")
        killed = crime and family == "homicide"
        tally.add("homicides", place, killed and any(row["close"] for row in own))
        tally.add("homicides_by_partners", place,
                  killed and any(row["relationship"] in ("partner", "ex_partner") for row in own))  # fmt: skip
        tally.add("fgm_offences", place, crime and fgm)
        tally.add("arrest_rate_offences", place, spi8a and crime and arrest, spi8a and crime)
        tally.add("arrests_per_100_crimes", place, 0, domestic)
        tally.add("sanction_detections", place, detected)
        tally.add("sanction_detection_rate", place, detected, domestic)
        tally.add("sanction_detection_rate", place, detected, domestic, "crime_type", family)
        tally.add("charges", place, domestic and outcome == BEST[0])
        tally.add("charge_rate", place, domestic and outcome == BEST[0], domestic)
        tally.add("cautions", place, domestic and outcome == "caution")
        tally.add("caution_share", place, domestic and outcome == "caution", detected)
        tally.add("charge_caution_ratio", place, domestic and outcome == BEST[0], domestic and outcome == "caution")
        tally.add("community_resolution", place, domestic and outcome == "community resolution", domestic)
        ended = domestic and settled
        tally.add("attrition", place, ended and outcome == "no action, victim does not support", ended)
        tally.add("no_action_supported", place, ended and outcome == "no action, victim supports", ended)
        for key, counted in (("outcome_mix", domestic), ("outcome_mix_other", crime and not da),
                             ("breach_outcomes", crime and any(row["breach"] for row in own))):  # fmt: skip
            tally.add(key, place, counted, 0, "outcome", outcome or UNKNOWN)
            tally.add(key, place, 0, counted, "outcome", "of")
        tally.add("outcome_recorded", place, domestic and not settled, domestic)
        tally.add("reclassification", place, da and first is not None and not crime, da and first is not None)
        both = domestic and first is not None and code is not None
        tally.add("changed_class", place, both and first != code, both)
        breach = crime and any(row["breach"] for row in own)
        tally.add("breaches", place, breach)
        tally.add("breaches", place, breach, 0, "da", kind)
        days = [row["outcome_at"] for row in own if row.get("outcome_at")]
        if ended and days and (min(days).date() - known.date()).days >= 0:
            tally.add("days_to_outcome", place, 1)


def _people(tally, people, pairs, told, event, place, da, flag):
    for who, key in (("offender", "accused_profile"), ("victim", "victims_profile")):
        for person in sorted({row[f"{who}_id"] for row in event if row[f"{who}_id"]}):
            own = [row for row in event if row[f"{who}_id"] == person]
            ages = [row[f"{who}_years"] for row in own if row[f"{who}_years"] is not None]
            age = min(ages) if ages else None
            crime = any(row["is_crime"] for row in own)
            groups = {
                "sex": first_known(row[f"{who}_sex"] for row in own) or UNKNOWN, "age": band(age),
                "ethnicity": first_known(row[f"{who}_ethnicity"] for row in own) or UNKNOWN,
            }  # fmt: skip
            for breakdown, group in groups.items():
                tally.add(key, place, da and crime, 0, breakdown, group)
                tally.add(key, place, 0, da and crime, breakdown, "of")
            if who == "offender":
                arrest = any(row["arrested"] for row in own)
                tally.add("arrests_per_100_crimes", place, da and arrest)
                people["repeat_suspects"][person, *place] += da
                cautioned = any(row["is_crime"] and row["outcome"] == "caution" for row in own)
                people["repeat_cautioning"][person, *place] += da and cautioned
                if da:
                    pairs |= {(person, row["victim_id"], *place) for row in own if row["victim_id"]}
            else:
                crimes = len({row["record"] for row in own if row["is_crime"]})
                people["repeat_victims_incidents"][person, *place] += da
                people["repeat_victims_offences"][person, *place] += crimes * da
                for repeat, number in (("repeat_victims_incidents", da), ("repeat_victims_offences", crimes * da)):
                    if number:
                        told[repeat, person, *place].append((groups["sex"], groups["age"]))
                young = age is not None and age < 18
                tally.add("victims_under_18", place, young and (flag or any(row["close"] for row in own)))
                tally.add("older_victims", place, da and age is not None and age >= 61, da and age is not None)


BANDS = ["0-17", "18-24", "25-34", "35-44", "45-60", "61+", UNKNOWN]


def _recurring(tally, people, pairs, told):
    """Persons over each area and year, and over all of either: each counts once, with all that they have there.

    A person is of the youngest age that is known of them there; so is a sex that is known.
    """
    for key, held in people.items():
        sums: dict[tuple, int] = defaultdict(int)
        said: dict[tuple, list[tuple[str, str]]] = defaultdict(list)
        for (person, area, year), number in held.items():
            for a in (ALL, area):
                for y in (ALL, year):
                    sums[person, a, y] += number
                    said[person, a, y] += told.get((key, person, area, year), [])
        for (person, area, year), number in sums.items():
            cells = [(key, area, year, ALL, ALL)]
            if said[person, area, year] and ALL in (area, year):
                sexes, ages = zip(*said[person, area, year], strict=True)
                cells.append((key, area, year, "sex", min(sexes, key=["F", "M", "U", UNKNOWN].index)))
                cells.append((key, area, year, "age", min(ages, key=BANDS.index)))
            for cell in cells:
                tally.cells[cell][0] += number >= 2
                tally.cells[cell][1] += number >= 1
    harmed: dict[tuple, set] = defaultdict(set)
    for suspect, victim, area, year in pairs:
        for a in (ALL, area):
            for y in (ALL, year):
                harmed[suspect, a, y].add(victim)
    for (_, area, year), victims in harmed.items():
        cell = tally.cells["serial_perpetrators", area, year, ALL, ALL]
        cell[0] += len(victims) >= 2
        cell[1] += 1
