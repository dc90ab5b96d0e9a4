"""Tau-Argus audits the tables of the shareable edition: the withheld counts stay as open as the gate says."""

from dataclasses import replace

import numpy as np
import pandas as pd
from pytauargus import protect
from pytauargus.batch import Apriory
from pytauargus.engine import run_batch

from dapipeline.report.shareable.people import by_typology

LIMIT = 10
SHARES = {
    "sex": {"female": 0.24, "male": 0.75, "not known": 0.01},
    "ethnicity": {"White": 0.6, "Asian": 0.2, "Black": 0.1, "Mixed": 0.06, "Other": 0.04},
    "age_band": {"17 and under": 0.02, "18 to 24": 0.25, "25 to 34": 0.4, "35 to 49": 0.26, "50 and over": 0.07},
    "group": {"A": 0.08, "B": 0.12, "C": 0.07, "D": 0.09, "E": 0.64},
    "victims": {"one victim": 0.84, "several victims": 0.15, "no victim named": 0.01},
    "da_victim": {"yes": 0.18, "no": 0.82},
    "highest_risk": {"high": 0.14, "medium": 0.28, "standard": 0.54, "not graded": 0.04},
}


def people(seed: int) -> pd.DataFrame:
    """Make 3,000 people in eight typologies, each with shares of its own."""
    random = np.random.default_rng(seed)
    sizes = random.dirichlet([0.6] * 8) * 0.5
    titles = [f"Typology {letter}" for letter in "ABCDEFGH"]
    typology = random.choice([*titles, "In none"], 3000, p=[*sizes, 1 - sizes.sum()])
    facts = {"title": pd.Categorical(typology, categories=[*titles, "In none"])}
    for name, shares in SHARES.items():
        value = np.empty(len(typology), dtype=object)
        for title in [*titles, "In none"]:
            own = typology == title
            value[own] = random.choice(list(shares), own.sum(), p=random.dirichlet(20 * np.array([*shares.values()])))
        facts[name] = pd.Categorical(value, categories=[c for c in shares if (value == c).any()])
    made = pd.DataFrame(facts)
    made["title"] = made["title"].cat.remove_unused_categories()
    return made


def audited(gated, folder) -> list[dict]:
    """Give Tau-Argus the table with what is withheld, and take its audit.

    Its attacker takes the smallest cell for the least that a cell can be: a row of zeros makes that nought.
    """
    rows = [f"r{at}" for at in range(len(gated.rows) - 1)]
    columns = [f"c{at}" for at in range(len(gated.columns))]
    cells = [(rows[r], columns[c], float(n)) for (r, c), n in np.ndenumerate(gated.counts[:-1])]
    cells += [("zero", c, 0.0) for c in columns]
    micro = pd.DataFrame(cells, columns=["row", "column", "people"])
    made = protect(micro, ["row", "column"], response="people", safety_rules="", workdir=str(folder), run=False)
    batch = folder / "batch.arb"
    batch.write_text("\n".join(line for line in batch.read_text().splitlines() if "SUPPRESS" not in line) + "\n")
    engine = run_batch(made.files["arb"])
    withheld = [f"{rows[r]},{columns[c]},u" for r, c in np.argwhere(gated.withheld[:-1])]
    (folder / "withheld.hst").write_text("\n".join(withheld) + "\n")
    told = engine.apply_apriori(Apriory(file=str(folder / "withheld.hst"), tab_no=1, separator=","))
    assert told["status_ok"] == len(withheld)
    return engine.audit(0)


def test_tau_argus_finds_no_withheld_count_narrowed(tmp_path):
    tables = [table for seed in range(1, 9) for table in by_typology(people(seed), LIMIT) if table.gated.withheld.any()]
    assert len(tables) >= 5
    for at, table in enumerate(tables):
        folder = tmp_path / str(at)
        folder.mkdir()
        found = audited(table.gated, folder)
        assert len(found) == table.gated.withheld.sum()
        assert all(row["min"] <= 1 and row["max"] >= LIMIT - 1 for row in found), table.caption


def test_tau_argus_narrows_what_stands_alone(tmp_path):
    table = next(t for seed in range(1, 9) for t in by_typology(people(seed), LIMIT) if t.gated.withheld.any())
    withheld = np.zeros_like(table.gated.withheld)
    withheld[tuple(np.argwhere(table.gated.withheld)[0])] = True  # the others are printed: it follows from its row
    (row,) = audited(replace(table.gated, withheld=withheld), tmp_path)
    assert row["min"] == row["max"] == row["value"]
