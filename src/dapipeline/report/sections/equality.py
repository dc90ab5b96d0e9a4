"""Who is in which typology, by sex, ethnicity, age and deprivation, and what stands in for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.analysis.equality import NOT_RECORDED
from dapipeline.analysis.representation import EXPECTED, OVER, TOO_FEW, UNDER
from dapipeline.analysis.stand_ins import TOGETHER
from dapipeline.report.compared import compared
from dapipeline.report.contents import Contents
from dapipeline.report.labels import label
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.table import Cell, Number, Part, Table, table
from dapipeline.report.words import count, listed, number, plain, probability, several, share

TITLE = "Equality audit"
WORDS = (OVER, UNDER, EXPECTED, TOO_FEW)
SAID = {OVER: "more than in the rest", UNDER: "fewer than in the rest"}
STRONGEST = 3  # features named of each characteristic
# From which AUC a characteristic can be told how well (0.7 and 0.8: Hosmer, Lemeshow and Sturdivant 2013, page 177).
TELLS = ((0.8, "well"), (0.7, "fairly well"), (0.6, "a little"), (0.0, "hardly at all"))


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    may, contents = material.may, material.contents
    found = compared(may)
    return {
        "tables": equality_tables(may),
        "recorded": bool(may.makeup),
        "findings": tallies(found),
        "differing": differing_table(found),
        "gaps": gaps_in_words(contents, may),
        "own": own_features(contents),
        "stand_ins": stand_ins_in_words(contents, may),
        "strengths": strengths_table(contents, may),
    }


def name_of(characteristic: str) -> str:
    """Return the name of a characteristic in words.

    Parameters
    ----------
    characteristic : str
        offender_sex, for example.

    Returns
    -------
    str
    """
    return plain(characteristic.removeprefix("offender_"))


def tallies(found: pd.DataFrame) -> list[str]:
    """Write how many comparisons found more, fewer, neither, or too few people, by characteristic.

    Parameters
    ----------
    found : pandas.DataFrame
        From `compared`.

    Returns
    -------
    list of str
        A sentence each.
    """
    said = []
    for characteristic, rows in found[found["value"] != NOT_RECORDED].groupby("characteristic", sort=True):
        counts = rows["representation"].value_counts()
        over, under, expected, few = (int(counts.get(word, 0)) for word in WORDS)
        said.append(
            f"By {name_of(str(characteristic))}: of {several(len(rows), 'comparison')} that may be printed, {over} "
            f"found over-represented, {under} under-represented, {expected} as expected, {few} too few to say."
        )
    return said


def differing_table(found: pd.DataFrame) -> Table | None:
    """Lay out where more or fewer people have a value than in the rest of the cohort.

    Parameters
    ----------
    found : pandas.DataFrame
        From `compared`.

    Returns
    -------
    Table or None
        None where nowhere.
    """
    rows = found[found["representation"].isin([OVER, UNDER])]
    if rows.empty:
        return None
    return table(
        "Where a typology or cluster differs from the rest of the cohort",
        ["Typology or cluster", "By", "Value", "Which", "People", "Share (95%)", "Share of the rest",
         "Times the rest (95%)", "q"],
        [
            (r.row, name_of(r.characteristic), r.value, SAID[r.representation], Part(int(r.offenders), int(r.of)),
             f"{share(r.low)} to {share(r.high)}", Number(r.rest_share, share),
             _times(r.rest_ratio, r.rest_ratio_low, r.rest_ratio_high), Number(r.q, probability))
            for r in rows.itertuples()
        ],
        [4, 5, 6, 7, 8],
        "Worked out from printed counts and from no others. Small counts are withheld, so fewer of those who "
        f"are under-represented are seen here. Share of the people with a value recorded; of “{NOT_RECORDED}”, of all.",
    )  # fmt: skip


def _times(ratio: float, low: float, high: float) -> str:
    if pd.isna(ratio):
        return f"at least {number(low)}"
    return f"{number(ratio)} ({number(low)} to {number(high)})"


def gaps_in_words(contents: Contents, may: Printable) -> list[str]:
    """Write of how many people each characteristic is not recorded, as far as that may be printed.

    Parameters
    ----------
    contents : Contents
    may : Printable

    Returns
    -------
    list of str
        A sentence per characteristic.
    """
    said = []
    audit = contents.equality_audit
    for characteristic, gated in may.makeup.items():
        name = name_of(characteristic).capitalize()
        lacking = audit[(audit["characteristic"] == characteristic) & (audit["value"] == NOT_RECORDED)]
        cell = gated.cells(gated.rows[-1]).get(NOT_RECORDED)
        if lacking.empty:
            said.append(f"{name}: recorded of everybody who was sorted.")
        elif isinstance(cell, Part):
            said.append(f"{name}: not recorded of {count(cell.number)} of {count(cell.of)} people who were sorted.")
        else:
            said.append(f"{name}: not recorded of some; how many is not shown.")
    return said


def own_features(contents: Contents) -> list[str]:
    """Name the clustered features that say an audited characteristic themselves.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    list of str
    """
    rows = contents.stand_ins
    return [f"“{label(feature)}”" for feature in rows.loc[rows["own"].astype(bool), "feature"]]


def stand_ins_in_words(contents: Contents, may: Printable) -> list[str]:
    """Write how far the clustered features tell each characteristic, and which go with it most.

    Parameters
    ----------
    contents : Contents
    may : Printable

    Returns
    -------
    list of str
        A sentence per characteristic.
    """
    said = []
    for characteristic, rows in _strengths(contents, may):
        together = round(float(rows.loc[rows["feature"] == TOGETHER, "strength"].iloc[0]), 2)
        well = next(words for least, words in TELLS if together >= least)
        others = rows[(rows["feature"] != TOGETHER) & ~rows["own"].astype(bool)].head(STRONGEST)
        most = listed(f"“{label(r.feature)}” ({number(r.strength)})" for r in others.itertuples())
        said.append(
            f"{name_of(characteristic).capitalize()} can be told {well} from the clustered features together (AUC "
            f"{together:.2f}). Most goes with it, by eta squared: {most}."
        )
    return said


def strengths_table(contents: Contents, may: Printable) -> Table:
    """Lay out the strength of association of every clustered feature with each characteristic.

    Parameters
    ----------
    contents : Contents
    may : Printable

    Returns
    -------
    Table
        One row per feature; no rows without a characteristic.
    """
    by = {name_of(name).capitalize(): rows.set_index("feature")["strength"] for name, rows in _strengths(contents, may)}
    features = sorted({feature for column in by.values() for feature in column.index if feature != TOGETHER}, key=label)
    return table(
        "How far each clustered feature tells a characteristic (eta squared of ranks)", ["Clustered feature", *by],
        [(label(feature), *(Number(column[feature], number) for column in by.values())) for feature in features],
        range(1, len(by) + 1),
    )  # fmt: skip


def _strengths(contents: Contents, may: Printable) -> list[tuple[str, pd.DataFrame]]:
    found = contents.stand_ins.groupby("characteristic", sort=True)
    return [(str(name), rows) for name, rows in found if name in may.makeup]


@dataclass(frozen=True)
class Makeup:
    """How many of a typology have one value of a characteristic, beside how many of the cohort."""

    value: str
    offenders: Cell
    cohort: Cell


def makeup_of(may: Printable, characteristic: str, typology: ReportedTypology) -> list[Makeup]:
    """Return what may be printed of who is in a typology.

    Parameters
    ----------
    may : Printable
    characteristic : str
        offender_sex, for example.
    typology : ReportedTypology

    Returns
    -------
    list of Makeup
        Empty where the typology has too few people to be broken down.
    """
    gated = may.makeup[characteristic]
    own, cohort = gated.cells(typology.title), gated.cells(gated.rows[-1])
    return [Makeup(value, own[value], cohort[value]) for value in own if value not in gated.scarce]


def equality_tables(may: Printable) -> list[Table]:
    """Lay out one table per characteristic: one row per typology or unnamed cluster, one column per value.

    Parameters
    ----------
    may : Printable

    Returns
    -------
    list of Table
        Without a characteristic of which nothing can be printed.
    """
    tables = [
        gated.as_table(
            f"{name_of(characteristic).capitalize()} of the people in each typology", "Typology or cluster", may.limit
        )
        for characteristic, gated in may.makeup.items()
    ]
    return [table for table in tables if table is not None]
