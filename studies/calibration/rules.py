"""How each published statement is tested on histories."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from studies.calibration.figures import (
    ACQUISITIVE,
    CATASTROPHIC,
    COERCIVE,
    COERCIVE_CONTROLLER,
    HIGH_HARM,
    HIGHER,
    HOMICIDE,
    LAW_BREAKER,
    LOWER,
    SPECIALIST,
    VICTIM,
    VIOLENT,
    VIOLENT_OFFENDER,
    Measure,
)  # fmt: skip
from studies.calibration.histories import Histories
from studies.calibration.measures import Measured, holds

YOUNG, SERIAL = "prolific_young_offender", "serial_abuser"
SURE = 2  # standard errors
STRONGEST = 5  # offence types whose effects the study prints


def _rule(typology: str, test: Callable[[Histories, pd.DataFrame], bool]) -> Measure:
    """Test a statement about a typology; nothing where nobody is of it."""

    def measure(h: Histories) -> Measured | None:
        people = h.of(typology)
        return holds(test(h, people), len(people)) if len(people) else None

    return measure


def _highest(values: pd.Series, typology: str, place: int = 1) -> bool:
    """Return whether a typology has the highest value, or the second highest and so on."""
    ordered = values.sort_values(ascending=False)
    return len(ordered) >= place and ordered.index[place - 1] == typology


def _per_person(h: Histories, table: pd.DataFrame) -> pd.DataFrame:
    """Count a table's rows per offender, 0 for those without any, with the typology."""
    number = table.groupby("offender_id").size().reindex(h.people.index, fill_value=0)
    return pd.DataFrame({"typology": h.people["typology"], "number": number})


def _in_group(typology: str, group: str, least: float) -> Measure:
    """Return whether a group holds more than a share of a typology."""
    return _rule(typology, lambda h, people: _group_share(h, typology, group) > least)


def _group_share(h: Histories, typology: str, group: str) -> float:
    return float((h.groups[(h.people["typology"] == typology).to_numpy()] == group).mean())


def _commonest(records: pd.DataFrame) -> str:
    """Return the family of the offence that is recorded most often."""
    title = records["title"].value_counts().index[0]
    return str(records.loc[records["title"] == title, "family"].iloc[0])


def _none_in_d(h: Histories) -> Measured:
    table = pd.crosstab(h.people["typology"], h.groups)
    return holds("D" in h.groups and "D" not in set(table.idxmax(axis=1)), len(h.people))


def _repeat(h: Histories) -> Measured:
    """Somebody has more DA incidents than victims and so one of them repeatedly, somebody does not."""
    repeat = h.people["da"] > h.people["da_victims"]
    return holds(repeat.any() and not repeat.all(), len(repeat))


def _serial(h: Histories) -> Measured:
    serial = h.people["da_victims"] > 1
    return holds(serial.any() and not serial.all(), len(serial))


def _several_offences(h: Histories) -> Measured:
    return holds(h.records.duplicated(["offender_id", "incident_id"]).any(), len(h.incidents))


def _in_retrospect(h: Histories, people: pd.DataFrame) -> bool:
    late = h.incidents["days_to_report"] >= 365
    return bool(late[h.incidents["typology"] == SERIAL].mean() > late.mean())


def _long_incidents(h: Histories, people: pd.DataFrame) -> bool:
    hours = h.incidents[h.incidents["da"]].groupby("typology")["hours"].mean()
    return _highest(hours.drop(COERCIVE_CONTROLLER, errors="ignore"), SERIAL)


def _children(h: Histories, people: pd.DataFrame) -> bool:
    return _highest((h.records["family"] == "child_vulnerable").groupby(h.records["typology"]).mean(), SERIAL)


def _many_kinds(h: Histories, people: pd.DataFrame) -> bool:
    crimes = h.records_of(LAW_BREAKER, da=False)
    kinds = crimes[crimes["crime"].astype(bool)].groupby("offender_id")["family"].nunique()
    return bool(kinds.reindex(people.index, fill_value=0).mean() >= 3)


def _violent(h: Histories, people: pd.DataFrame) -> bool:
    violence = _per_person(h, h.records[h.records["family"].isin(VIOLENT)])["number"]
    return bool(violence[people.index].mean() > violence.mean())


def _prolific(h: Histories, people: pd.DataFrame) -> bool:
    numbers = h.people[["da", "non_da"]].sum(axis=1)
    return _violent(h, people) and bool(numbers[people.index].mean() > numbers.mean())


def _sure_of_more_non_da(h: Histories, people: pd.DataFrame) -> bool:
    more = people["non_da"] - people["da"]
    return bool(more.mean() > SURE * more.std() / np.sqrt(len(more)))


