"""Which other offences go with DA harm, by five models."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.harm.offence_types import kind_of
from dapipeline.analysis.harm.regression import MODELS, PUBLISHED, SIGNIFICANT
from dapipeline.analysis.harm.study_families import STUDY_FAMILIES
from dapipeline.reference.tables import families
from dapipeline.report.contents import Contents, HarmTables
from dapipeline.report.disclosure import enough_on_both_sides
from dapipeline.report.harm.forest import forest, short
from dapipeline.report.part import Part, part, undominated
from dapipeline.report.table import Cell, Number, Table, table
from dapipeline.report.words import between, count, listed, number, plain, probability, several, share

MAIN = "joint_adjusted"  # the model of the findings and of the figure
TITLES = {
    "univariate": "Alone", "joint": "With all other types", "joint_adjusted": "And with number and years",
    "joint_log": "Logarithm", "tweedie": "Tweedie",
}  # fmt: skip
STRONGEST = 15
NAMED = 5  # offences that a finding names


FIGURE = (
    "Differences in DA severity between people with and without an offence outside DA, who are alike in their other "
    "offences, number of incidents and years on record; in brackets, how many people have it. A filled mark is a clear "
    "difference, an open one may be chance. No line: too few people to say how uncertain the figure is."
)
LIMITS = (
    "Everybody here is suspected of DA, so it compares suspects with suspects and says nothing of people without DA. "
    "It is association and not cause: the record is taken whole, and an offence may have come after the abuse. It "
    "predicts nothing about anybody.",
)


def other_offences(contents: Contents, harm: HarmTables, limit: int) -> Part:
    """Lay out which other offences go with DA harm.

    Parameters
    ----------
    contents : Contents
    harm : HarmTables
    limit : int

    Returns
    -------
    Part
    """
    shown = printable_regression(contents, harm, limit)
    main = shown[(shown["model"] == MAIN) & shown["p"].notna()]
    drawn = main.head(STRONGEST)
    drawn = drawn.assign(label=[f"{short(str(r.offence))} ({count(r.offenders)})" for r in drawn.itertuples()])
    axis = "difference in total DA severity points"
    spoken = "Differences in DA severity by other offences"
    unit = ""
    if contents.common_assault is not None:
        weight = number(contents.common_assault)
        unit = (
            f"A common assault weighs {weight} {'point' if weight == '1' else 'points'} on this run's scale. The study "
            "found rape, assault or kidnapping to go with as much harm as four common assaults on another, so do not "
            "compare."
        )
    return part(
        "Which other offences go with it",
        _findings(harm, main),
        [("regression", forest(drawn, "label", "regression", axis, spoken), FIGURE)],
        [("The strongest associations", _strongest(shown)), ("What each model finds", _models(harm.harm_models))],
        [_not_asked(harm, main), unit, *LIMITS],
    )


def printable_regression(contents: Contents, harm: HarmTables, limit: int) -> pd.DataFrame:
    """Return the offences that enough people have, and enough have not, and whose harm is not that of one or two.

    Parameters
    ----------
    contents : Contents
    harm : HarmTables
    limit : int

    Returns
    -------
    pandas.DataFrame
        Rows of harm_regression.
    """
    found = harm.harm_regression
    enough = enough_on_both_sides(found["offenders"], len(harm.harm_people), limit)
    kept = enough & undominated(contents.harm_holders, "harm_regression", kind_of(found))
    return found[kept].reset_index(drop=True)


def _findings(harm: HarmTables, main: pd.DataFrame) -> list[str]:
    if not harm.harm_models["tested"].any():
        return ["No kind of offence outside DA is recorded of enough people to be asked about."]
    models = harm.harm_models.set_index("model")
    line, alone = models.loc[MAIN], models.loc["univariate"]
    q = main[main["q"] < SIGNIFICANT]
    up = q[q["effect"] > 0]
    first = f": first of all {listed(str(o).lower() for o in up['offence'].head(NAMED))}" if len(up) else ""
    same = harm.harm_found_by_all
    every = listed(STUDY_FAMILIES[f].lower() for f in STUDY_FAMILIES if (same["study_family"] == f).any())
    able = models[models["tested"] > 0]
    firm = f"No kind of offence is found by all of the {len(able)} models that can tell: nothing here is firm."
    if len(same):
        firm = (
            f"{several(len(same), 'kind')} of offence {'is' if len(same) == 1 else 'are'} found by every model "
            f"that can tell{f', of the study’s families {every}' if every else ''}: nothing here is firmer."
        )
    return [
        f"Among people alike in their other offences, their number of incidents and their years on record, "
        f"{count(line['positive']) if line['positive'] else 'none'} of {several(int(line['tested']), 'kind')} of "
        f"offence outside DA {'goes' if line['positive'] < 2 else 'go'} with more DA harm{first}"
        f"{'' if len(same) or not line['positive'] else '; none is found by every model, so nothing here is firm'}.",
        f"By the study's looser test (p below 0.05), {several(int(line['p_below']), 'kind')} would count, "
        f"{share(line['p_below_share'])}; chance alone would give about {count(round(line['by_chance']))}. "
        f"Where each kind is looked at alone, {share(alone['p_below_share'])} would; the study found "
        f"{share(PUBLISHED['share_p'])} of {PUBLISHED['types']}.",
        firm,
    ]  # fmt: skip


def _not_asked(harm: HarmTables, main: pd.DataFrame) -> str:
    lines = harm.harm_regression[harm.harm_regression["model"] == MAIN]
    few, unprinted = int(lines["p"].isna().sum()), int(lines["p"].notna().sum()) - len(main)
    said = ""
    if few:
        said = (
            f"{several(few, 'kind')} of {len(lines)} could not be tested: of too few people, or not to be told apart "
            "from others (tables/harm_regression.csv says which)."
        )
    if unprinted:
        said += f" {several(unprinted, 'more is', 'more are')} not shown: of too few people, or mostly of one or two."
    return said.strip()


def _strongest(shown: pd.DataFrame) -> Table | None:
    """Lay out the effects of all models side by side, in the order of the main one."""
    known = shown[(shown["model"] == MAIN) & shown["effect"].notna()]
    main, number_of = known.head(2 * STRONGEST), len(known)
    if main.empty:
        return None
    title = families().set_index("family")["title"]
    place = kind_of(shown)
    rows: list[list[Cell]] = []
    in_assaults = main["common_assaults"].notna().any()
    told = [model for model in MODELS if shown.loc[shown["model"] == model, "q"].notna().any()]
    for line in main.itertuples():
        by_model = shown[place == place[line.Index]].set_index("model")
        cells: list[Cell] = [
            str(line.offence), str(title.get(line.family, plain(str(line.family)))), Number(line.offenders, count),
            between(line.effect, line.low, line.high), *([Number(line.common_assaults, number)] if in_assaults else []),
        ]  # fmt: skip
        rows.append([*cells, *(probability(by_model["q"].get(model, float("nan"))) for model in told)])
    heads = ["Offence outside DA", "Family", "People", "Difference, 95% interval"]
    heads += ["In common assaults"] if in_assaults else []
    heads += [f"q, {TITLES[model].lower()}" for model in told]
    note = (
        "q is a test of chance that allows for asking many questions: below 0.05 counts as clear. A dash: the model "
        f"cannot say. These are {len(rows)} of {several(number_of, 'kind')} with a figure; the difference is that of "
        f"“{TITLES[MAIN].lower()}”."
    )
    return table("Differences by every model", heads, rows, range(2, len(heads)), note)


def _models(models: pd.DataFrame) -> Table:
    rows = [
        [
            TITLES[row.model], row.meaning, Number(row.types, count), Number(row.tested, count),
            f"{row.p_below} ({share(row.p_below_share)})", Number(row.by_chance, number), Number(row.q_below, count),
        ]
        for row in models.itertuples()
    ]  # fmt: skip
    heads = ["Model", "What it is", "Kinds", "With a p", "p below 0.05", "By chance", "q below 0.05"]
    return table("What each model finds", heads, rows, range(2, len(heads)))
