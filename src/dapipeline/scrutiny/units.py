"""What is counted: every kept row becomes incidents, records, suspects and victims, each in an area and a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from dapipeline.extract.columns import MARKER
from dapipeline.incidents.tables import any_known
from dapipeline.reference.codes import RISK_RANKS
from dapipeline.reference.tables import outcomes
from dapipeline.scrutiny.years import year_of

NOT_RECORDED = "not recorded"
GBH_WITH_INTENT = "00501"  # Home Office: wounding or grievous bodily harm with intent
# Groups of outcomes; where the rows of one offence disagree, the first of these counts.
OUTCOME_GROUPS = (
    "charged or summonsed", "caution", "taken into consideration", "community resolution", "other out of court",
    "no action, victim supports", "no action, victim does not support", "no suspect", "other", "none yet",
)  # fmt: skip
SANCTIONS = OUTCOME_GROUPS[:3]
OTHER_OUT_OF_COURT = ("6", "7", "22")
BANDS = ((18, "0-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (61, "45-60"))
OLDEST_BAND = "61+"


@dataclass(frozen=True)
class Units:
    """The units that indicators count; each has area, year, person and da (whether its incident is DA).

    Attributes
    ----------
    incidents : ibis.Table
        One row per incident, whoever is in it.
    records : ibis.Table
        One row per incident and offence or non-crime recorded in it.
    suspects, victims : ibis.Table
        One row per incident and suspect, or victim, who has an id.
    pairs : ibis.Table
        One row per incident, suspect and victim, both with an id.
    """

    incidents: Any
    records: Any
    suspects: Any
    victims: Any
    pairs: Any

    def of(self, unit: str) -> Any:
        """Return the table of a unit by its name.

        Parameters
        ----------
        unit : str

        Returns
        -------
        ibis.Table
        """
        return getattr(self, unit)


def outcome_group(code: Any) -> Any:
    """Return the place of an outcome among `OUTCOME_GROUPS`.

    Parameters
    ----------
    code : ibis string column
        Home Office outcome.

    Returns
    -------
    ibis integer column
        Missing where the outcome is.
    """
    groups = outcomes().set_index("code")["course"].to_dict()
    named = {number: groups[number] if groups[number] in OUTCOME_GROUPS else "other" for number in groups}
    named |= {"4": "taken into consideration"} | dict.fromkeys(OTHER_OUT_OF_COURT, "other out of court")
    return code.cases(*((number, OUTCOME_GROUPS.index(name)) for number, name in named.items()))


def age_band(age: Any) -> Any:
    """Return the band of an age.

    Parameters
    ----------
    age : ibis number column

    Returns
    -------
    ibis string column
        Missing where the age is.
    """
    return ibis.cases(*((age < end, name) for end, name in BANDS), (age.notnull(), OLDEST_BAND))


# What units are made of; the other columns are left behind, for the sake of memory.
USED = (
    "source_file", "source_row", "incident_id", "offender_id", "victim_id", "is_crime", "da_flag", "arrested",
    "risk_grade", "relationship", "intimacy", "offender_sex", "victim_sex", "offender_age", "victim_age",
    "offender_ethnicity", "victim_ethnicity", "honour_based", "forced_marriage", "fgm", "alcohol", "drugs",
    "reported_via", "location_type", "imd_decile", "family", "compliance", "severity", "offence_code",
    "initial_offence_code", "outcome_at", "managed_by", "of_age", "unknown_age",
)  # fmt: skip
PLACED = (
    "area", "known", "year", "close", "clock", "da", "flag", "spi8a", "fgm_here", "outcome_rank", "record", "cluster",
)  # fmt: skip


def placed(rows: Any, area: str, years: str) -> Any:
    """Add to each row what holds for its whole incident: area, year, and whether it is DA, flagged or a crime.

    Parameters
    ----------
    rows : ibis.Table
        Rows with their ages, DA, intimacy, family and severity.
    area : str
        The column whose values are areas.
    years : str

    Returns
    -------
    ibis.Table
        The rows with `USED`, `PLACED` and the markers. An incident came to be known when the first of its rows did:
        reported, else ended, else begun. SPI8a is the flag, or partners or family as victim and suspect, of age as far
        as is known.
    """
    whole = ibis.window(group_by=rows.incident_id)
    known = ibis.coalesce(rows.reported_at, rows.occurred_to, rows.occurred_from).min().over(whole)
    close = rows.intimacy.isin(["intimate", "family"]).fill_null(False)
    timed = rows.reported_at.notnull() & ((rows.reported_at.hour() > 0) | (rows.reported_at.minute() > 0))
    clock = timed.ifelse(rows.reported_at, rows.occurred_from)
    markers = [name for name in rows.columns if name.startswith(MARKER)]
    return rows.mutate(
        area=ibis.coalesce(rows[area].min().over(whole), ibis.literal(NOT_RECORDED)),
        known=known,
        year=year_of(known, years),
        close=close,
        clock=clock,
        da=any_known(rows.is_da).over(whole),
        flag=any_known(rows.da_flag).over(whole),
        spi8a=any_known(rows.of_age & (rows.da_flag | close)).over(whole),
        fgm_here=any_known(rows.fgm).over(whole),
        outcome_rank=outcome_group(rows.outcome_code),
        record=ibis.coalesce(rows.offence_id, rows.offence_code, rows.offence, rows.family),
        cluster=ibis.coalesce(rows.offender_id.min().over(whole), ibis.literal("incident ") + rows.incident_id),
    ).select(*USED, *PLACED, *markers)


def _whole(rows: Any) -> dict[str, Any]:
    return {name: rows[name].min() for name in ("area", "year", "known")} | {
        name: rows[name].any() for name in ("da", "flag", "spi8a")
    }


def build_units(rows: Any) -> Units:
    """Count rows together to units.

    Parameters
    ----------
    rows : ibis.Table
        From `placed`.

    Returns
    -------
    Units
    """
    return Units(_incidents(rows), _records(rows), _suspects(rows), _victims(rows), _pairs(rows))


def _incidents(rows: Any) -> Any:
    sexes = rows.offender_sex.isin(["F", "M"]) & rows.victim_sex.isin(["F", "M"])
    couple = (rows.intimacy == "intimate").fill_null(False)
    markers = {name: rows[name].cast("int8").max() for name in rows.columns if name.startswith(MARKER)}
    found = rows.group_by("incident_id").aggregate(
        **_whole(rows), **markers, person=rows.cluster.min(), clock=rows.clock.min(),
        crime=any_known(rows.is_crime), arrest=any_known(rows.arrested),
        charged=any_known(rows.is_crime & (rows.outcome_rank == 0)),
        risk=rows.risk_grade.cases(*RISK_RANKS.items()).max(),
        several_suspected=rows.offender_id.min() < rows.offender_id.max(),
        several_harmed=rows.victim_id.min() < rows.victim_id.max(),
        honour=any_known(rows.honour_based), forced=any_known(rows.forced_marriage), fgm=any_known(rows.fgm),
        alcohol_or_drugs=any_known(rows.alcohol | rows.drugs), route=rows.reported_via.min(),
        place=rows.location_type.min(), decile=rows.imd_decile.cast("int32").min(),
        couple=any_known(couple), kin=any_known(rows.intimacy == "family"), tied=rows.intimacy.notnull().any(),
        parted=any_known(rows.relationship == "ex_partner"),
        couple_sexed=any_known(couple & sexes),
        same_sex=any_known(couple & sexes & (rows.offender_sex == rows.victim_sex)),
        sexual=any_known(rows.is_crime & (rows.family == "sexual")),
        assault=any_known(rows.is_crime & (rows.family == "violence")),
        female_suspect=any_known(rows.offender_sex == "F"), suspect_sexed=rows.offender_sex.isin(["F", "M"]).any(),
    )  # fmt: skip
    both = _both_ways(rows)
    return (
        found.left_join(both, found.incident_id == both.incident)
        .drop("incident")
        .mutate(
            dual_arrest=both.arrested_victims.fill_null(0) >= 2,
            counter=both.counter.fill_null(False),
        )
    )


def _both_ways(rows: Any) -> Any:
    """Find the incidents in which somebody is suspect and victim: how many of them arrested, and whether mutually."""
    harmed = (
        rows.filter(rows.victim_id.notnull()).select(at="incident_id", harmed="victim_id", by="offender_id").distinct()
    )
    named = rows.filter(rows.offender_id.notnull())
    suspected = named.group_by(["incident_id", "offender_id"]).aggregate(arrest=any_known(named.arrested))
    against = named.select("incident_id", "offender_id", "victim_id").distinct()
    twofold = suspected.semi_join(
        harmed, [suspected.incident_id == harmed["at"], suspected.offender_id == harmed.harmed]
    )
    mutual = against.semi_join(
        harmed,
        [against.incident_id == harmed["at"], against.offender_id == harmed.harmed, against.victim_id == harmed.by],
    )
    mutual = mutual.select(mutual_in="incident_id").distinct()
    counted = twofold.group_by("incident_id").aggregate(arrested_victims=twofold.arrest.cast("int32").sum())
    joined = counted.left_join(mutual, counted.incident_id == mutual.mutual_in)
    return joined.select(
        incident=joined.incident_id, arrested_victims=joined.arrested_victims, counter=joined.mutual_in.notnull()
    )


def _records(rows: Any) -> Any:
    same = ["incident_id", "record"]
    deciding = [ibis.desc(rows.severity), ibis.desc(rows.is_crime), ibis.asc(rows.family), ibis.asc(rows.offence_code)]
    first = rows.mutate(place_in=ibis.row_number().over(ibis.window(group_by=same, order_by=deciding)))
    leading = first.place_in == 0
    found = first.group_by(same).aggregate(
        **_whole(first), person=first.cluster.min(), crime=any_known(first.is_crime),
        family=first.family.min(where=leading), code=first.offence_code.min(where=leading),
        breach=any_known(first.compliance == "breach"), arrest=any_known(first.arrested),
        outcome=first.outcome_rank.min(), initial=first.initial_offence_code.min(),
        settled=first.outcome_at.min(), close=first.close.any(), couple=any_known(first.intimacy == "intimate"),
        fgm=first.fgm_here.any(),
    )  # fmt: skip
    days = found.settled.date().delta(found.known.date(), unit="day")
    return found.mutate(days=(days >= 0).ifelse(days, None))


def _suspects(rows: Any) -> Any:
    named = rows.filter(rows.offender_id.notnull())
    found = named.group_by(["incident_id", "offender_id"]).aggregate(
        **_whole(named), crime=any_known(named.is_crime), arrest=any_known(named.arrested),
        cautioned=any_known(named.is_crime & (named.outcome_rank == 1)),
        sex=named.offender_sex.min(), age=age_band(named.offender_age.min()), ethnicity=named.offender_ethnicity.min(),
    )  # fmt: skip
    return found.mutate(person=found.offender_id)


def _victims(rows: Any) -> Any:
    named = rows.filter(rows.victim_id.notnull())
    found = named.group_by(["incident_id", "victim_id"]).aggregate(
        **_whole(named), crime=any_known(named.is_crime), crimes=named.record.nunique(where=named.is_crime),
        sex=named.victim_sex.min(), years=named.victim_age.min(), ethnicity=named.victim_ethnicity.min(),
        close=named.close.any(),
    )  # fmt: skip
    return found.mutate(person=found.victim_id, age=age_band(found.years))


def _pairs(rows: Any) -> Any:
    both = rows.filter(rows.offender_id.notnull() & rows.victim_id.notnull())
    found = both.group_by(["incident_id", "offender_id", "victim_id"]).aggregate(**_whole(both))
    return found.mutate(person=found.offender_id)
