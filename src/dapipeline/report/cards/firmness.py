"""How firm a typology is, in words: whether it came out again, and kept its people, when some were left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dapipeline.clustering.stability import DIGITS, STABLE, UNSTABLE
from dapipeline.report.contents import Contents
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.stability import FEW, members_in_draw, when

HELD, LOST = 0.75, 0.5  # shares of people who keep the name: from here most do, below this hardly any typology is left
CAME_IN = 1 / 3  # of those who have the name in a draw, the share without it in the run from which it is told
OPEN = "Treat who is in it as open."
FIRM, FAIRLY, LOOSE, NOT_FIRM = "Firm", "Fairly firm", "Loose", "Not firm"
VERDICTS = (NOT_FIRM, LOOSE, FAIRLY, FIRM)  # in their order


@dataclass(frozen=True)
class Firmness:
    """How firm a typology is.

    Attributes
    ----------
    verdict : str
        Firm, Fairly firm, Loose or Not firm.
    words : str
        Why, in a sentence that follows the verdict.
    """

    verdict: str
    words: str

    @property
    def style(self) -> str:
        """The verdict as a name in the style sheet."""
        return self.verdict.lower().replace(" ", "-")

    def __str__(self) -> str:
        """Write both."""
        return f"{self.verdict}: {self.words}"


def how_firm(verdicts: Sequence[str]) -> str:
    """Write how many typologies are firm.

    Parameters
    ----------
    verdicts : sequence of str
        One per typology.

    Returns
    -------
    str
        A sentence; empty where there is no typology.
    """
    if not verdicts:
        return ""
    firm, alike = verdicts.count(FIRM), "much the same when part of the people were left out"
    if firm == len(verdicts):
        return f"{'The typology' if firm == 1 else f'All {firm} typologies'} came out {alike}."
    some, rest = (f"{firm} of the {len(verdicts)} typologies", "the others") if firm else ("No typology", "them")
    return f"{some} came out {alike} (“Firm” below): who is in {rest} is open, so do not plan on them alone."


def firmness(contents: Contents, typology: ReportedTypology) -> Firmness:
    """Judge how firm a typology is by its clusters' stability and by how many of its people keep its name.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology

    Returns
    -------
    Firmness
    """
    known = typology.clusters.dropna(subset="stability")
    left = when(contents.model["stability_offenders_in_each"], contents.model["offenders"])
    left = left.replace("are left out", "were left out").replace("are looked at", "were looked at")
    if known.empty:
        return Firmness(NOT_FIRM, "too few people to see whether it comes out again. Do not plan on it.")
    stability = round(float((known["stability"] * known["size"]).sum() / known["size"].sum()), DIGITS)
    kept, came_in = _names(contents, typology)
    rough = ""
    if members_in_draw(known["size"].sum(), contents.model) < FEW:
        rough = " With so few people this is a rough answer."
    if pd.isna(kept):
        return _of_clusters(stability, left, rough)
    verdict, words = _of_names(stability, kept, left)
    if came_in >= CAME_IN and kept >= LOST:
        entered = f"{_in_ten(came_in)} of those who had it then do not have it here"
        words = f"{_in_ten(kept)} of its people got the same name {left}, but others got it too: {entered}. {OPEN}"
        verdict = LOOSE
    return Firmness(verdict, words + rough)


def _of_clusters(stability: float, left: str, rough: str) -> Firmness:
    if stability >= STABLE:
        return Firmness(FIRM, f"it came out much the same {left}.{rough}")
    if stability >= UNSTABLE:
        return Firmness(LOOSE, f"it came out in part {left}. Treat who is in it as open.{rough}")
    return Firmness(NOT_FIRM, f"it did not come out again {left}. Do not plan on it.{rough}")


def _of_names(stability: float, kept: float, left: str) -> tuple[str, str]:
    if kept >= HELD and stability >= STABLE:
        return FIRM, f"it came out much the same {left}; {_in_ten(kept)} of its people kept the name."
    if kept >= HELD:
        return FAIRLY, (
            f"{_in_ten(kept)} of its people got the same name {left}, although the clusters behind it were cut "
            "otherwise."
        )
    if kept >= LOST:
        return LOOSE, (
            f"{_in_ten(kept)} of its people got the same name {left}, the others another one or none. Treat who is in "
            "it as open."
        )
    return NOT_FIRM, (
        f"it did not come out again {left}: {_in_ten(kept)} of its people got the same name. Do not plan on it."
    )


def _in_ten(part: float) -> str:
    """Write a share as people count: 8 in 10, half, nearly all, all."""
    if part >= 1:
        return "all"
    tenths = round(10 * part)
    return {0: "hardly any", 5: "half", 10: "nearly all"}.get(tenths, f"{tenths} in 10")


def _names(contents: Contents, typology: ReportedTypology) -> tuple[float, float]:
    """Return the share of its people that keep the name in a draw, and of those with it there that lack it here."""
    found = contents.name_stability
    if found is None or not typology.named or typology.by_analyst:
        return float("nan"), float("nan")
    rows = found[found["typology"] == typology.key]
    if rows.empty:
        return float("nan"), float("nan")
    return float(rows["kept"].iloc[0]), float(rows["new_entrants"].iloc[0])
