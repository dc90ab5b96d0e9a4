"""The definitions of typologies: criteria on the averages of clusters, read from a YAML file and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from dapipeline.config import Section, checked
from dapipeline.config.yaml_file import read_yaml
from dapipeline.errors import ConfigError
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.reference.codes import GROUPS
from dapipeline.typology.statistics import STATISTICS
from dapipeline.typology.study import EVERYONE, Expectation, PrintedFigure, Recommendation, check_feature

COMPARISONS = (
    "at_least",
    "below",
    "cohort_quantile",
    "below_cohort_quantile",
    "times_cohort",
    "below_times_cohort",
    "times_feature",
)


class Criterion(Section):
    """One condition on a statistic of a feature over the members of a cluster."""

    feature: str
    statistic: str
    at_least: float | None = None
    below: float | None = None
    cohort_quantile: float | None = Field(None, ge=0, le=1)
    below_cohort_quantile: float | None = Field(None, ge=0, le=1)
    times_cohort: float | None = Field(None, gt=0)
    below_times_cohort: float | None = Field(None, gt=0)
    times_feature: tuple[str, float] | None = None
    published: float | None = Field(None, gt=0)
    required: bool = False
    weight: float = Field(1.0, gt=0)

    @field_validator("statistic")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in STATISTICS:
            raise ValueError(f"should be one of {', '.join(STATISTICS)}")
        return value

    @model_validator(mode="after")
    def _sound(self) -> Criterion:
        stated = sum(getattr(self, name) is not None for name in COMPARISONS)
        if stated > 1 or (stated == 0 and self.published is None):
            raise ValueError(f"a criterion has exactly one of {', '.join(COMPARISONS)}, or published alone")
        for name in [self.feature, *([self.times_feature[0]] if self.times_feature else [])]:
            check_feature(name)
        return self

    @property
    def comparison(self) -> str:
        """Which of the comparisons it makes; published where it states the figure alone."""
        return next((name for name in COMPARISONS if getattr(self, name) is not None), "published")

    @property
    def or_above(self) -> str:
        """Words that follow a published figure: a share is reached or exceeded, other figures from both sides."""
        return ", or above it" if BY_NAME[self.feature].kind == "share" else ""

    def in_words(self) -> str:
        """Write the condition in words.

        Returns
        -------
        str
            Such as "mean da incidents at least 3.0". Two criteria of a typology may have the same words.
        """
        feature = BY_NAME[self.feature]
        value = getattr(self, self.comparison)
        what = f"{self.statistic} {feature.name.replace('_', ' ')}"
        if self.comparison == "times_feature":
            return f"{what} at least {value[1]:g} × {value[0].replace('_', ' ')}"
        return {
            "at_least": f"{what} at least {value}",
            "below": f"{what} below {value}",
            "cohort_quantile": f"{what} at or above the cohort's {value:.0%} point",
            "below_cohort_quantile": f"{what} below the cohort's {value:.0%} point",
            "times_cohort": f"{what} at least {value} × the cohort's mean",
            "below_times_cohort": f"{what} below {value} × the cohort's mean",
            "published": f"{what} nearer to the published {value:g} than to the cohort's mean{self.or_above}",
        }[self.comparison]


class Example(Section):
    """Whose record is shown beside the medoids: the member nearest to one whose feature has at least this value."""

    title: str = Field(description="What the example has, to follow: the nearest member.")
    feature: str
    at_least: float = Field(gt=0)

    @field_validator("feature")
    @classmethod
    def _of_the_catalogue(cls, value: str) -> str:
        check_feature(value)
        return value


class TypologyDefinition(Section):
    """One typology: what it is called, what it is and is not, and its criteria."""

    title: str
    description: str
    is_not: str
    group: str = Field(description="The group, A to E, that the study lists it in; compared with that of its clusters.")
    response: str
    source: str
    harm_ranks: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]] | None = Field(
        None, description="Ranks the study prints, by DA and by non-DA severity; shown beside those found, never asked."
    )
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    example: Example | None = None
    printed: tuple[PrintedFigure, ...] = Field((), description="Figures the study prints; shown, never asked.")
    expects: tuple[Expectation, ...] = Field((), description="What the name promises; a card says where it is not so.")

    @field_validator("group")
    @classmethod
    def _group_known(cls, group: str) -> str:
        if group not in GROUPS:
            raise ValueError(f"{group!r} is not one of the groups {', '.join(GROUPS)}")
        return group


class Compared(Section):
    """Two typologies that differ in degree: clusters of either are told apart by comparing them with each other."""

    higher: str
    lower: str
    by: str = Field(description="The feature whose means tell them apart.")

    @field_validator("by")
    @classmethod
    def _by_a_feature(cls, value: str) -> str:
        check_feature(value)
        return value


class Definitions(Section):
    """A set of typologies, and how good the evidence for a name has to be."""

    name: str
    source: str
    enough: float = Field(gt=0, le=1, description="The least score of a name.")
    margin: float = Field(0.02, ge=0, lt=1, description="By how much a name has to fit better than the next that fits.")
    witnesses: float = Field(0.25, gt=0, le=1, description="Share of a cluster's members from which they name it.")
    compared: tuple[Compared, ...] = ()
    response: dict[str, str]
    areas: dict[str, str] = Field(
        default_factory=dict, description="Areas of recommendations that are no typology's response."
    )
    recommendations: tuple[Recommendation, ...] = ()
    typologies: dict[str, TypologyDefinition]

    def positions(self, pair: Compared) -> tuple[int, int]:
        """Return where two compared typologies stand among all.

        Parameters
        ----------
        pair : Compared

        Returns
        -------
        higher, lower : int
            From 0.
        """
        keys = list(self.typologies)
        return keys.index(pair.higher), keys.index(pair.lower)

    @property
    def harm_ranks(self) -> dict[str, tuple[int, int]]:
        """The ranks by DA and non-DA severity that the study prints, by typology."""
        return {key: t.harm_ranks for key, t in self.typologies.items() if t.harm_ranks is not None}

    @property
    def groups(self) -> dict[str, str]:
        """The group that the study lists each typology in, by typology."""
        return {key: typology.group for key, typology in self.typologies.items()}

    @model_validator(mode="after")
    def _compared_known(self) -> Definitions:
        named = [name for pair in self.compared for name in (pair.higher, pair.lower)]
        for name in named:
            if name not in self.typologies:
                raise ValueError(f"compared names {name!r}, which is not one of the typologies")
            if named.count(name) > 1:
                raise ValueError(f"compared names {name!r} twice")
        return self

    @model_validator(mode="after")
    def _responses_known(self) -> Definitions:
        for key, typology in self.typologies.items():
            if typology.response not in self.response:
                raise ValueError(f"{key}.response is {typology.response!r}, which is not listed under response")
        return self

    @model_validator(mode="after")
    def _recommendations_known(self) -> Definitions:
        ids = [recommendation.id for recommendation in self.recommendations]
        for recommendation in self.recommendations:
            where = f"recommendation {recommendation.id}"
            if ids.count(recommendation.id) > 1:
                raise ValueError(f"{where} is there twice")
            if recommendation.area not in {*self.response, *self.areas}:
                raise ValueError(f"{where} has the area {recommendation.area!r}, not listed under response or areas")
            for name in recommendation.typologies:
                if name != EVERYONE and name not in self.typologies:
                    raise ValueError(f"{where} names {name!r}, which is not one of the typologies")
        return self


def find_definitions(name: str, base: Path) -> Path | None:
    """Find the file that a config names under typology.definitions.

    Parameters
    ----------
    name : str
        ``none``, a path, or a name without ending: of a file in the folder typologies/ beside the config, or of one
        that the package ships.
    base : Path
        The folder of the config.

    Returns
    -------
    Path or None
        None for ``none``.

    Raises
    ------
    ConfigError
        C009 where there is no such file.
    """
    if name == "none":
        return None
    package = Path(__file__).parent
    # The wheel has the files in the package (pyproject.toml copies them there); a checkout has them in configs/.
    folders = (base / "typologies", package / "shipped", package.parents[2] / "configs" / "typologies")
    tried = [base / name, *(folder / f"{name}.yaml" for folder in folders)]
    for path in tried:
        if path.is_file():
            return path
    raise ConfigError(
        "C009",
        f"typology.definitions is {name!r}, but neither {tried[0]} nor {tried[1]} is there, nor is it a shipped one.",
        "Put the file there, give its path, or set definitions: none.",
    )


def load_definitions(path: Path) -> Definitions:
    """Read and check a definitions file.

    Parameters
    ----------
    path : Path
        From `find_definitions`.

    Returns
    -------
    Definitions

    Raises
    ------
    ConfigError
        C001 where the file cannot be read, C002 where it is not YAML, C003 where a definition is wrong, C025 where a
        key is there twice.
    """
    return checked(Definitions, read_yaml(path, "definitions file"), f"The definitions file {path}")


def check_overrides(overrides: dict[int, str], k: int) -> None:
    """Check that overrides name clusters that exist, and give them legible names.

    Parameters
    ----------
    overrides : dict of int to str
        Cluster to the name that an analyst gives it, from the config.
    k : int
        How many clusters there are; they are numbered from 1.

    Raises
    ------
    ConfigError
        C008 where a cluster does not exist, or a name is empty or cannot be printed.
    """
    wrong = [cluster for cluster in overrides if not 1 <= cluster <= k]
    if wrong:
        raise ConfigError(
            "C008",
            f"typology.overrides names cluster {wrong[0]}, but clusters count from 1 to {k}.",
            "Mend it.",
        )
    unreadable = [cluster for cluster, name in overrides.items() if not name.strip() or not name.isprintable()]
    if unreadable:
        raise ConfigError(
            "C008",
            f"typology.overrides gives cluster {unreadable[0]} a name that is empty or has characters nobody can see.",
            "Give it another, or leave the cluster out.",
        )
