"""The feature catalogue, and the presets that choose from it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dapipeline.config import Features
from dapipeline.errors import CohortError, ConfigError
from dapipeline.extract.columns import MARKER
from dapipeline.offenders.feature import Feature, missing_columns
from dapipeline.offenders.themes import (
    numbers,
    offence,
    person,
    place,
    severity,
    substances,
    time,
    victimisation,
    victims,
)
from dapipeline.offenders.themes.markers import marker_feature

CATALOGUE: tuple[Feature, ...] = (
    *person.FEATURES, *victims.FEATURES, *numbers.FEATURES, *time.FEATURES, *place.FEATURES,
    *offence.FEATURES, *severity.FEATURES, *victimisation.FEATURES, *substances.FEATURES,
)  # fmt: skip


class _ByName(dict[str, Feature]):
    """The catalogue by name; a name with the prefix of a marker is a feature that a config may add."""

    def __missing__(self, name: str) -> Feature:
        if not name.startswith(MARKER):
            raise KeyError(name)
        return marker_feature(name)


BY_NAME = _ByName({feature.name: feature for feature in CATALOGUE})

# The study prints its themes and the number 37, but not the variables: these lists are a reconstruction. Kinds of
# offence enter mostly as counts, because most people have one incident, of which a share is 0 or 1 by chance. The share
# that remains is of other offending, and 0 for the two thirds of people who have none. Rare DA offences (sexual,
# stalking, coercive) describe clusters and name them, but are not clustered on: each would split the people with one
# incident by what that incident was. No feature is a sum of others: it would count what they count twice.
PRESETS: dict[str, tuple[str, ...]] = {
    "west_midlands_2022": (
        "age_first_da",
        "da_victim_age_gap_mean", "da_family_incidents", "da_ex_partner_incidents",
        "da_incidents", "non_da_incidents", "da_victims", "non_da_victims", "da_most_against_one_victim",
        "da_duration_mean_hours", "da_duration_max_hours", "da_over_a_year_incidents", "da_night_incidents",
        "offending_span_days",
        "boroughs", "imd_decile_mean", "non_da_retail_incidents",
        "da_severity_total", "da_severity_max", "da_severe_incidents",
        "non_da_severity_total", "non_da_severity_mean", "non_da_severity_max", "non_da_severe_incidents",
        "da_non_crimes", "da_violence_incidents", "child_vulnerable_incidents",
        "non_da_violence_incidents", "non_da_acquisitive_incidents", "non_da_drugs_incidents",
        "non_da_acquisitive_share", "non_compliance_incidents", "non_da_families",
        "da_victimisations", "non_da_victimisations",
        "da_substance_incidents", "non_da_substance_incidents",
    ),
    # The list of version 0.1: without the kind of place or the relationship, and with incidents beside its two parts.
    "west_midlands_2022_v1": (
        "age_first_da", "da_victim_age_gap_mean",
        "incidents", "da_incidents", "non_da_incidents", "da_victims", "non_da_victims",
        "da_most_against_one_victim",
        "da_duration_mean_hours", "da_duration_max_hours", "da_over_a_year_incidents", "da_night_incidents",
        "boroughs", "imd_decile_mean",
        "da_severity_total", "da_severity_mean", "da_severity_max", "da_severe_incidents",
        "non_da_severity_total", "non_da_severity_mean", "non_da_severity_max", "non_da_severe_incidents",
        "da_non_crimes", "da_violence_incidents", "child_vulnerable_incidents",
        "non_da_violence_incidents", "non_da_acquisitive_incidents", "non_da_drugs_incidents",
        "non_da_acquisitive_share", "non_da_public_order_share", "non_da_weapons_share",
        "non_compliance_incidents", "non_da_families",
        "da_victimisations", "non_da_victimisations",
        "da_substance_incidents", "non_da_substance_incidents",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Selection:
    """The features of a run.

    Attributes
    ----------
    computed : tuple of Feature
        All features that the extract has the columns for, and the markers that the config adds.
    clustered : tuple of Feature
        Those of them that the config chose for clustering, in its order.
    off : dict of str to list of str
        Name of each other feature of the catalogue, and the columns it lacks.
    """

    computed: tuple[Feature, ...]
    clustered: tuple[Feature, ...]
    off: dict[str, list[str]]


def select_features(settings: Features, present: frozenset[str]) -> Selection:
    """Choose the features of a run from the catalogue.

    Parameters
    ----------
    settings : Features
        Preset, additions and omissions.
    present : frozenset of str
        The canonical columns that the extract has.

    Returns
    -------
    Selection

    Raises
    ------
    ConfigError
        C006 for an unknown preset, C007 for an unknown feature.
    CohortError
        D101 where fewer than two features are left.
    """
    if settings.preset not in PRESETS:
        raise ConfigError(
            "C006", f"features.preset is {settings.preset!r}, which is not known.",
            f"The presets are: {', '.join(PRESETS)}.",
        )  # fmt: skip
    marked = [name for name in settings.add if name.startswith(MARKER) and name in present]
    unknown = sorted({*settings.add, *settings.drop} - BY_NAME.keys() - {*marked})
    if unknown:
        raise ConfigError(
            "C007", f"features names {unknown[0]!r}, which is not in the catalogue.",
            "The catalogue is listed by: dapipeline features.",
        )  # fmt: skip
    wanted = dict.fromkeys((*PRESETS[settings.preset], *settings.add))
    off = {f.name: lacking for f in CATALOGUE if (lacking := missing_columns(f.needs, present))}
    clustered = tuple(BY_NAME[name] for name in wanted if name not in off and name not in settings.drop)
    if len(clustered) < 2:
        raise CohortError(
            "D101", f"Only {len(clustered)} of the chosen features can be computed from this extract.",
            "Map more columns under extract.columns, or choose other features.",
        )  # fmt: skip
    computed = (*(f for f in CATALOGUE if f.name not in off), *(BY_NAME[name] for name in marked))
    return Selection(computed, clustered, off)


def describe_features(chosen: Selection) -> pd.DataFrame:
    """List every feature of the catalogue, with what a run did with it.

    Parameters
    ----------
    chosen : Selection
        From `select_features`.

    Returns
    -------
    pandas.DataFrame
        One row per feature: feature (its name), label, theme, kind, unit, meaning, use (clustered, described or off),
        missing_columns (separated by ``; ``).
    """
    clustered = {feature.name for feature in chosen.clustered}
    return pd.DataFrame(
        [
            (
                f.name, f.label, f.theme, f.kind, f.unit, f.meaning,
                "off" if f.name in chosen.off else "clustered" if f.name in clustered else "described",
                "; ".join(chosen.off.get(f.name, [])),
            )
            for f in (*CATALOGUE, *(f for f in chosen.computed if f.name.startswith(MARKER)))
        ],
        columns=["feature", "label", "theme", "kind", "unit", "meaning", "use", "missing_columns"],
    )  # fmt: skip
