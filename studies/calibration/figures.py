"""How each published count, mean, share and rank is measured on histories."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from studies.calibration.histories import Histories
from studies.calibration.measures import Measured, count, mean, median, ratio, share

Measure = Callable[[Histories], Measured | None]

HOURS_A_YEAR = 24 * 365.25
VIOLENT = ("violence", "homicide")
ACQUISITIVE = "acquisitive"
THEFT = "theft|handling|making off|vehicle"  # of the acquisitive: no burglary, robbery or fraud
HOMICIDE = "homicide"
COERCIVE = "controlling_coercive"


def _mean_of(typology: str, column: str) -> Measure:
    """Measure the mean of a column over the people of a typology."""
    return lambda h: mean(h.of(typology)[column])


def _share_of(typology: str, condition: Callable[[pd.DataFrame], pd.Series]) -> Measure:
    """Measure the share of a typology's people for whom a condition holds."""
    return lambda h: share(condition(h.of(typology)))


def _share_of_incidents(typology: str, da: bool, column: str) -> Measure:
    """Measure the share of a typology's DA or other incidents with a flag."""
    return lambda h: share(h.incidents_of(typology, da)[column])


def _share_of_records(typology: str, da: bool, *families: str) -> Measure:
    """Measure the share of a typology's DA or other records in some families."""
    return lambda h: share(h.records_of(typology, da)["family"].isin(families))


def _share_of_grades(typology: str, grade: int) -> Measure:
    """Measure the share of a typology's DA non-crimes, graded or not, with one risk grade."""

    def measure(h: Histories) -> Measured | None:
        incidents = h.incidents_of(typology, da=True)
        return share((incidents["risk"] == grade)[~incidents["crime"].astype(bool)])

    return measure


def _median_records(typology: str, title: str | None = None) -> Measure:
    """Measure the median number of records per offender of a typology: all, or acquisitive ones with a title."""

    def measure(h: Histories) -> Measured | None:
        records = h.records[h.records["typology"] == typology]
        if title is not None:
            theft = records["title"].str.contains(title, case=False)
            records = records[(records["family"] == ACQUISITIVE) & theft]
        numbers = records.groupby("offender_id").size()
        return median(numbers.reindex(h.of(typology).index, fill_value=0))

    return measure


def _duration(typology: str) -> Measure:
    """Measure the mean duration of a typology's DA incidents, in years."""
    return lambda h: mean(h.incidents_of(typology, da=True)["hours"] / HOURS_A_YEAR)


def _homicides(typology: str) -> Measure:
    """Count a typology's domestic homicides; None if nobody is of the typology."""

    def measure(h: Histories) -> Measured | None:
        killed = h.records_of(typology, da=True)["family"] == HOMICIDE
        return count(killed.sum()) if len(h.of(typology)) else None

    return measure


def _asian_above_others(h: Histories) -> Measured | None:
    """Measure by how much the share of Asian coercive controllers exceeds that of any other typology."""
    shares = h.people.groupby("typology")["asian"].mean()
    if "coercive_controller" not in shares:
        return None
    above = shares["coercive_controller"] - shares.drop("coercive_controller").max()
    return Measured(float(above), len(h.of("coercive_controller")))


def _high_volume_of_the_few(h: Histories) -> Measured | None:
    """Measure, among the fewest people who cause half of all DA harm, the share with three or more other incidents."""
    ordered = h.people.sort_values("da_harm", ascending=False, kind="stable")
    before = ordered["da_harm"].cumsum() - ordered["da_harm"]
    few = ordered[before < ordered["da_harm"].sum() / 2]
    return share(few["non_da"] >= 3)


def _rank_of(typology: str, harm: str) -> Measure:
    """Measure a typology's rank by mean harm among all typologies."""

    def measure(h: Histories) -> Measured | None:
        means = h.people.groupby("typology")[harm].mean()
        if typology not in means:
            return None
        return Measured(float(means.rank(ascending=False)[typology]), len(h.of(typology)))

    return measure


def _in_common_assaults(h: Histories) -> Measured | None:
    """Measure the mean effect of assaults, rapes and kidnappings outside DA, in the severity of common assaults."""
    graver = h.effects[h.effects["title"].str.contains("assault|rape|kidnap|bodily harm", case=False)]
    return mean(graver["effect"] / h.common_assault)


VICTIM, SPECIALIST, LAW_BREAKER = "female_victim_offender", "domestic_abuse_specialist", "non_specialised_law_breaker"
VIOLENT_OFFENDER, HIGH_HARM = "prolific_violent_offender", "high_harm_offender"
LOWER, HIGHER = "lower_harm_economic_compulsive", "higher_harm_economic_compulsive"
CATASTROPHIC, COERCIVE_CONTROLLER = "catastrophic_offender", "coercive_controller"
RANKED = (
    HIGH_HARM, CATASTROPHIC, VIOLENT_OFFENDER, HIGHER, LAW_BREAKER, SPECIALIST, LOWER, "prolific_young_offender",
    "serial_abuser",
)  # fmt: skip


