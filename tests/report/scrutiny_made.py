"""Tables of scrutiny written out by hand: three areas, three years, every part of the section has something to say."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.report.contents import ScrutinyTables
from dapipeline.scrutiny.funnel import COLUMNS as FUNNEL
from dapipeline.scrutiny.hours import WEEKDAYS
from dapipeline.scrutiny.offence_groups import COLUMNS

AREAS, YEARS = ("North", "South & East", "West"), ("2017/18", "2018/19", "2019/20")
KEYS = ["indicator", "area", "year", "breakdown", "group"]
OUTCOMES = {"charged or summonsed": 6, "caution": 4, "no action, victim does not support": 14, "none yet": 5}


def _cells(key: str, number: int, of: int, breakdown: str = "all", group: str = "all") -> list[tuple]:
    """A cell per area and year with so many of so many, and the sums over all of either."""
    made = []
    for areas, area in [(len(AREAS), "all"), *((1, name) for name in AREAS)]:
        for years, year in [(len(YEARS), "all"), *((1, name) for name in YEARS)]:
            if breakdown != "all" and area != "all" and year != "all":
                continue
            made.append((key, area, year, breakdown, group, number * areas * years, of * areas * years))
    return made


def scrutiny_tables() -> ScrutinyTables:
    """The tables, with the people behind each cell."""
    cells = [
        *_cells("funnel_crime", 29, 60), *_cells("funnel_arrest", 18, 29), *_cells("funnel_charge", 6, 18),
        *(line for name, n in OUTCOMES.items() for line in _cells("outcome_mix", n, 29, "outcome", name)),
        *_cells("repeat_victims_incidents", 10, 40),
        *(line for key in ("victims_profile", "accused_profile") for sex, n in (("F", 20), ("M", 9))
          for line in _cells(key, n, 29, "sex", sex)),
        *(line for name, n in (("high", 8), ("standard", 52))
          for line in _cells("risk_shares", n, 60, "risk_grade", name)),
    ]  # fmt: skip
    table = pd.DataFrame(cells, columns=[*KEYS, "numerator", "denominator"])
    table = table.assign(rate=table["numerator"] / table["denominator"], low=0.1, high=0.9, note=None)
    hours = np.full((7, 24), 6)
    day, hour = (axis.ravel() for axis in np.indices(hours.shape))
    by_area = table[(table["year"] == "all") & (table["area"] != "all")]
    charged = by_area[(by_area["indicator"] == "outcome_mix") & (by_area["group"] == "charged or summonsed")]
    limits = [
        charged.assign(indicator="charge_rate", target=6 / 29, dispersion=1.4, low_998=0.05, high_998=0.5),
        by_area[by_area["indicator"] == "funnel_crime"].assign(target=0.15, dispersion=1.0, low_998=0.1, high_998=0.2),
    ]
    markers = pd.DataFrame(
        [("weapon", "A weapon <was> used", "da", "DA", 540, 400, 80),
         ("weapon", "A weapon <was> used", "da", "other", 90, 80, 2)],
        columns=["marker", "title", "dimension", "value", "incidents", "recorded", "marked"],
    )  # fmt: skip
    managed = [(0.01, 6), (0.03, 18), (0.05, 30), (1.0, 600)]
    return ScrutinyTables(
        scrutiny=table,
        scrutiny_people=table[KEYS].assign(people=(table["denominator"] * 0.8).astype(int)),
        scrutiny_gaps=pd.DataFrame(
            [("calls", "DA share of calls", "", "call_id", "no canonical column holds it", "HMIC 2014")],
            columns=["indicator", "title", "breakdown", "missing", "because", "source"],
        ),
        funnel=pd.concat(limits, ignore_index=True).assign(z=0.0, low_95=0.1, high_95=0.4)[FUNNEL],
        hour_by_weekday=pd.DataFrame({
            "kind": "DA", "weekday": np.array(WEEKDAYS, dtype=object)[day], "hour": hour, "incidents": hours.ravel(),
            "of": hours.sum(), "share": hours.ravel() / hours.sum(),
        }),
        offence_groups=pd.DataFrame(
            [("weapon", "A weapon was used", "incidents", 30, 90, 40, 300, 3.25, 1.9, 5.6, 0.0001, 0.0002,
              86, 241, 112, 146)],
            columns=COLUMNS,
        ),
        flag_audit=pd.DataFrame([
            ("all", year, finding, number, 100, number / 100, 0.0, 1.0)
            for year in YEARS for finding, number in (("agree", 90), ("tie without flag", 6), ("flag without tie", 4))
        ], columns=["area", "year", "finding", "incidents", "audited", "share", "low", "high"]),
        markers=markers.assign(
            share=markers["marked"] / markers["recorded"], low=0.0, high=1.0, missing=0.2, published_sexual=86 / 241,
            published_serious=112 / 146,
        ),
        markers_by_typology=None,
        managed_by=pd.DataFrame([
            (top, name, round(of * share), of, share) for top, of in managed
            for name, share in (("MARAC", 0.5), ("none", 0.5))
        ], columns=["top", "managed_by", "people", "of", "share"]),
    )  # fmt: skip
