"""Puts the results of the simulation into docs/method.md: python -m studies.course.page."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from studies.harm.page import percent, table

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[2] / "docs" / "method.md"


def planted() -> str:
    """Forces in which each effect is found, and intervals that hold the truth."""
    found = pd.read_csv(RESULTS / "planted.csv")
    found = found[found["forces"] == found["forces"].max()]
    return table(
        ["effect", "world", "estimate", "forces", "found (p below 0.05)", "as planted", "95% interval holds the truth"],
        [[r.effect, r.world, f"`{r.estimate}`", str(r.forces), _of(r.found, r.forces), _of(r.found_positive, r.forces),
          percent(r.coverage)] for r in found.sort_values(["effect", "world"], kind="stable").itertuples()],
    )  # fmt: skip


def _of(number: float, forces: int) -> str:
    return percent(number / forces)


def filled(text: str) -> str:
    """Return the page with the table of the results between its marks."""
    return re.sub(
        r"<!-- planted -->\n.*?<!-- end -->",
        lambda _: f"<!-- planted -->\n{planted()}<!-- end -->",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