FIGURES: dict[str, Measure] = {
    "records": lambda h: count(h.counts["records"]),
    "victims": lambda h: count(h.counts["victims"]),
    "suspects": lambda h: count(len(h.people)),
    "clustered": lambda h: count(len(h.people) - h.counts["excluded"]),
    "excluded": lambda h: count(h.counts["excluded"]),
    "cohort.women": _share_of("cohort", lambda people: people["woman"]),
    "cohort.men": _share_of("cohort", lambda people: ~people["woman"].astype(bool)),
    "cohort.asian": _share_of("cohort", lambda people: people["asian"]),
    "cohort.single_da_incident": _share_of("cohort", lambda people: people["da"] == 1),
    "high_harm_people.high_volume_non_da": _high_volume_of_the_few,
    "group.E": lambda h: share(pd.Series(h.groups == "E")),
    f"{VICTIM}.women": _share_of(VICTIM, lambda people: people["woman"]),
    f"{VICTIM}.da_non_crime": lambda h: share(~h.incidents_of(VICTIM, da=True)["crime"].astype(bool)),
    f"{VICTIM}.da_victimisations": _mean_of(VICTIM, "da_victimisations"),
    f"{VICTIM}.da_substance": _share_of_incidents(VICTIM, True, "substance"),
    f"{VICTIM}.non_da_substance": _share_of_incidents(VICTIM, False, "substance"),
    f"{SPECIALIST}.exclusively_da": _share_of(SPECIALIST, lambda people: people["non_da"] == 0),
    f"{SPECIALIST}.da_incidents": _mean_of(SPECIALIST, "da"),
    f"{SPECIALIST}.victims": lambda h: median(h.of(SPECIALIST)["da_victims"]),
    f"{LAW_BREAKER}.incidents": lambda h: mean(h.of(LAW_BREAKER)[["da", "non_da"]].sum(axis=1)),
    f"{LAW_BREAKER}.victims": _mean_of(LAW_BREAKER, "victims"),
    f"{LAW_BREAKER}.da_to_non_da": lambda h: ratio(h.of(LAW_BREAKER)["da"], h.of(LAW_BREAKER)["non_da"]),
    f"{LAW_BREAKER}.men": _share_of(LAW_BREAKER, lambda people: ~people["woman"].astype(bool)),
    "prolific_young_offender.age_first_da": _mean_of("prolific_young_offender", "age_first_da"),
    f"{VIOLENT_OFFENDER}.da_incidents": _mean_of(VIOLENT_OFFENDER, "da"),
    f"{VIOLENT_OFFENDER}.da_victims": _mean_of(VIOLENT_OFFENDER, "da_victims"),
    f"{VIOLENT_OFFENDER}.non_da_incidents": _mean_of(VIOLENT_OFFENDER, "non_da"),
    f"{VIOLENT_OFFENDER}.non_da_violence": _share_of_records(VIOLENT_OFFENDER, False, *VIOLENT),
    f"{VIOLENT_OFFENDER}.da_violence": _share_of_records(VIOLENT_OFFENDER, True, *VIOLENT),
    f"{LOWER}.da_substance": _share_of_incidents(LOWER, True, "substance"),
    f"{LOWER}.non_da_substance": _share_of_incidents(LOWER, False, "substance"),
    f"{LOWER}.medoid_offences": _median_records(LOWER),
    f"{LOWER}.medoid_theft": _median_records(LOWER, THEFT),
    f"{LOWER}.medoid_da": lambda h: median(h.of(LOWER)["da"]),
    f"{HIGHER}.medoid_incidents": lambda h: median(h.of(HIGHER)[["da", "non_da"]].sum(axis=1)),
    f"{HIGH_HARM}.individuals": lambda h: count(len(h.of(HIGH_HARM))),
    f"{HIGH_HARM}.men": _share_of(HIGH_HARM, lambda people: ~people["woman"].astype(bool)),
    f"{HIGH_HARM}.da_incidents": _mean_of(HIGH_HARM, "da"),
    f"{HIGH_HARM}.da_victims": _mean_of(HIGH_HARM, "da_victims"),
    f"{HIGH_HARM}.non_da_incidents": _mean_of(HIGH_HARM, "non_da"),
    f"{HIGH_HARM}.da_substance": _share_of_incidents(HIGH_HARM, True, "substance"),
    f"{CATASTROPHIC}.domestic_homicides": _homicides(CATASTROPHIC),
    f"{CATASTROPHIC}.non_crime_high_risk": _share_of_grades(CATASTROPHIC, 3),
    f"{CATASTROPHIC}.non_crime_medium_risk": _share_of_grades(CATASTROPHIC, 2),
    f"{CATASTROPHIC}.asian": _share_of(CATASTROPHIC, lambda people: people["asian"]),
    f"{COERCIVE_CONTROLLER}.da_incidents": _mean_of(COERCIVE_CONTROLLER, "da"),
    f"{COERCIVE_CONTROLLER}.victims": _mean_of(COERCIVE_CONTROLLER, "victims"),
    f"{COERCIVE_CONTROLLER}.coercive_control": _share_of_records(COERCIVE_CONTROLLER, True, COERCIVE),
    f"{COERCIVE_CONTROLLER}.duration": _duration(COERCIVE_CONTROLLER),
    f"{COERCIVE_CONTROLLER}.asian": _share_of(COERCIVE_CONTROLLER, lambda people: people["asian"]),
    f"{COERCIVE_CONTROLLER}.most_asian": _asian_above_others,
    **{f"rank_da.{name}": _rank_of(name, "da_harm") for name in RANKED},
    **{f"rank_non_da.{name}": _rank_of(name, "non_da_harm") for name in RANKED},
    "regression.predictors": lambda h: count(len(h.effects)),
    "regression.significant": lambda h: share(h.effects["p"] < 0.05),
    "regression.example": _in_common_assaults,
}
