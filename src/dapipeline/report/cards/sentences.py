"""Two sentences on a typology, generated from its figures: who they are, and what they did."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from dapipeline.report.cards.pooled import may_tell, plain, written
from dapipeline.report.contents import Contents
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.sections.equality import makeup_of
from dapipeline.report.table import Part
from dapipeline.report.words import several, share, yardstick
from dapipeline.typology.naming import UNNAMED

TOTAL = "da_severity_total"
DA_TWICE = 2.0  # with fewer DA incidents on average, most people have one, and no time passes between first and last


def harm_share(contents: Contents, typology: ReportedTypology, may: Printable) -> float:
    """Compute the share of all DA severity of people in clusters that a typology accounts for.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    float
        Missing without severity, and where it may not be printed.
    """
    if not contents.has_severity or not _may_tell_harm(contents, typology, may):
        return float("nan")
    clusters = contents.clusters
    whole = (clusters[f"mean_{TOTAL}"] * clusters["size"]).sum()
    return float(typology.mean(TOTAL) * typology.people / whole)


def _may_tell_harm(contents: Contents, typology: ReportedTypology, may: Printable) -> bool:
    if typology.key != UNNAMED:
        return may_tell(typology, may, TOTAL)
    own = set(contents.clusters.loc[contents.clusters["typology"] == UNNAMED, "cluster"])
    return not own & may.of(TOTAL).clusters


def sentences(contents: Contents, typology: ReportedTypology, may: Printable) -> list[str]:
    """Write who the people of a typology are and how much harm is theirs, and what they did on average.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    list of str
        One or two sentences; where averages are withheld, the second says so.
    """
    people = f"{several(typology.people, 'person', 'people')} ({share(typology.share)} of all)"
    return [f"{people} {_harm(contents, typology, may)}.", _what_they_did(typology, may)]


def _harm(contents: Contents, typology: ReportedTypology, may: Printable) -> str:
    one = typology.people == 1
    part = harm_share(contents, typology, may)
    if isnan(part):
        why = "how much of the recorded harm is theirs may not be shown" if contents.has_severity else ""
        return f"{'is' if one else 'are'} in it{f'; {why}' if why else ''}"
    words = f"{'accounts' if one else 'account'} for {share(part)} of recorded domestic abuse harm"
    if typology.key == UNNAMED:
        return words
    each = typology.mean(TOTAL)
    return f"{words}: {plain(each)} points a person{yardstick(each, contents.common_assault)}"


def _what_they_did(typology: ReportedTypology, may: Printable) -> str:
    needed = ("da_incidents", "non_da_incidents")
    if not may_tell(typology, may, *needed):
        return "Averages of so few people, or from which those of few could be worked out, are not shown."
    da, victims, span = (typology.mean(name) for name in ("da_incidents", "da_victims", "da_span_days"))
    other, age = typology.mean("non_da_incidents"), typology.mean("age_first_da")
    if isnan(da):
        return ""
    words = f"On average they are suspects in {plain(da)} DA incident{'' if plain(da) == '1' else 's'}"
    if not isnan(victims):
        words += f" against {plain(victims)} victim{'' if plain(victims) == '1' else 's'}"
    if not isnan(span) and da >= DA_TWICE:
        words += f" over {written(span, 'da_span_days')}"
    if not isnan(age):
        words += f", the first at the age of {plain(round(age))}"
    if not isnan(other):
        words += f"{', and' if not isnan(age) else ' and'} in {_others(other)}"
    sex = _sex(typology, may)
    return f"{words}{f'; {sex}' if sex else ''}."


def _others(number: float) -> str:
    said = plain(number)
    if said in ("0", "<0.1"):
        return "hardly any other incident" if number else "no other incident"
    return f"{said} other incident{'' if said == '1' else 's'}"


def _sex(typology: ReportedTypology, may: Printable) -> str:
    """Write how many are men, or women where these are more; empty where it may not be printed."""
    if "offender_sex" not in may.makeup:
        return ""
    found = [(row.offenders, row.value) for row in makeup_of(may, "offender_sex", typology)]
    told = [(part.number / part.of, value) for part, value in found if isinstance(part, Part) and part.of]
    if not told:
        return ""
    largest, value = max(told)
    return "" if largest < 0.5 else f"{share(largest)} are {value.lower()}"


@dataclass(frozen=True)
class Bars:
    """The share of people and the share of harm, as widths on one scale.

    Attributes
    ----------
    rows : tuple of (str, str, float, str)
        What it is of, the share in words, its width in percent of the scale, and its style; of the harm only where it
        may be shown.
    scale : str
        The end of the scale.
    """

    rows: tuple[tuple[str, str, float, str], ...]
    scale: str


def bars_of(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> dict[str, Bars]:
    """Lay out two bars for each typology, all of them on one scale.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable

    Returns
    -------
    dict of str to Bars
        By the key of the typology.
    """
    shares = {t.key: (t.share, harm_share(contents, t, may)) for t in typologies}
    known = [value for pair in shares.values() for value in pair if not isnan(value)]
    if not known:
        return {}
    end = next(step for step in (0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0) if step >= min(max(known), 1.0))
    return {
        key: Bars(
            tuple(
                (words, share(value), round(100 * value / end, 1), style)
                for words, value, style in (("of all people", people, "people"), ("of DA harm", harm, "harm"))
                if not isnan(value)
            ),
            share(end),
        )
        for key, (people, harm) in shares.items()
    }
