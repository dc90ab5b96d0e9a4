"""Children who abuse a parent, and partner abuse later in the records."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import ALL, DAY, NOT_KNOWN
from dapipeline.analysis.harm.people import YEAR
from dapipeline.analysis.harm.significance import wilson
from dapipeline.incidents.measures import ADULT
from dapipeline.incidents.tables import IncidentTables

BANDS = ((10, 13, "10 to 13"), (14, 15, "14 to 15"), (16, 17, "16 to 17"))
COLUMNS = ["dimension", "value", "people", "followed", "later", "share", "low", "high"]


def child_to_parent(tables: IncidentTables, end: datetime) -> pd.DataFrame:
    """Count suspects under 18 with a parent as the victim, and those with partner abuse later.

    Parameters
    ----------
    tables : IncidentTables
    end : datetime
        Where the records end.

    Returns
    -------
    pandas.DataFrame
        One row for all and one per age at the first such incident: dimension (all, age), value, people (named as
        suspect, whether the incident is DA, below its age or neither), followed (until they were 18, by their age in
        whole years, which makes it up to a year longer), later (of those, with a later DA incident against a partner or
        former one), share, low, high (Wilson).
    """
    victims = tables.victims
    asked = victims.filter((victims.relationship == "parent") & (victims.offender_age < ADULT))
    began = asked.group_by("offender_id").aggregate(began=asked.occurred_from.min())
    at_first = asked.inner_join(began, "offender_id").filter(lambda t: t.occurred_from == t.began)
    first = at_first.group_by(["offender_id", "began"]).aggregate(age=at_first.offender_age.min())
    incidents = tables.incidents
    partner = incidents.filter(incidents.is_da & (incidents.intimacy == "intimate").fill_null(False))
    last = partner.group_by("offender_id").aggregate(partner_at=partner.occurred_from.max())
    people = first.left_join(last, "offender_id").select("offender_id", "began", "age", "partner_at")
    people = people.order_by("offender_id").to_pandas()
    followed = people["age"] + (pd.Timestamp(end) - people["began"]).dt.total_seconds() / DAY / YEAR >= ADULT
    later = followed & (people["partner_at"] > people["began"])
    band = np.select([np.floor(people["age"]).between(low, high) for low, high, _ in BANDS], [n for *_, n in BANDS],
                     NOT_KNOWN)  # fmt: skip
    told = pd.DataFrame({"value": band, "people": 1, "followed": followed, "later": later})
    names = ["people", "followed", "later"]
    by_age = told.groupby("value")[names].sum().reset_index().assign(dimension="age")
    everybody = pd.DataFrame([told[names].sum()]).assign(value=ALL, dimension=ALL)
    table = pd.concat([everybody, by_age], ignore_index=True) if len(told) else everybody
    numbers = {name: table[name].to_numpy(dtype="int64") for name in ("people", "followed", "later")}
    low, high = wilson(numbers["later"], numbers["followed"])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = numbers["later"] / numbers["followed"]
    return table.assign(**numbers, share=share, low=low, high=high)[COLUMNS]
