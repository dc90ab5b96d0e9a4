"""What came first: other offences before DA, and the DA harm that came later."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.harm.order import DESIGNS, INTO_IT, LAST, LOOK_BACK, WHOM, order_key
from dapipeline.analysis.harm.study_families import STUDY_FAMILIES
from dapipeline.report.contents import Contents, HarmTables
from dapipeline.report.disclosure import enough_on_both_sides
from dapipeline.report.harm.forest import forest
from dapipeline.report.part import Part, part, unanswered, undominated
from dapipeline.report.table import Number, Table, table
from dapipeline.report.words import between, count, listed, number, probability

QUESTIONS = {
    "before_first_da": f"Within {LOOK_BACK} years before the first DA incident",
    "out_of_time": f"Until {LAST} years before the end, and the harm of these {LAST} years",
}


SHORT = {"before_first_da": "harm from the first DA on", "out_of_time": f"harm in the last {LAST} years"}
SAID = {
    "before_first_da": (f"In the {LOOK_BACK} years before the first DA incident,", "from that incident on"),
    "out_of_time": (f"Before the last {LAST} years of the records,", "in those years"),
}
MODELS = {"apart": "each family alone", "together": "allowing for the others"}
FIGURE = (
    "Later DA harm of people with an earlier offence of a family, less that of people without, who are alike in the "
    "other families and in the years covered. A filled mark is a clear difference. No line: too few people to say how "
    "uncertain the figure is."
)
LIMITS = (
    "An offence of which nothing was recorded, because it lies before the records begin or was never reported, counts "
    f"as none. “First” is the first in the records: of people whose first DA incident is at least {INTO_IT} years into "
    "them the same is asked again, in the tables.",
    "Whoever is in contact with the police more often has more of both, so what came first need not have led to what "
    "came later. Of the two comparisons, that of the years before the first DA incident is the more reliable; the "
    "other also finds people whose abuse came first.",
)


def what_came_first(contents: Contents, harm: HarmTables, limit: int) -> Part:
    """Lay out what came before later DA harm.

    Parameters
    ----------
    contents : Contents
    harm : HarmTables
    limit : int

    Returns
    -------
    Part
    """
    shown = printable_order(contents, harm, limit)
    together = shown[shown["model"] == "together"]
    drawn = together[together["whom"] == "all"]
    drawn = drawn.assign(label=drawn["family"] + ": " + drawn["design"].map(SHORT))
    axis = "difference in later DA severity points"
    spoken = "Differences in later DA severity by families of earlier offences"
    return part(
        "What came first",
        _findings(together),
        [("harm_order", forest(drawn, "label", "harm_order", axis, spoken), FIGURE)],
        [(QUESTIONS[name], _table(shown, name)) for name in QUESTIONS if (shown["design"] == name).any()],
        [*unanswered(contents.harm_gaps, "harm_order"), *LIMITS],
    )


def printable_order(contents: Contents, harm: HarmTables, limit: int) -> pd.DataFrame:
    """Return the comparisons of enough people whose harm is not that of one or two.

    Parameters
    ----------
    contents : Contents
    harm : HarmTables
    limit : int

    Returns
    -------
    pandas.DataFrame
        Rows of harm_order with an effect, and family: the title of the study's family.
    """
    table = harm.harm_order
    enough = enough_on_both_sides(table["with"], table["with"] + table["without"], limit)
    kept = table[enough & table["effect"].notna() & undominated(contents.harm_holders, "harm_order", order_key(table))]
    return kept.assign(family=kept["study_family"].map(STUDY_FAMILIES)).reset_index(drop=True)


def _findings(together: pd.DataFrame) -> list[str]:
    said = []
    for design, words in SAID.items():
        rows = together[(together["design"] == design) & (together["whom"] == "all")]
        if rows.empty:
            continue
        sure = rows[(rows["q"] < 0.05) & (rows["effect"] > 0)].sort_values("effect", ascending=False)
        if sure.empty:
            said.append(f"{words[0]} no family of other offences clearly went with more DA harm {words[1]}.")
            continue
        late = together[(together["design"] == design) & (together["whom"] == "first_known")].set_index("family")
        clear = late.index[(late["q"] < 0.05) & (late["effect"] > 0)]
        still, gone = (
            [f for f in sure["family"] if f in late.index and (f in clear) == held] for held in (True, False)
        )
        amounts = listed(
            f"{row.family.lower()}, {number(row.effect)} points more ({count(row.has)} people)"
            for row in sure.rename(columns={"with": "has"}).itertuples()
        )
        held = f"this still holds for {listed(f.lower() for f in still)}" if still else "this no longer holds"
        held += f", but not for {listed(f.lower() for f in gone)}" if still and gone else ""
        again = f" Of people whose first DA incident is at least {INTO_IT} years into the records, {held}."
        said.append(
            f"{words[0]} these went with more DA harm {words[1]}, among people alike in the other families: {amounts}."
            f"{again if still or gone else ''}"
        )
    return said


def _table(shown: pd.DataFrame, design: str) -> Table:
    rows = [
        [
            row.family, WHOM[row.whom], MODELS[row.model], Number(row.has, count), Number(row.harm_with, number),
            Number(row.harm_without, number),
            between(row.effect, row.low, row.high), probability(row.q),
        ]
        for row in shown[shown["design"] == design].rename(columns={"with": "has"}).itertuples()
    ]  # fmt: skip
    heads = [
        "Family of the study",
        "Who is counted",
        "How",
        "People with it",
        "Mean later harm",
        "Without it",
        "Difference, 95% interval",
        "q",
    ]
    return table(f"{QUESTIONS[design]}: {DESIGNS[design]}", heads, rows, range(3, 8))