def _non_da_more_severe(h: Histories, people: pd.DataFrame) -> bool:
    return bool(h.incidents_of(YOUNG, da=False)["harm"].mean() > h.incidents_of(YOUNG, da=True)["harm"].mean())


def _acquisitive(typology: str) -> Callable[[Histories, pd.DataFrame], bool]:
    def test(h: Histories, people: pd.DataFrame) -> bool:
        families = h.records_of(typology, da=False)["family"].value_counts()
        return bool(families.index[0] == ACQUISITIVE and people["non_da"].mean() > people["da"].mean())

    return test


def _higher_harm(h: Histories, people: pd.DataFrame) -> bool:
    harm = h.people[["da_harm", "non_da_harm"]].sum(axis=1).groupby(h.people["typology"]).mean()
    return _acquisitive(HIGHER)(h, people) and bool(harm[HIGHER] > harm.get(LOWER, np.inf))


def _most_harm(h: Histories, people: pd.DataFrame) -> bool:
    return _highest(h.people[["da_harm", "non_da_harm"]].sum(axis=1).groupby(h.people["typology"]).mean(), HIGH_HARM)


def _sudden(h: Histories, people: pd.DataFrame) -> bool:
    severity = h.incidents[h.incidents["da"]].groupby("typology")["harm"].mean()
    few = people["da"].median() <= 2 and people["non_da"].mean() < 1
    return bool(few and _highest(severity, CATASTROPHIC))


def _long_control(h: Histories, people: pd.DataFrame) -> bool:
    hours = h.incidents[h.incidents["da"]].groupby("typology")["hours"].mean()
    return bool(people["da"].mean() < 2 and _highest(hours, COERCIVE_CONTROLLER))


def _homicides_bar_one(h: Histories, people: pd.DataFrame) -> bool:
    killed = h.records[h.records["da"] & (h.records["family"] == HOMICIDE)]
    return bool((killed["typology"] != CATASTROPHIC).sum() == 1)


def _second_in_e(h: Histories, people: pd.DataFrame) -> bool:
    in_e = h.people[h.groups == "E"]
    severity = in_e["da_harm"].groupby(in_e["typology"].astype(object).fillna("nobody's")).mean()
    return _highest(severity, CATASTROPHIC) and _highest(severity, COERCIVE_CONTROLLER, 2)


def _effect_of(titles: str, *families: str, among: int | None = None) -> Measure:
    """Return whether offence types of each title have significant effects above zero, or are among the strongest."""

    def measure(h: Histories) -> Measured:
        positive = (h.effects["p"] < 0.05) & (h.effects["effect"] > 0)
        found = h.effects[positive] if among is None else h.effects.head(among)
        inside = [found["title"].str.contains(title, case=False).any() for title in titles.split("|")]
        return holds(all(inside) and set(families) <= set(found["family"]), len(h.effects))

    return measure


def _first_risk(h: Histories) -> Measured:
    """Regress later DA harm on a high first grade and on the severity of the first incident."""
    da = h.incidents[h.incidents["da"] & h.incidents["risk"].notna()].sort_values("began", kind="stable")
    first = da.drop_duplicates("offender_id").set_index("offender_id")
    later = (h.people["da_harm"].reindex(first.index) - first["harm"]).to_numpy()
    predictors = np.column_stack([np.ones(len(first)), first["risk"] == 3, first["harm"]]).astype(float)
    slopes, *_ = np.linalg.lstsq(predictors, later, rcond=None)
    left = later - predictors @ slopes
    inverse = np.linalg.pinv(predictors.T @ predictors)
    robust = inverse @ (predictors.T * left**2) @ predictors @ inverse  # White 1980: harm is far from even
    return holds(slopes[1] > SURE * np.sqrt(robust[1, 1]), len(first))


def _day(h: Histories, end: str, published: str) -> bool:
    return bool(h.counts[end].normalize() == pd.Timestamp(published))


