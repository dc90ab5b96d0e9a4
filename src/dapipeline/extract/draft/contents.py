"""The evidence in the cells of a column that it is one canonical column or another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dapipeline.extract.columns import COLUMNS
from dapipeline.extract.draft import codes
from dapipeline.extract.draft.finding import Evidence, SourceColumn
from dapipeline.extract.draft.moments import Moments
from dapipeline.reference.codes import OUTCOMES

MOST, GOOD, ENOUGH, SOME = 0.95, 0.8, 0.6, 0.3
MANY = 4  # different values: where the known words mean so many, fewer rows have to be known
NEVER, SILENT = Evidence(-1), Evidence(0)
OLDEST, YOUNGEST_MIDDLE, OLDEST_MIDDLE = 120, 5, 75
BIRTHS_BEFORE = 10  # years from the median date of birth to the median incident, at least
FEWEST_IDS, FEWEST_AGES, NEARLY_TEN = 20, 15, 8
LSOA = r"(e01|w01|s01|95)\d{6}"
MOST_WORDS = 1000  # different texts: a column with more is neither coded nor a flag
FEW_WORDS = 12  # different texts at most in a flag with other words than yes and no
# Coded columns, and the different texts each has at most.
CLOSED = {"risk_grade": 12, "relationship": 80, "location_type": 250, "outcome_code": 60, "offence_family": 120}


@dataclass(frozen=True)
class Look:
    """A column, with the dates or times that it holds.

    Attributes
    ----------
    column : SourceColumn
    moments : Moments or None
        How its dates are written; None where it holds none.
    clock : str or None
        Format of its times of day; None where it holds none.
    latest : int or None
        Year of the median incident, as far as the dates of the file show it.
    """

    column: SourceColumn
    moments: Moments | None
    clock: str | None
    latest: int | None


def evidence(look: Look) -> dict[str, Evidence]:
    """Weigh the evidence in a column's cells for every canonical column.

    Parameters
    ----------
    look : Look

    Returns
    -------
    dict of str to Evidence
        By canonical column.
    """
    column = look.column
    if not column.filled:
        return {canonical.name: NEVER for canonical in COLUMNS}
    found: dict[str, Evidence] = {}
    for canonical in COLUMNS:
        name = canonical.name
        if look.moments and canonical.kind not in ("datetime", "date"):
            found[name] = NEVER
        elif canonical.identifies:
            found[name] = _of_ids(look)
        elif canonical.kind == "datetime":
            found[name] = _of_moments(look)
        elif canonical.kind == "date":
            found[name] = _of_births(look)
        elif canonical.kind == "boolean":
            found[name] = _of_flags(look, name)
        elif name in ("offender_age", "victim_age"):
            found[name] = _of_ages(column)
        elif name in ("offender_sex", "victim_sex"):
            found[name] = _of_words(column, name, 12, floor=GOOD)
        elif name in CLOSED:
            found[name] = _of_words(column, name, CLOSED[name])
        else:
            found[name] = OTHERS[name](look)
    return found


def _of_ids(look: Look) -> Evidence:
    column, texts = look.column, look.column.texts
    if look.moments or look.clock or column.distinct < FEWEST_IDS:
        return NEVER
    spaced = column.share(texts.str.contains(r"[a-z]{3,} [a-z]{2,}", regex=True))
    fractions = column.share(texts.str.fullmatch(r"-?\d+[.,]\d*[1-9]\d*"))
    if spaced > SOME or fractions > SOME or column.share(column.texts.str.fullmatch(LSOA)) > GOOD:
        return NEVER
    digits = column.share(texts.str.contains(r"\d", regex=True))
    return Evidence(1, f"{column.distinct:,} different ids") if digits > GOOD else SILENT


def _of_moments(look: Look) -> Evidence:
    moments = look.moments
    if moments is None:
        return NEVER
    if look.latest and moments.middle.year <= look.latest - BIRTHS_BEFORE:
        return NEVER
    return Evidence(2, f"{_share(moments.share)} are dates, {moments.first:%Y} to {moments.last:%Y}")


def _of_births(look: Look) -> Evidence:
    moments = look.moments
    if moments is None:
        return NEVER
    if look.latest and moments.middle.year > look.latest - BIRTHS_BEFORE:
        return NEVER
    return Evidence(2, f"dates long before the incidents, half of them before {moments.middle.year}")


def _of_flags(look: Look, name: str) -> Evidence:
    column = look.column
    if column.distinct > MOST_WORDS:
        return NEVER
    own = codes.known_words(column, name)
    if len(set(own.values())) > 1 and codes.share_known(column, own) >= GOOD:
        return Evidence(2, "its words say so")
    share, said = codes.share_boolean(column)
    if share < MOST:
        return SILENT if column.distinct <= FEW_WORDS else NEVER
    if len(said) == 2:
        return Evidence(1, "yes or no")
    return Evidence(0, "only ever one of yes and no")


def _of_ages(column: SourceColumn) -> Evidence:
    values, share = codes.numbers(column)
    plausible = (values >= 0) & (values <= OLDEST)
    if share < GOOD or column.share(plausible) < GOOD or column.distinct < FEWEST_AGES:
        return NEVER
    weights = column.values.to_numpy()[plausible & (values > 0)]
    middle = float(np.repeat(values[plausible & (values > 0)], weights).mean()) if len(weights) else 0.0
    if not YOUNGEST_MIDDLE <= middle <= OLDEST_MIDDLE:
        return NEVER
    return Evidence(1, f"numbers up to {OLDEST} about {middle:.0f}")


def _of_words(column: SourceColumn, name: str, most: int, floor: float = 0.0) -> Evidence:
    if column.distinct > MOST_WORDS:
        return NEVER
    words = codes.known_words(column, name)
    share = codes.share_known(column, words)
    different = len(set(words.values()))
    if codes.are_numbers(column):
        return _of_numbers(column, name) if column.distinct <= most else NEVER
    if different > 1 and share >= (GOOD if different < MANY else ENOUGH):
        return Evidence(2, f"{_share(share)} of what it says is known")
    if column.distinct > most or share < floor or codes.share_boolean(column)[0] >= MOST:
        return NEVER
    return Evidence(1, f"{_share(share)} of what it says is known") if share >= SOME else SILENT


def _of_numbers(column: SourceColumn, name: str) -> Evidence:
    """Weigh bare numbers: they may be codes of any kind, and Home Office outcomes only if the name agrees."""
    outcomes = column.share(column.texts.str.fullmatch(rf"0*({'|'.join(OUTCOMES)})(\.0)?")) >= MOST
    if name == "outcome_code" and outcomes and column.distinct >= MANY:
        return Evidence(1, f"numbers {min(map(int, OUTCOMES))} to {max(map(int, OUTCOMES))}")
    return SILENT


def _of_offence_code(look: Look) -> Evidence:
    known, looks, slashed = codes.offence_codes(look.column)
    if known >= GOOD and look.column.distinct >= 5 and (slashed or _five(look.column)):
        return Evidence(2, f"{_share(known)} are codes of the Home Office")
    if looks >= MOST and known >= GOOD / 2:
        return Evidence(1, f"{_share(known)} could be codes of the Home Office")
    return NEVER


def _five(column: SourceColumn) -> bool:
    return codes.share_like(column, r"\d{5}") >= GOOD


def _of_title(look: Look) -> Evidence:
    column = look.column
    if column.distinct < 3 or column.distinct > max(2000, column.filled / 4):
        return NEVER
    if column.share(column.texts.str.contains(r"[a-z]{3}", regex=True)) < GOOD:
        return NEVER
    share = codes.share_titled(column)
    if share >= 0.6 and column.distinct > 8:
        return Evidence(2, f"{_share(share)} read like titles of offences")
    return Evidence(1, f"{_share(share)} read like titles of offences") if share >= SOME else SILENT


def _of_severity(look: Look) -> Evidence:
    values, share = codes.numbers(look.column)
    if share < MOST or look.column.share(values < 0) > 0.01 or look.column.distinct < 4:
        return NEVER
    return Evidence(1, "numbers from 0 on") if look.column.distinct >= 8 else SILENT


def _of_ethnicity(look: Look) -> Evidence:
    column = look.column
    if column.distinct > 60 or column.distinct < 2:
        return NEVER
    words, coded = codes.share_ethnic(column)
    if words >= 0.5:
        return Evidence(2, "words for ethnic groups")
    if coded >= GOOD:
        return Evidence(0, "may be codes of ethnic groups")
    return SILENT if codes.share_boolean(column)[0] < MOST else NEVER


def _of_lsoa(look: Look) -> Evidence:
    if codes.share_like(look.column, codes.AREA) >= GOOD:
        # Wards have codes of the same form: E01 and W01 are LSOAs, S01 data zones, 95 areas of Northern Ireland.
        own = look.column.share(look.column.texts.str.fullmatch(LSOA))
        return Evidence(2, "codes of LSOAs") if own >= GOOD else NEVER
    return (
        Evidence(1, "of the look of an area's code") if codes.share_like(look.column, codes.ANY_AREA) >= MOST else NEVER
    )


def _of_decile(look: Look) -> Evidence:
    deciles = codes.share_like(look.column, r"([1-9]|10)(\.0)?")
    if deciles < MOST:
        return NEVER
    return Evidence(1, "numbers 1 to 10") if look.column.distinct >= NEARLY_TEN else SILENT


def _of_area(look: Look) -> Evidence:
    column = look.column
    if look.clock or not 2 <= column.distinct <= 400 or codes.share_boolean(column)[0] >= MOST:
        return NEVER
    if codes.numbers(column)[1] > GOOD:
        return SILENT
    return Evidence(1, f"{column.distinct:,} names") if _places(column) < SOME else SILENT


def _places(column: SourceColumn) -> float:
    return codes.share_known(column, codes.known_words(column, "location_type"))


OTHERS = {
    "offence_code": _of_offence_code,
    "offence": _of_title,
    "severity": _of_severity,
    "offender_ethnicity": _of_ethnicity,
    "victim_ethnicity": _of_ethnicity,
    "lsoa": _of_lsoa,
    "imd_decile": _of_decile,
    "borough": _of_area,
    "initial_offence_code": _of_offence_code,
    "reported_via": _of_area,
    "managed_by": _of_area,
    "force": _of_area,
}


def _share(value: float) -> str:
    return "all" if value == 1 else f"{min(value, 0.999):.1%}" if value > 0.99 else f"{value:.0%}"
