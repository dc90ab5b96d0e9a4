"""One force large enough for its rates, made once."""

import pytest

from dapipeline.synthetic import make_force
from dapipeline.synthetic.offences import RECORDED

KIND = {title: kind for kind, _, title, _ in RECORDED}


@pytest.fixture(scope="session")
def west_midlands():
    return make_force(20_000, 31, "west_midlands")


@pytest.fixture(scope="session")
def rows(west_midlands):
    """Its rows in the window, with the suspect's archetype, typology and age, the kind, and da: DA by definition."""
    planted = west_midlands.planted.set_index("offender_id")
    kept = west_midlands.incidents[west_midlands.incidents["reported_at"] >= "2011-01-01"]
    moment, born = kept["occurred_from"].dt, kept["offender_dob"].dt
    years = moment.year - born.year - ((moment.month * 100 + moment.day) < (born.month * 100 + born.day))
    return kept.assign(
        archetype=kept["offender_id"].map(planted["archetype"]),
        typology=kept["offender_id"].map(planted["typology"]),
        age=years,
        da=kept["da_flag"].astype(bool) & ~(years < 16),
        kind=kept["offence"].map(KIND),
    )


@pytest.fixture(scope="session")
def incidents(rows):
    """One row a suspect of the cohort and incident, with its first offence."""
    named = rows.dropna(subset="archetype").sort_values(["offender_id", "incident_id", "offence_id"])
    return named.drop_duplicates(["offender_id", "incident_id"])
