"""One typed model of the YAML configuration: every setting, its default and its reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from dapipeline.config.engine import Engine
from dapipeline.config.extract import Extract
from dapipeline.config.privacy import Privacy
from dapipeline.config.report import Report
from dapipeline.config.scrutiny import Scrutiny
from dapipeline.config.section import Section, checked
from dapipeline.config.yaml_file import read_yaml

Day = date  # within a section that has a field of that name
AGES_WANTED = (
    "a whole number from 0 to 18, null for the flag as recorded, or a list such as "
    "[{from: 2011-01-01, age: 18}, {from: 2013-03-31, age: 16}]"
)


class Window(Section):
    """The first and the last day on which incidents came to be known (reported, else ended, else started)."""

    first: date | None = Field(None, alias="from", description="First day that counts.")
    last: date | None = Field(None, alias="to", description="Last day that counts.")

    @model_validator(mode="after")
    def _ordered(self) -> Window:
        if self.first and self.last and self.first > self.last:
            raise ValueError("'from' is later than 'to'")
        return self


class AgeFrom(Section):
    """The age at which domestic abuse starts, from a day on."""

    first: date = Field(alias="from", description="First day of incidents that it holds for.")
    age: int = Field(ge=0, le=18, description="Age in years.")


class DomesticAbuse(Section):
    """What counts as domestic abuse."""

    include: tuple[Literal["honour_based", "forced_marriage", "fgm"], ...] = Field(
        (), description="Flags that make an incident DA beside da_flag itself."
    )
    minimum_age: int | tuple[AgeFrom, ...] | None = Field(
        16,
        description="Age from 0 to 18 that both people must have reached when the incident began, where it is known; "
        "null: the flag as recorded. Where the age changed, a list such as [{from: 2011-01-01, age: 18}, "
        "{from: 2013-03-31, age: 16}]; the first age holds for earlier days too.",
    )

    @field_validator("include")
    @classmethod
    def _each_mark_once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))

    @field_validator("minimum_age", mode="before")
    @classmethod
    def _an_age_or_ages_by_date(cls, value: Any) -> Any:
        if value is None or (type(value) is int and 0 <= value <= 18):
            return value
        try:
            ages = TypeAdapter(tuple[AgeFrom, ...]).validate_python(value, strict=None)
        except ValidationError:
            ages = ()
        if not ages or any(isinstance(given.get("age"), bool) for given in value if isinstance(given, dict)):
            raise ValueError(AGES_WANTED)
        if len({given.first for given in ages}) < len(ages):
            raise ValueError("two ages begin on the same day")
        return tuple(sorted(ages, key=lambda given: given.first))


class Reference(Section):
    """Tables that the force supplies; without them the shipped tables are used."""

    severity: str | None = Field(None, description="ONS or Cambridge workbook, or a CSV of code, severity.")
    imd: str | None = Field(None, description="LSOA to deprivation decile, CSV or Excel.")
    population: str | None = Field(
        None, description="Area to number of residents, CSV or Excel: area, population; for rates per 1,000 people."
    )


class Features(Section):
    """Which features describe an offender."""

    preset: str = Field("west_midlands_2022", description="A named list of features.")
    add: tuple[str, ...] = Field((), description="Features of the catalogue to add to the preset.")
    drop: tuple[str, ...] = Field((), description="Features to leave out of the preset.")
    transform: Literal["sqrt", "log1p"] = Field(
        "sqrt",
        description="How counts, severities and durations are made less uneven before clustering: their square root, "
        "or the logarithm of 1 more, which draws long histories nearer to short ones.",
    )
    missing: Literal["exclude", "median"] = Field(
        "exclude",
        description="What becomes of an offender with a missing feature: left out and counted (as the study "
        "did), or given the cohort's median.",
    )


class Clustering(Section):
    """How offenders are grouped. The study prints none of these but k: they are a reconstruction."""

    k: int | Literal["auto"] = Field(
        "auto",
        description="Number of clusters; the study chose 29. auto: 60 for 8,000 people or more, 40 for fewer, and no "
        "more than one for every 40 people.",
    )
    variance: float | None = Field(
        0.9, gt=0, le=1, description="Share of the variance that the principal components keep."
    )
    components: int | None = Field(None, ge=1, description="Number of components, instead of variance.")
    weight: Literal["none", "root_incidents", "incidents", "harm"] = Field(
        "root_incidents",
        description="What an offender counts in the k-medoids objective: 1, the root of the number of their "
        "incidents, that number, or 1 + severity. Two thirds of a cohort have one incident and would take most "
        "clusters if each counted alike; the number itself lets the busiest few take most.",
    )
    metric: Literal["euclidean", "sqeuclidean"] = Field(
        "sqeuclidean",
        description="What k-medoids makes least in total: the distances of offenders from their medoids, or their "
        "squares, which give rare and extreme histories more clusters and ordinary ones fewer.",
    )
    solver: Literal["fasterpam_streamed", "fasterpam", "sklearn_extra"] = Field(
        "fasterpam_streamed",
        description="The k-medoids solver: streamed for any number of offenders; fasterpam and sklearn_extra hold all "
        "distances, for a few thousand.",
    )
    candidates: int | None = Field(
        20_000,
        ge=1,
        description="Offenders tried as medoids, drawn by hash of their id; null means everyone, until no swap "
        "of a medoid for anyone would bring offenders nearer to theirs.",
    )
    seed: int = Field(2022, ge=0, lt=2**32, description="Seed of everything random.")

    @field_validator("k", mode="before")
    @classmethod
    def _a_number_or_auto(cls, value: Any) -> Any:
        if value == "auto" or (type(value) is int and value >= 1):
            return value
        raise ValueError("should be a whole number from 1, or auto")

    @model_validator(mode="after")
    def _one_size(self) -> Clustering:
        if self.components is not None and "variance" in self.model_fields_set and self.variance is not None:
            raise ValueError("give either variance or components, not both")
        return self


class Typology(Section):
    """How clusters get their names."""

    definitions: str = Field(
        "west_midlands_2022",
        description="A file in configs/typologies/ by its name, a path to one, or none: clusters stay numbered.",
    )
    overrides: dict[int, str] = Field(
        default_factory=dict,
        description="An analyst's name for a cluster, by its number; recorded as an override.",
    )


def _rising(edges: tuple[float, ...]) -> tuple[float, ...]:
    if any(later <= earlier for earlier, later in zip((0.0, *edges), edges, strict=False)):
        raise ValueError("should be numbers above 0, each larger than the one before")
    return edges


Edges = Annotated[
    tuple[Annotated[float, Field(allow_inf_nan=False)], ...], Field(min_length=1), AfterValidator(_rising)
]
WholeEdges = Annotated[tuple[int, ...], Field(min_length=1), AfterValidator(_rising)]


class Harm(Section):
    """How harm is analysed. Bands are told by the values at which the second and later ones begin."""

    fewest: int = Field(
        10,
        ge=2,
        description="Least number of people with something, and without it, for their harm to be compared.",
    )
    recency: Edges = Field((91, 182, 365, 730), description="Bands of days since a person's last DA incident.")
    frequency: WholeEdges = Field((2, 3, 5, 10), description="Bands of the number of DA incidents.")
    gravity: Edges = Field(
        (1, 100, 501), description="Bands of the severity of the gravest DA incident, in points of the run's scale."
    )
    victims: WholeEdges = Field((1, 2, 3, 5), description="Bands of the number of people named as victim of DA.")

    @property
    def bands(self) -> dict[str, tuple[float, ...]]:
        """The bands by what they are of."""
        return {name: getattr(self, name) for name in ("recency", "frequency", "gravity", "victims")}


class RecordingBreak(Section):
    """A day from which the force recorded otherwise."""

    date: Day = Field(description="The first day of the new way.")
    what: Annotated[str, Field(min_length=1, description="What changed, in a sentence without its full stop.")]


class Config(Section):
    """The whole configuration; only name and extract are required."""

    name: Annotated[str, Field(min_length=1, description="What the report is called.")]
    extract: Extract
    window: Window = Field(default_factory=Window)
    domestic_abuse: DomesticAbuse = Field(default_factory=DomesticAbuse)
    reference: Reference = Field(default_factory=Reference)
    engine: Engine = Field(default_factory=Engine)
    features: Features = Field(default_factory=Features)
    clustering: Clustering = Field(default_factory=Clustering)
    typology: Typology = Field(default_factory=Typology)
    harm: Harm = Field(default_factory=Harm)
    recording_breaks: tuple[RecordingBreak, ...] = Field(
        (), description="Days from which the force recorded otherwise, beside those that hold everywhere."
    )
    scrutiny: Scrutiny = Field(default_factory=Scrutiny)
    markers: dict[Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")], str] = Field(
        default_factory=dict,
        description="Any boolean column of the extract by a name of its own, such as {children_present: CHILD_PRES}: "
        "counted, and not clustered on unless features.add has it, as marker_children_present.",
    )
    report: Report = Field(default_factory=Report)
    privacy: Privacy = Field(default_factory=Privacy)

    _file: Path | None = PrivateAttr(None)

    @property
    def file(self) -> Path | None:
        """The file it was read from; None where it was made in memory."""
        return self._file

    @property
    def folder(self) -> Path:
        """The folder that paths in it are relative to: the file's, or the current one."""
        return self._file.parent if self._file else Path()

    def read_from(self, file: Path) -> Config:
        """Return the same settings as if they had been read from a file.

        Parameters
        ----------
        file : Path
            The file; paths in the settings are relative to its folder.

        Returns
        -------
        Config
        """
        copy = self.model_copy()
        copy._file = file
        return copy


def load_config(path: str | Path) -> Config:
    """Read and check a configuration.

    Parameters
    ----------
    path : str or Path
        A YAML file.

    Returns
    -------
    Config
        The configuration, with the defaults of settings that are left out.

    Raises
    ------
    ConfigError
        C001 where the file cannot be read, C002 where it is not YAML, C003 where a setting is wrong, C025 where a key
        stands twice.

    Examples
    --------
    >>> import dapipeline as dap
    >>> config = dap.load_config("my_force.yaml")
    >>> config.name
    'my force'
    """
    path = Path(path)
    return checked(Config, read_yaml(path, "config"), f"The config {path}").read_from(path)
