"""The definitions of typologies: criteria on a cluster's profile, read from a YAML file and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from dapipeline.config import checked, read_yaml
from dapipeline.errors import ConfigError
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.section import Section

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
    """One condition on a statistic of a feature over a cluster's members."""

    feature: str
    statistic: Literal["mean", "median"]
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

    @model_validator(mode="after")
    def _sound(self) -> Criterion:
        stated = sum(getattr(self, name) is not None for name in COMPARISONS)
        if stated > 1 or (stated == 0 and self.published is None):
            raise ValueError(f"a criterion has exactly one of {', '.join(COMPARISONS)}, or published alone")
        named = [self.feature, *([self.times_feature[0]] if self.times_feature else [])]
        for name in named:
            if name not in BY_NAME:
                raise ValueError(f"{name!r} is not a feature of the catalogue")
        return self

    @property
    def comparison(self) -> str:
        """Which of the comparisons it makes; published where it states the figure alone."""
        return next((name for name in COMPARISONS if getattr(self, name) is not None), "published")

    def in_words(self) -> str:
        """Say the condition as a reader would."""
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
            "published": f"{what} nearer to the published {value:g} than to the cohort's mean",
        }[self.comparison]


class TypologyDefinition(Section):
    """One typology: what it is called, what it is and is not, and its criteria."""

    title: str
    description: str
    is_not: str
    group: Literal["A", "B", "C", "D", "E"]
    response: str
    source: str
    harm_ranks: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]] | None = Field(
        None, description="Ranks the study prints, by DA and by non-DA severity; shown beside those found, never asked."
    )
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Definitions(Section):
    """A set of typologies, and what evidence a name needs."""

    name: str
    source: str
    enough: float = Field(gt=0, le=1, description="The least score of a name.")
    margin: float = Field(0.02, ge=0, lt=1, description="By how much a name has to fit better than the next that fits.")
    response: dict[str, str]
    typologies: dict[str, TypologyDefinition]

    @property
    def harm_ranks(self) -> dict[str, tuple[int, int]]:
        """The ranks by DA and non-DA severity that the study prints, by typology."""
        return {key: t.harm_ranks for key, t in self.typologies.items() if t.harm_ranks is not None}

    @model_validator(mode="after")
    def _responses_known(self) -> Definitions:
        for key, typology in self.typologies.items():
            if typology.response not in self.response:
                raise ValueError(f"{key}.response is {typology.response!r}, which is not listed under response")
        return self


def find_definitions(name: str, base: Path) -> Path | None:
    """Find the file a config means by its typology.definitions.

    Parameters
    ----------
    name : str
        ``none``, the name of a file in a folder typologies/ beside the config or of a shipped one, or a path.
    base : Path
        The config's folder.

    Raises
    ------
    ConfigError
        C009 where there is no such file.
    """
    if name == "none":
        return None
    package = Path(__file__).parent
    # Shipped inside the wheel; in a checkout they stand in configs/.
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
    """Read and check a definitions file; see `find_definitions` for which."""
    return checked(Definitions, read_yaml(path, "definitions file"), f"The definitions file {path}")


def check_overrides(overrides: dict[int, str], k: int) -> None:
    """Check that overrides name clusters that exist.

    Raises
    ------
    ConfigError
        C008 where one does not.
    """
    wrong = [cluster for cluster in overrides if not 1 <= cluster <= k]
    if wrong:
        raise ConfigError(
            "C008",
            f"typology.overrides names cluster {wrong[0]}, but clusters count from 1 to {k}.",
            "Mend it.",
        )
