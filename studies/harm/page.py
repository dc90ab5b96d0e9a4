"""Puts the results of the simulations into docs/harm.md: python -m studies.harm.page."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[2] / "docs" / "harm.md"


def percent(value: float) -> str:
    """Write a share with one decimal."""
    return "–" if pd.isna(value) else f"{100 * value:.1f}%"


def table(header: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    return "\n".join("| " + " | ".join(line) + " |" for line in [header, ["---"] * len(header), *rows]) + "\n"


def rarity(lower: int) -> str:
    """Write a band of people by its lower bound."""
    upper = {10: 19, 20: 49, 50: 99, 100: 199, 200: 499, 500: 999}.get(lower)
    return f"{lower:,} or more" if upper is None else f"{lower} to {upper}"


def coverage() -> str:
    """Coverage and rejections by model and rarity."""
    found = pd.read_csv(RESULTS / "coverage.csv")
    return table(
        ["model", "people with the type", "estimates", "normal interval holds", "ours holds", "normal p below 0.05",
         "ours below 0.05"],
        [[f"`{r.model}`", rarity(r.rarity), f"{r.estimates:,}", percent(r.normal_coverage), percent(r.coverage),
          percent(r.normal_rejected), percent(r.rejected)] for r in found.itertuples()],
    )  # fmt: skip


def false_discovery() -> str:
    """Forces in which a model finds anything where there is nothing."""
    found = pd.read_csv(RESULTS / "false_discovery.csv")
    return table(
        ["harm rises", "model", "tests", "forces with any found", "95% interval", "of the tests"],
        [[r.harm, f"`{r.model}`", f"{r.tests:,}", percent(r.share_of_forces), f"{percent(r.low)} to {percent(r.high)}",
          percent(r.found_of_tests)] for r in found.itertuples()],
    )  # fmt: skip


def order() -> str:
    """Forces in which earlier violence goes with later harm."""
    found = pd.read_csv(RESULTS / "order.csv")
    return table(
        ["truth", "question", "whom", "model", "forces", "more harm found", "any difference found"],
        [[r.world, f"`{r.design}`", r.whom.replace("_", " "), r.model,
          str(r.forces), str(r.positive), str(r.significant)] for r in found.itertuples()],
    )  # fmt: skip


def filled(text: str) -> str:
    """Return the page with the tables of the results between their marks."""
    for name, made in (("coverage", coverage()), ("false_discovery", false_discovery()), ("order", order())):
        text = re.sub(
            rf"<!-- {name} -->\n.*?<!-- end -->",
            lambda _, name=name, made=made: f"<!-- {name} -->\n{made}<!-- end -->",
            text,
            flags=re.DOTALL,
        )
    return text


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
