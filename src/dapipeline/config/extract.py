"""The settings of an extract: where it is, how it is written, and how it maps onto the canonical columns."""

from __future__ import annotations

import codecs
import re
from typing import Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, field_validator

from dapipeline.config.section import Section

Action = Literal["quarantine", "blank", "stop"]
TRUTHS = {"true": ("true", "yes", "on"), "false": ("false", "no", "off")}


class Extract(Section):
    """Where the extract is and how its layout maps onto the canonical columns."""

    path: str = Field(description="A file, or a pattern such as parts/*.csv, relative to the config file.")
    delimiter: str = Field(",", min_length=1, max_length=1, description="What separates the fields of a CSV.")
    encoding: str = Field("utf-8", description="Any encoding Python knows, such as cp1252 or utf-16.")
    datetime_format: str | None = Field(
        None, description="strptime format of dates with times; ISO 8601 is always read as well."
    )
    date_format: str | None = Field(None, description="strptime format of dates; ISO 8601 is always read as well.")
    sheet: str | None = Field(
        None,
        description="The sheet of a workbook. By default the first one that is not hidden, and further ones of the "
        "same layout as its continuation.",
    )
    skip_rows: int = Field(0, ge=0, le=10_000, description="Lines above the header, such as the title of a report.")
    quoting: Literal["standard", "none", "backslash"] | None = Field(
        None,
        description="How a CSV writes a delimiter inside a field: standard, between double quotes that are doubled "
        "inside; none, quotes are characters like any other; backslash, as MySQL does. By default standard, and a "
        "quote that seems to swallow rows is refused.",
    )
    decimal: Literal[".", ","] = Field(".", description="What stands before the decimals of a number.")
    timezone: str = Field(
        "Europe/London",
        description="The clock of the force: times with an offset or a Z are turned into it, others are taken as they "
        "are.",
    )
    missing_values: tuple[str, ...] = Field(
        (),
        description="Texts that mean missing in every column, beside the empty field and the words that the program "
        "knows; case is ignored.",
    )
    missing_values_only: tuple[str, ...] | None = Field(
        None, description="The only texts that mean missing, instead of the words that the program knows."
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
    covers: Literal["all", "da_suspects"] = Field(
        "all",
        description="Whom the extract was drawn round: all, every crime and incident of the force; or da_suspects, the "
        "records of people with a DA record alone, so that shares of all crime cannot be computed.",
    )
    tolerance: float = Field(
        0.05, ge=0, le=1, description="Share of the rows that one rule may quarantine before a run stops."
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
        if not value.isascii() or value == '"' or not (value.isprintable() or value == "\t"):
            raise ValueError("the delimiter is one ASCII character, and no quote, line break or control character")
        return value

    @field_validator("datetime_format", "date_format")
    @classmethod
    def _readable_format(cls, value: str | None) -> str | None:
        rest = re.sub(r"%-?[aAbBdfHIjmMpSyYz%]", "", value or "")
        if value is not None and ("%" in rest or rest == value):
            raise ValueError(
                f"{value!r} is not a format such as %d/%m/%Y for 31/12/2015, or %d/%m/%Y %H:%M with a time"
            )
        if value is not None and "%I" in value and "%p" not in value:
            raise ValueError(f"{value!r} has hours up to 12 (%I) and nothing for morning or evening (%p)")
        return value

    @field_validator("delimiter", mode="before")
    @classmethod
    def _tab_in_words(cls, value: Any) -> Any:
        return "\t" if value in ("\\t", "tab") else value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is not a time zone such as Europe/London or UTC")
        return value

    @field_validator("values")
    @classmethod
    def _each_word_once(cls, value: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, dict[str, tuple[str, ...]]]:
        for column, mapping in value.items():
            seen: dict[str, str] = {}
            for code, words in mapping.items():
                for word in words:
                    other = seen.setdefault(word.strip().lower(), code)
                    if other != code:
                        raise ValueError(f"{column} has the word {word!r} under {other} and under {code}")
        return value

    @field_validator("values", mode="before")
    @classmethod
    def _truths_are_words(cls, value: Any) -> Any:
        """Turn true and false, and the other words that YAML reads so, into the names of values."""
        if not isinstance(value, dict):
            return value
        return {
            column: {
                _truth(key): [_word(v) for v in words] if isinstance(words, list | tuple) else words
                for key, words in mapping.items()
            }
            if isinstance(mapping, dict)
            else mapping
            for column, mapping in value.items()
        }


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _truth(value: Any) -> str:
    word = _word(value)
    return next((truth for truth, others in TRUTHS.items() if word.lower() in others), word)
