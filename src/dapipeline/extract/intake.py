"""The intake of an extract: its files are found, read as text, mapped and judged by rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dapipeline.artefacts.scratch import private_folder
from dapipeline.artefacts.secret_key import Key
from dapipeline.config import Config
from dapipeline.engine import connect
from dapipeline.errors import ExtractError
from dapipeline.extract.canonical import Mapping, plan_mapping
from dapipeline.extract.checks import look_for_warnings
from dapipeline.extract.files import find_files
from dapipeline.extract.forms import look_at_forms
from dapipeline.extract.header import unlike
from dapipeline.extract.missing import all_words_for_missing
from dapipeline.extract.pseudonyms import with_pseudonyms
from dapipeline.extract.rows import ExtractedRows, extract_rows
from dapipeline.extract.source import open_source, write_raw
from dapipeline.extract.table import Reading, SourceTable
from dapipeline.extract.tolerance import too_much_quarantined
from dapipeline.extract.warnings import warnings_table
from dapipeline.say import Say, silent


@dataclass(frozen=True)
class Intake:
    """An extract taken in.

    Attributes
    ----------
    mapping : Mapping
        Which source column or expression gave which canonical column.
    extracted : ExtractedRows
        Rows, what was quarantined, what was blanked, and the counts.
    warnings : pandas.DataFrame
        quality/warnings.csv.
    digests : dict of str to str
        File to the SHA-256 of what was read of it.
    refusal : ExtractError or None
        Why a run must not go on with these rows: a rule quarantined more of them than extract.tolerance.
    """

    mapping: Mapping
    extracted: ExtractedRows
    warnings: pd.DataFrame
    digests: dict[str, str]
    refusal: ExtractError | None

    @property
    def columns(self) -> list[str]:
        """The canonical columns that hold something."""
        empty = set(self.warnings.loc[self.warnings["code"] == "W309", "column"])
        return [name for name in self.mapping.present if name not in empty]


def take_in(pattern: Path, config: Config, say: Say = silent, key: Key | None = None) -> Intake:
    """Read, map and judge the files of an extract.

    Parameters
    ----------
    pattern : Path
        A file, or a pattern over several of one layout.
    config : Config
        How to read and judge them.
    say : callable
        Called with what is being done, and the share of it that is done.
    key : Key, optional
        With it, what is handed on has pseudonyms instead of ids.

    Returns
    -------
    Intake

    Raises
    ------
    ExtractError, ConfigError
        Where the files cannot be read or the mapping does not fit them.
    """
    sources = [open_source(path, name, config.extract) for name, path in find_files(pattern).items()]
    mapping = plan_mapping(config.extract, sources[0].header, config.markers)
    _check_same_layout(sources)
    # DuckDB whatever the engine of the later packages: the files are on this machine, and DuckDB parses the dates.
    connection = connect(config.engine.of_kind("duckdb"))
    reading = Reading(looked_for=all_words_for_missing(config.extract))
    with private_folder(config.engine.temp_directory) as folder:
        raw_file = folder / "raw.parquet"
        names = write_raw(raw_file, sources, mapping.used, reading, say)
        say("judging rows")
        connection.create_view("raw", connection.read_parquet(str(raw_file)), overwrite=True)
        malformed = connection.create_table("malformed", reading.malformed_table(), temp=True)
        forms = look_at_forms(connection, mapping.columns, reading.words)
        extracted = extract_rows(connection, names, malformed, mapping, forms, config)
        refusal = too_much_quarantined(connection, extracted.counts, reading.widths, config.extract, quotes=key is None)
        found = [
            *reading.warnings,
            *look_for_warnings(connection, extracted.kept, extracted.counts, mapping, forms, config),
        ]
        if key:
            extracted = with_pseudonyms(connection, extracted, key, config.privacy.keep_raw_rows)
        return Intake(mapping, extracted, warnings_table(found), reading.digests, refusal)


def _check_same_layout(sources: list[SourceTable]) -> None:
    for source in sources[1:]:
        different = unlike(sources[0].header, source.header, (sources[0].name, source.name))
        if different:
            raise different
