"""Tables of what a preset declares and of what was planted in a force, for the calibration."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from dapipeline.synthetic.archetype import Mix, Rate
from dapipeline.synthetic.clock import WINDOW
from dapipeline.synthetic.histories import Histories
from dapipeline.synthetic.preset import Preset

FORCE = "force"  # in place of an archetype, for rates of the force as a whole


def declared_rates(preset: Preset) -> pd.DataFrame:
    """Return every declared number with its source.

    Parameters
    ----------
    preset : Preset

    Returns
    -------
    DataFrame
        One row per number: archetype (`FORCE` for the force as a whole), typology, rate, value, source. Offence mixes
        are named mix.kind, in percent; the size of an archetype is percent_of_cohort.
    """
    lines = [
        (FORCE, "", item.name, value.value, value.source)
        for item in dataclasses.fields(preset)
        if isinstance(value := getattr(preset, item.name), Rate)
    ]
    lines += [(FORCE, "", f"fault.{name}", rate.value, rate.source) for name, rate in preset.faults.items()]
    for archetype in preset.archetypes:
        about = (archetype.name, archetype.typology)
        if archetype.name in preset.mix:
            size = preset.mix[archetype.name]
            lines.append((*about, "percent_of_cohort", size.value, size.source))
        for item in dataclasses.fields(archetype):
            value = getattr(archetype, item.name)
            if isinstance(value, Rate):
                lines.append((*about, item.name, value.value, value.source))
            elif isinstance(value, Mix):
                lines += [(*about, f"{item.name}.{kind}", part, value.source) for kind, part in value.shares.items()]
    return pd.DataFrame(lines, columns=["archetype", "typology", "rate", "value", "source"])


def planted_people(histories: Histories, preset: Preset, ids: np.ndarray) -> pd.DataFrame:
    """Return what was planted for each offender of the cohort.

    Parameters
    ----------
    histories : Histories
    preset : Preset
    ids : ndarray of str
        Offender id of each row of the cohort.

    Returns
    -------
    DataFrame
        One row per offender, sorted by offender_id: offender_id, typology, archetype, person (offender_id of the same
        person; another only for second ids), and numbers of incidents in the window: da_incidents, non_da_incidents,
        flagged_under_16 (flagged as DA although the suspect was under 16), counter_allegations (DA incidents that
        answer one by their victim).
    """
    cohort, incidents = histories.cohort, histories.incidents
    inside = np.flatnonzero(cohort["archetype"] != preset.background)
    own = pd.DataFrame({"incident": np.arange(len(incidents)), "offender": incidents["offender"].to_numpy()})
    suspected = pd.concat([own, histories.joint])
    at = incidents.iloc[suspected["incident"]]
    suspected["within"] = (at["reported"] >= WINDOW[0]).to_numpy()
    da = at["da"].to_numpy()
    counted = {
        "da_incidents": da,
        "non_da_incidents": ~da,
        "flagged_under_16": at["flagged"].to_numpy(),
        "counter_allegations": (at["answers"] >= 0).to_numpy(),
    }
    names = np.array([archetype.name for archetype in preset.archetypes], dtype=object)
    labels = np.array([archetype.typology for archetype in preset.archetypes], dtype=object)
    kind = cohort["archetype"].to_numpy()[inside]
    table = pd.DataFrame({"offender_id": ids[inside], "typology": labels[kind], "archetype": names[kind]})
    table["person"] = table["offender_id"]
    table = table.astype("string")
    for name, which in counted.items():
        number = np.bincount(suspected["offender"][which & suspected["within"]], minlength=len(cohort))
        table[name] = number[inside]
    return table.sort_values("offender_id", ignore_index=True)
