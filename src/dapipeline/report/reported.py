"""The typologies that the report describes: each with its clusters; a cluster without a name is one of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.titles import typology_title
from dapipeline.report.words import listed
from dapipeline.typology.definitions import TypologyDefinition
from dapipeline.typology.naming import UNNAMED


@dataclass(frozen=True, eq=False)
class ReportedTypology:
    """One typology, or one cluster that has no name.

    Attributes
    ----------
    key : str
        The typology's key, or cluster and number.
    title : str
        What readers call it.
    clusters : pandas.DataFrame
        Its rows of the table of clusters, largest first.
    definition : TypologyDefinition or None
        None for a cluster without a name, or with one that only an analyst knows.
    share : float
        Of the cohort.
    """

    key: str
    title: str
    clusters: pd.DataFrame
    definition: TypologyDefinition | None
    share: float

    @property
    def anchor(self) -> str:
        """Its place in the page, the same in every run: typology-serial-abuser, or cluster-12 without a name."""
        plain_key = re.fullmatch("[a-z0-9_]+", self.key)  # an analyst's own name may be any text
        words = self.key.replace("_", "-") if plain_key else sha256(self.key.encode()).hexdigest()[:12]
        return f"typology-{words}" if self.named else words

    @property
    def people(self) -> int:
        """How many offenders it has."""
        return int(self.clusters["size"].sum())

    @property
    def named(self) -> bool:
        """Whether it has a name."""
        return bool((self.clusters["typology"] != UNNAMED).all())

    @property
    def by_analyst(self) -> bool:
        """Whether an analyst gave the name to any of its clusters."""
        return bool((self.clusters["named_by"] == "override").any())

    @property
    def numbers(self) -> list[int]:
        """Its clusters' numbers."""
        return sorted(int(number) for number in self.clusters["cluster"])

    @property
    def in_words(self) -> str:
        """Name its clusters: cluster 3, or clusters 14, 15 and 16."""
        return f"cluster{'s' * (len(self.numbers) > 1)} {listed(map(str, self.numbers))}"

    def mean(self, feature: str) -> float:
        """Compute the mean of a feature over its offenders.

        Parameters
        ----------
        feature : str

        Returns
        -------
        float
            The mean of its clusters by their people; missing where the feature was not computed.
        """
        column = f"mean_{feature}"
        if column not in self.clusters:
            return float("nan")
        return float((self.clusters[column] * self.clusters["size"]).sum() / self.people)


def title_of(typology: str, contents: Contents) -> str:
    """Return the title of a typology: that of the definitions, or the analyst's own words.

    Parameters
    ----------
    typology : str
        Its key.
    contents : Contents

    Returns
    -------
    str
    """
    return typology_title(typology, contents.definitions)


def reported_typologies(contents: Contents) -> list[ReportedTypology]:
    """Return the typologies of a run, and each cluster without a name as one of its own.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    list of ReportedTypology
        In the order of the definitions, then analysts' own by name, then unnamed clusters by number.
    """
    known = contents.definitions.typologies if contents.definitions else {}
    table = contents.clusters.sort_values(["size", "cluster"], ascending=[False, True])
    total = int(table["size"].sum())
    present = set(table["typology"]) - {UNNAMED}
    keys = [key for key in known if key in present] + sorted(present - set(known))
    typologies = []
    for key in keys:
        own = table[table["typology"] == key]
        typologies.append(
            ReportedTypology(key, title_of(key, contents), own, known.get(key), own["size"].sum() / total)
        )
    for number in sorted(table.loc[table["typology"] == UNNAMED, "cluster"]):
        own = table[table["cluster"] == number]
        typologies.append(
            ReportedTypology(f"cluster_{number}", f"Cluster {number}", own, None, own["size"].sum() / total)
        )
    return typologies


def gathered(typologies: list[ReportedTypology]) -> list[ReportedTypology]:
    """Return the typologies with all unnamed clusters together as one, unless no cluster has a name.

    Parameters
    ----------
    typologies : list of ReportedTypology

    Returns
    -------
    list of ReportedTypology
        The named ones as they are; the unnamed ones last, under the title "Unnamed clusters".
    """
    unnamed = [typology for typology in typologies if not typology.named]
    if not unnamed or len(unnamed) == len(typologies):
        return typologies
    clusters = pd.concat([typology.clusters for typology in unnamed])
    together = ReportedTypology(
        UNNAMED, "Unnamed clusters", clusters, None, sum(typology.share for typology in unnamed)
    )
    return [*(typology for typology in typologies if typology.named), together]