HIGH_B = (HIGH_HARM, LOWER, HIGHER, VIOLENT_OFFENDER, LAW_BREAKER, YOUNG)
RULES: dict[str, Measure] = {
    "window.from": lambda h: holds(_day(h, "first", "2011-01-01"), len(h.incidents)) if "first" in h.counts else None,
    "window.to": lambda h: holds(_day(h, "last", "2020-12-31"), len(h.incidents)) if "last" in h.counts else None,
    **{
        f"risk_grade.{name}": lambda h, grade=grade: holds((h.incidents["risk"] == grade).any(), len(h.incidents))
        for grade, name in enumerate(("standard", "medium", "high"), start=1)
    },
    "repeat_offender": _repeat,
    "serial_offender": _serial,
    "incident": _several_offences,
    **{f"group.{group}": lambda h, group=group: holds(group in h.groups, len(h.people)) for group in "ABC"},
    "group.D": _none_in_d,
    "group.A.serial_abuser": _in_group(SERIAL, "A", 1 / 3),
    "group.C.serial_abuser": _in_group(SERIAL, "C", 1 / 3),
    **{f"group.A.{name}": _in_group(name, "A", 1 / 2) for name in (SPECIALIST, VICTIM)},
    **{f"group.B.{name}": _in_group(name, "B", 1 / 2) for name in HIGH_B},
    **{f"group.E.{name}": _in_group(name, "E", 1 / 2) for name in (COERCIVE_CONTROLLER, CATASTROPHIC)},
    f"{SERIAL}.definition": _rule(SERIAL, _children),
    f"{SERIAL}.duration": _rule(SERIAL, _long_incidents),
    f"{SERIAL}.in_retrospect": _rule(SERIAL, _in_retrospect),
    f"{VICTIM}.definition": _rule(
        VICTIM, lambda h, _: _highest(h.people.groupby("typology")["da_victimisations"].mean(), VICTIM)
    ),
    f"{SPECIALIST}.definition": _rule(
        SPECIALIST, lambda h, p: p["da"].mean() > h.people["da"].mean() and (p["non_da"] == 0).mean() > 0.5
    ),
    f"{SPECIALIST}.non_crime": _rule(
        SPECIALIST, lambda h, _: h.records_of(SPECIALIST, da=True)["family"].value_counts().index[0] == "non_crime"
    ),
    f"{LAW_BREAKER}.definition": _rule(LAW_BREAKER, _many_kinds),
    f"{YOUNG}.definition": _rule(YOUNG, _prolific),
    f"{YOUNG}.youngest": _rule(
        YOUNG, lambda h, _: _highest(-h.people.groupby("typology")["age_first_da"].mean(), YOUNG)
    ),
    f"{YOUNG}.more_non_da": _rule(YOUNG, _sure_of_more_non_da),
    f"{YOUNG}.non_da_more_severe": _rule(YOUNG, _non_da_more_severe),
    f"{VIOLENT_OFFENDER}.definition": _rule(VIOLENT_OFFENDER, _violent),
    f"{VIOLENT_OFFENDER}.second": _rule(
        VIOLENT_OFFENDER, lambda h, _: _highest(h.people.groupby("typology")["da"].mean(), VIOLENT_OFFENDER, 2)
    ),
    f"{LOWER}.definition": _rule(LOWER, _acquisitive(LOWER)),
    f"{HIGHER}.definition": _rule(HIGHER, _higher_harm),
    f"{HIGH_HARM}.definition": _rule(HIGH_HARM, _most_harm),
    f"{CATASTROPHIC}.definition": _rule(CATASTROPHIC, _sudden),
    f"{CATASTROPHIC}.homicides_bar_one": _rule(CATASTROPHIC, _homicides_bar_one),
    f"{COERCIVE_CONTROLLER}.definition": _rule(COERCIVE_CONTROLLER, _long_control),
    f"{COERCIVE_CONTROLLER}.most_common": _rule(
        COERCIVE_CONTROLLER,
        lambda h, _: _commonest(h.records_of(COERCIVE_CONTROLLER, da=True)) == COERCIVE,
    ),
    f"{COERCIVE_CONTROLLER}.severity": _rule(COERCIVE_CONTROLLER, _second_in_e),
    "regression.all_positive": lambda h: holds(
        (h.effects.loc[h.effects["p"] < 0.05, "effect"] > 0).all(), len(h.effects)
    ),
    "regression.strongest_1": _effect_of("breach of a stalking", among=STRONGEST),
    "regression.strongest_2": _effect_of("extreme porn", among=STRONGEST),
    "regression.strongest_3": _effect_of("endangering the life of a child", among=STRONGEST),
    "regression.strongest_4": _effect_of("shotgun", among=STRONGEST),
    "regression.strongest_5": _effect_of("rape of a female aged 16", among=STRONGEST),
    "regression.sexual": _effect_of("rape", "sexual"),
    "regression.acquisitive": _effect_of("burglary|robbery|making off|theft of a motor vehicle", ACQUISITIVE),
    "regression.violent": _effect_of("wounding|aggravated|threats to kill|threat with", "violence"),
    "regression.intractability": _effect_of(
        "non-molestation|restraining|bail|recall|constable|intimidat", "breach", "criminal_damage", "motoring"
    ),
    "regression.first_risk": _first_risk,
}
