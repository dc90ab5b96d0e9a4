"""One typed model of the YAML configuration: every setting, its default and its reason."""

from __future__ import annotations

import codecs
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from dapipeline.computing import Engine
from dapipeline.errors import ConfigError
from dapipeline.section import Section

Action = Literal["quarantine", "blank", "stop"]


class Extract(Section):
    """Where the extract is and how its layout maps onto the canonical columns."""

    path: str = Field(description="A file, or a pattern such as parts/*.csv, relative to the config file.")
    delimiter: str = Field(",", min_length=1, max_length=1, description="What separates the fields of a CSV.")
    encoding: str = Field("utf-8", description="Any encoding Python knows, such as cp1252 or utf-16.")
    datetime_format: str | None = Field(
        None, description="strptime format of dates with times; ISO 8601 is always read as well."
    )
    date_format: str | None = Field(None, description="strptime format of dates; ISO 8601 is always read as well.")
    missing_values: tuple[str, ...] = Field(
        ("null", "n/a", "nan"),
        description="Texts that mean missing, beside the empty field; case is ignored.",
    )
    columns: dict[str, str] = Field(
        default_factory=dict,
        description="Canonical column to source column; a column left out is looked for under its own name.",
    )
    values: dict[str, dict[str, tuple[str, ...]]] = Field(
        default_factory=dict, description="Canonical column, canonical value, the source's words for it."
    )
    derive: dict[str, str] = Field(
        default_factory=dict,
        description="Canonical column as a scalar SQL expression over canonical and source columns.",
    )
    rules: dict[str, Action] = Field(
        default_factory=dict,
        description="What to do where a rule is broken: quarantine the row, blank the value, or stop.",
    )

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str) -> str:
        try:
            "".encode(value)  # base64 and its like are codecs, but not of text
            return codecs.lookup(value).name
        except (LookupError, UnicodeError):
            raise ValueError(f"{value!r} is not an encoding Python knows") from None

    @field_validator("delimiter")
    @classmethod
    def _one_byte(cls, value: str) -> str:
        if not value.isascii() or value in '"\r\n':
            raise ValueError("the delimiter is one ASCII character, and no quote or line break")
        return value

    @field_validator("datetime_format", "date_format")
    @classmethod
    def _readable_format(cls, value: str | None) -> str | None:
        rest = re.sub(r"%-?[aAbBdfHIjmMpSyYz%]", "", value or "")
        if value is not None and ("%" in rest or rest == value):
            raise ValueError(f"{value!r} is not a strptime format such as %d/%m/%Y %H:%M")
        return value

    @field_validator("values", mode="before")
    @classmethod
    def _yaml_truths_are_words(cls, value: Any) -> Any:
        """YAML reads the keys true and false as booleans; here they name values."""
        if not isinstance(value, dict):
            return value
        return {
            column: {
                _word(key): [_word(v) for v in words] if isinstance(words, list | tuple) else words
                for key, words in mapping.items()
            }
            if isinstance(mapping, dict)
            else mapping
            for column, mapping in value.items()
        }


Model = TypeVar("Model", bound=Section)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Window(Section):
    """The first and the last day on which incidents came to be known (reported, else ended, else started)."""

    first: date | None = Field(None, alias="from", description="First day that counts.")
    last: date | None = Field(None, alias="to", description="Last day that counts.")

    @model_validator(mode="after")
    def _ordered(self) -> Window:
        if self.first and self.last and self.first > self.last:
            raise ValueError("'from' is later than 'to'")
        return self


class DomesticAbuse(Section):
    """What counts as domestic abuse."""

    include: tuple[Literal["honour_based", "forced_marriage", "fgm"], ...] = Field(
        (), description="Flags that make an incident DA beside da_flag itself."
    )
    minimum_age: Literal[16, 18] = Field(
        16, description="Age both people must have reached, where known; 18 before the change of March 2013."
    )


class Reference(Section):
    """Tables that the force supplies; without them the shipped tables are used."""

    severity: str | None = Field(None, description="ONS or Cambridge workbook, or a CSV of code, severity.")
    imd: str | None = Field(None, description="LSOA to deprivation decile, CSV or Excel.")


class Features(Section):
    """Which features describe an offender."""

    preset: str = Field("west_midlands_2022", description="A named list of features.")
    add: tuple[str, ...] = Field((), description="Features of the catalogue to add to the preset.")
    drop: tuple[str, ...] = Field((), description="Features to leave out of the preset.")
    missing: Literal["exclude", "median"] = Field(
        "exclude",
        description="What becomes of an offender with a missing feature: left out and counted (as the study "
        "did), or given the cohort's median.",
    )


class Clustering(Section):
    """How offenders are grouped. The study prints none of these but k: they are a reconstruction."""

    k: int = Field(29, ge=1, description="Number of clusters; the study chose 29.")
    variance: float | None = Field(
        0.9, gt=0, le=1, description="Share of the variance that the principal components keep."
    )
    components: int | None = Field(None, ge=1, description="Number of components, instead of variance.")
    weight: Literal["none", "root_incidents", "incidents", "harm"] = Field(
        "incidents",
        description="What an offender counts in the k-medoids objective: 1, the root of the number of their "
        "incidents, that number, or 1 + severity. Two thirds of a cohort have one incident and would take most "
        "clusters if each counted alike; in a small cohort the number itself lets the busiest few take most.",
    )
    metric: Literal["euclidean", "sqeuclidean"] = Field(
        "euclidean",
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
        description="Offenders tried as medoids, drawn by hash of their id; null means everyone, until no exchange "
        "of a medoid for anyone would bring offenders nearer to theirs.",
    )
    seed: int = Field(2022, ge=0, description="Seed of everything random.")

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


class Report(Section):
    """What the report shows."""

    edition: Literal["internal"] = Field("internal", description="For readers inside the force.")


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
    report: Report = Field(default_factory=Report)


def load_config(path: Path) -> Config:
    """Read and check a configuration.

    Parameters
    ----------
    path : Path
        A YAML file.

    Returns
    -------
    Config
        The configuration, its defaults filled in.

    Raises
    ------
    ConfigError
        C001 where the file cannot be read, C002 where it is not YAML, C003 where a setting is wrong.
    """
    return checked(Config, read_yaml(path, "config"), f"The config {path}")


def read_yaml(path: Path, what: str) -> dict[str, Any]:
    """Read a YAML file of settings, safely.

    Raises
    ------
    ConfigError
        C001 where it cannot be read, C002 where it is not YAML, C003 where it holds no settings.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(
            "C001", f"The {what} {path} cannot be read: {reason}.", "Give the path of a YAML file."
        ) from error
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" (line {where.line + 1})" if where is not None else ""
        raise ConfigError(
            "C002",
            f"The {what} {path} is not valid YAML{line}.",
            "Check the indentation and the colons there; quote texts that hold a colon.",
        ) from error
    if not isinstance(raw, dict):
        raise ConfigError("C003", f"The {what} {path} holds no settings.", "Start from one in configs/.")
    return raw


def checked(model: type[Model], raw: dict[str, Any], what: str) -> Model:
    """Check settings against their model.

    Raises
    ------
    ConfigError
        C003 with every wrong setting in one sentence.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in fault['loc']) or 'settings'}: "
            f"{fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_url=False)
        ]
        number = f"{len(faults)} wrong setting{'s' * (len(faults) > 1)}"
        raise ConfigError(
            "C003",
            f"{what} has {number}: {'; '.join(faults)}.",
            "The settings and their meaning are listed by: dapipeline schema config.",
        ) from error
