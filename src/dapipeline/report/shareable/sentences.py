"""What the shareable edition says in sentences, out of what it prints."""

from __future__ import annotations

import pandas as pd

from dapipeline.report.breakdown import ALL
from dapipeline.report.cards.firmness import how_firm
from dapipeline.report.harm.shares import UNNAMED_TITLE
from dapipeline.report.shareable.means import HARM_EACH, PEOPLE, SHARE_OF_HARM, SHARE_OF_PEOPLE
from dapipeline.report.shareable.release import Release
from dapipeline.report.shareable.rounded import figures
from dapipeline.report.table import Part
from dapipeline.report.words import count, listed, several, share, tenths, yardstick

HEADLINE = "the 5% with most"
# Fact of the suspects to the category that is told of, and the words for its share.
TOLD = {
    "sex": ("male", "{} are recorded as male"),
    "victims": ("one victim", "{} have one recorded victim of DA"),
    "da_victim": ("yes", "{} are recorded as a victim of DA themselves"),
    "highest_risk": ("high", "{} have a DA incident that was graded high risk"),
}


def sentences(release: Release, common_assault: float | None) -> list[str]:
    """Write what was found.

    Parameters
    ----------
    release : Release
    common_assault : float or None
        What one weighs on the run's scale.

    Returns
    -------
    list of str
    """
    named = release.means.amounts.drop(index=[ALL, UNNAMED_TITLE], errors="ignore")
    said = (
        _cohort(release), _who(release), _patterns(release, named), _hardest(release, named, common_assault),
        _few(release), _history(release), _firm(release),
    )  # fmt: skip
    return [sentence for sentence in said if sentence]


def _people(release: Release) -> int:
    return int(release.means.amounts.loc[ALL, PEOPLE])


def _cohort(release: Release) -> str:
    return (
        f"About {count(_people(release))} people are recorded as suspects of domestic abuse (DA) and sorted here by "
        "their records."
    )


def _who(release: Release) -> str:
    """Say of which sex the suspects are, and what else is known of them all."""
    said = []
    for table in release.people:
        category, words = TOLD.get(table.name, ("", ""))
        whole = table.table().rows[-1]
        cell = whole[2 + table.gated.columns.index(category)] if category in table.gated.columns else None
        if isinstance(cell, Part):
            said.append(words.format(share(cell.number / cell.of)))
    return f"Of all of them, {listed(said)}." if said else ""


def _patterns(release: Release, named: pd.DataFrame) -> str:
    if named.empty:
        return "No pattern that has a name is shown by enough people to be told here."
    largest = named.iloc[named[PEOPLE].argmax()]
    return (
        f"{share(named[PEOPLE].sum() / _people(release))} of them are in clusters that show "
        f"{several(len(named), 'named pattern (typology)', 'named patterns (typologies)')}, the largest of them "
        f"{largest.name} with about {count(largest[PEOPLE])} people; the records of the others fit none plainly."
    )


def _hardest(release: Release, named: pd.DataFrame, common_assault: float | None) -> str:
    if SHARE_OF_HARM not in named:
        return "The extract gives offences no severity, so nothing is said of harm."
    told = named[named[SHARE_OF_HARM].notna()]
    if told.empty:
        return ""
    most = told.iloc[told[SHARE_OF_HARM].argmax()]
    among = "" if len(told) == len(named) else ", of those whose harm may be told,"
    each = most[HARM_EACH]
    beside = "" if pd.isna(each) else f", {figures(each)} severity points a person{yardstick(each, common_assault)}"
    return (
        f"The typology with the most recorded DA harm{among} is {most.name}: {tenths(most[SHARE_OF_HARM])} of it, "
        f"from {share(most[SHARE_OF_PEOPLE])} of the people{beside} (how firm it is: "
        f"{release.firm[str(most.name)].lower()}).{_rest(release)}"
    )


def _rest(release: Release) -> str:
    """Say how much of the harm is of people in no typology: it may be more than that of any."""
    rest = release.means.amounts[SHARE_OF_HARM].get(UNNAMED_TITLE)
    return "" if rest is None or pd.isna(rest) else f" Those in no named cluster have {tenths(rest)} of it."


def _few(release: Release) -> str:
    held = [table.amounts[SHARE_OF_HARM].get(HEADLINE) for table in release.few]
    return "".join(
        f"The 5% of people with the most recorded DA harm account for {tenths(value)} of it; who they are is known "
        "only afterwards."
        for value in held
        if value is not None
    )


def _history(release: Release) -> str:
    """Say who has wider offending: those with most harm beside those with least."""
    for table in release.harm:
        rows = table.table().rows[: len(table.gated.rows) - 1]
        if "none" not in table.gated.columns or len(rows) < 2:
            continue
        at = 2 + table.gated.columns.index("none")
        without = [row[at] for row in (rows[0], rows[-1])]
        parts = [1 - cell.number / cell.of for cell in without if isinstance(cell, Part)]
        if len(parts) == len(without):
            return (
                f"Incidents outside DA are recorded of {share(parts[0])} of the people with most DA severity "
                f"({rows[0][0]}), and of {share(parts[1])} of those with least ({rows[-1][0]})."
            )
    return ""


def _firm(release: Release) -> str:
    return how_firm(list(release.firm.values()))
