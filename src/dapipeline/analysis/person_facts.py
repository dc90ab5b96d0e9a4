"""What the shareable edition counts of each offender: who they are, and how much of what is recorded of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.people import NOT_KNOWN, age_bands
from dapipeline.incidents.tables import IncidentTables
from dapipeline.reference.codes import GROUPS, RISK_RANKS

TOPS = ((0.01, "top 1%"), (0.05, "next 4%"), (0.10, "next 5%"), (0.25, "next 15%"))
OTHERS, NONE = "all others with DA severity", "no DA severity"
OTHER_BANDS = {"none": 0, "1 to 2": 2, "3 to 9": 9, "10 to 29": 29, "30 or more": np.inf}
QUINTILES = {"1 to 2 (most deprived)": 2, "3 to 4": 4, "5 to 6": 6, "7 to 8": 8, "9 to 10 (least deprived)": 10}
MEASURES = ("da_incidents", "non_da_incidents", "da_severity_total", "non_da_severity_total")


def person_facts(
    assignments: pd.DataFrame, features: pd.DataFrame, people: pd.DataFrame, overlap: pd.DataFrame, risk: pd.DataFrame
) -> pd.DataFrame:
    """Describe every clustered offender by what the shareable edition counts and adds up.

    Parameters
    ----------
    assignments : pandas.DataFrame
        offender_id, typology, group.
    features : pandas.DataFrame
        offender_id and the features.
    people : pandas.DataFrame
        offender_id and the protected characteristics that the extract has.
    overlap : pandas.DataFrame
        offender_id, and da_victim where the extract names victims.
    risk : pandas.DataFrame
        From `highest_risk`.

    Returns
    -------
    pandas.DataFrame
        One row per offender, sorted by id, without the id: typology; a categorical column for each of `FACTS` that the
        extract allows; and those of `MEASURES` that were computed, numbers.
    """
    of = assignments[["offender_id", "typology", "group"]].sort_values("offender_id", ignore_index=True)
    for table in (people, features, overlap.filter(["offender_id", "da_victim"]), risk):
        new = [name for name in table.columns if name == "offender_id" or name not in of]
        of = of.merge(table[new], on="offender_id", how="left", validate="one_to_one")
    facts = {"typology": of["typology"].astype(str)}
    facts |= {name: made(of) for name, (needs, made) in FACTS.items() if set(needs) <= set(of.columns)}
    facts |= {name: of[name].astype(float) for name in MEASURES if name in of and of[name].notna().any()}
    return pd.DataFrame(facts)


def highest_risk(tables: IncidentTables) -> pd.DataFrame:
    """Find the gravest risk grade of a DA incident of everybody.

    Parameters
    ----------
    tables : IncidentTables

    Returns
    -------
    pandas.DataFrame
        One row per suspect of DA: offender_id, highest_risk (its rank; missing where none was graded).
    """
    da = tables.incidents.filter(tables.incidents.is_da)
    found = da.group_by("offender_id").aggregate(highest_risk=da.risk.max().cast("float64"))
    return found.order_by("offender_id").to_pandas()


def _named(values: pd.Series, order: tuple[str, ...]) -> pd.Series:
    return pd.Series(pd.Categorical(values, categories=[name for name in order if (values == name).any()]))


def _as_recorded(name: str) -> Callable[[pd.DataFrame], pd.Series]:
    def made(of: pd.DataFrame) -> pd.Series:
        values = of[name].astype("object").where(of[name].notna(), NOT_KNOWN).astype(str)
        return _named(values, (*sorted(set(values) - {NOT_KNOWN}), NOT_KNOWN))

    return made


def _banded(name: str, bands: Mapping[str, float]) -> Callable[[pd.DataFrame], pd.Series]:
    def made(of: pd.DataFrame) -> pd.Series:
        values, edges = of[name].to_numpy(dtype=float), list(bands.values())
        at = np.searchsorted(edges, np.nan_to_num(values, nan=edges[0]))
        words = np.where(np.isnan(values), NOT_KNOWN, np.array(list(bands), dtype=object)[at])
        return _named(pd.Series(words), (*bands, NOT_KNOWN))

    return made


def _group(of: pd.DataFrame) -> pd.Series:
    words = of["group"].map({letter: f"{letter}: {group.title}" for letter, group in GROUPS.items()})
    return _named(words, tuple(f"{letter}: {group.title}" for letter, group in GROUPS.items()))


def _sex(of: pd.DataFrame) -> pd.Series:
    words = of["offender_sex"].map({"F": "female", "M": "male"}).fillna(NOT_KNOWN)
    return _named(words, ("female", "male", NOT_KNOWN))


def _age(of: pd.DataFrame) -> pd.Series:
    words = age_bands(of["age_first_da"])
    return _named(words, (*sorted(set(words) - {NOT_KNOWN}), NOT_KNOWN))


def _risk(of: pd.DataFrame) -> pd.Series:
    names = {float(rank): grade for grade, rank in RISK_RANKS.items()}
    words = of["highest_risk"].map(names).fillna("not graded")
    return _named(words, (*(names[rank] for rank in sorted(names, reverse=True)), "not graded"))


def _several(of: pd.DataFrame) -> pd.Series:
    numbers = of["da_victims"].to_numpy(dtype=float)
    words = np.select([numbers >= 2, numbers == 1], ["several victims", "one victim"], "no victim named")
    return _named(pd.Series(words), ("one victim", "several victims", "no victim named"))


def _victim(of: pd.DataFrame) -> pd.Series:
    words = of["da_victim"].fillna(value=False).astype(bool).map({True: "yes", False: "no"})
    return _named(words, ("yes", "no"))


def _harm(of: pd.DataFrame) -> pd.Series:
    """Return the band of DA severity; people of the same severity are never told apart."""
    values = of["da_severity_total"].fillna(0).to_numpy(dtype=float)
    above = pd.Series(values).rank(method="max", ascending=False).to_numpy() / max(len(values), 1)
    tops = [name for _, name in TOPS]
    words = np.select([values <= 0, *(above <= top for top, _ in TOPS)], [NONE, *tops], OTHERS)
    return _named(pd.Series(words), (*tops, OTHERS, NONE))


# None follows from others, or the number withheld of one could be worked out from another.
FACTS: dict[str, tuple[tuple[str, ...], Callable[[pd.DataFrame], pd.Series]]] = {
    "group": (("group",), _group),
    "sex": (("offender_sex",), _sex),
    "age_band": (("age_first_da",), _age),
    "ethnicity": (("offender_ethnicity",), _as_recorded("offender_ethnicity")),
    "deprivation": (("imd_decile_mean",), _banded("imd_decile_mean", QUINTILES)),
    "other_incidents_band": (("non_da_incidents",), _banded("non_da_incidents", OTHER_BANDS)),
    "victims": (("da_victims",), _several),
    "da_victim": (("da_victim",), _victim),
    "highest_risk": (("highest_risk",), _risk),
    "harm_band": (("da_severity_total",), _harm),
}
