"""Delimited text: every record once, with its row number in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from dapipeline.config import Extract
from dapipeline.errors import ExtractError
from dapipeline.extract.characters import holds_line_breaks
from dapipeline.extract.header import PREVIEW, make_header
from dapipeline.extract.quotes import broken_over, dialect, find_swallowed, open_quote
from dapipeline.extract.stream import Utf8Stream
from dapipeline.extract.table import Part, Reading, SourceTable, warn_of_a_full_sheet
from dapipeline.extract.warnings import Warned

BLOCK = 1 << 23  # bytes parsed at a time; a longer record has a quote that never closes


class DelimitedText(SourceTable):
    """A CSV, or text with another delimiter.

    Raises
    ------
    ExtractError
        E101, E103, E105 to E108, E112, E115 to E117, where it cannot be opened or its header makes no sense.
    """

    def __init__(self, path: Path, name: str, extract: Extract) -> None:
        self.path, self.name, self.extract = path, name, extract
        self.skipped, self._looked_for_quotes = 0, False
        records, row_numbers = [], []
        try:
            for at, record in self._records():
                if record:
                    records.append(record)
                    row_numbers.append(at)
                if len(records) == PREVIEW:
                    break
        except csv.Error as error:
            raise self._unreadable() from error
        self.header = make_header(name, records, row_numbers)

    def parts(self, reading: Reading) -> Iterator[Part]:
        """Read the records in blocks.

        Parameters
        ----------
        reading : Reading
            Collects malformed records and warnings, and the digest of the file once all of it has been read.

        Yields
        ------
        Part
            Some records each, in the order of the source.

        Raises
        ------
        ExtractError
            E107 where it is no text in the encoding, E108 and E116 as in `Utf8Stream`, E112 where a quote swallows
            rows.
        """
        stream, malformed = Utf8Stream(self.path, self.extract), _Malformed(self.skipped)
        next_row, blank_rows = self.header.row_numbers[0] + 1, None
        try:
            with io.BufferedReader(stream, BLOCK) as buffered:
                for batch in self._open(buffered, malformed):
                    rows = malformed.numbers(next_row, batch.num_rows)
                    next_row = int(rows[-1]) + 1 if len(rows) else next_row
                    self._refuse_swallowed(batch.columns, reading)
                    empty = _nothing_in(batch.columns)
                    if empty.any():
                        # An empty line is no record; a line of delimiters alone is one.
                        blank_rows = self._blank_rows() if blank_rows is None else blank_rows
                        filled = ~(empty & np.isin(rows, blank_rows))
                        mask = pa.array(filled)
                        columns, rows = [column.filter(mask) for column in batch.columns], rows[filled]
                    else:
                        columns = batch.columns
                    yield Part(self.name, columns, rows, stream.share(), stream.replaced)
                reading.digests[self.name] = stream.digest()
        except (pa.ArrowInvalid, UnicodeError) as error:
            raise self._unreadable() from error
        width = len(self.header.names)
        for row, fields, text in malformed.records:
            if ("\n" in text or "\r" in text) and broken_over(text, self.extract.delimiter, width):
                self._swallowed(reading)
            reading.malformed.append((self.name, row, text))
            reading.widths[fields] = reading.widths.get(fields, 0) + 1
        warn_of_a_full_sheet(reading, self.name, max([next_row - 1, *(row for row, *_ in malformed.records)]))

    def _open(self, buffered: Any, malformed: _Malformed) -> pa_csv.CSVStreamingReader:
        names = [str(at) for at in range(len(self.header.names))]
        quoting = self.extract.quoting
        return pa_csv.open_csv(
            buffered,
            # With several threads the parser does not report the row numbers of malformed records.
            read_options=pa_csv.ReadOptions(
                block_size=BLOCK, column_names=names, use_threads=False,
                skip_rows_after_names=self.header.row_numbers[0] - self.skipped,
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=self.extract.delimiter, newlines_in_values=quoting != "none",
                quote_char=False if quoting == "none" else '"',
                escape_char="\\" if quoting == "backslash" else False,
                ignore_empty_lines=False, invalid_row_handler=malformed.keep,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.binary()), strings_can_be_null=True, null_values=[""]
            ),
        )  # fmt: skip

    def _refuse_swallowed(self, columns: list[pa.Array], reading: Reading) -> None:
        """Find cells with as many delimiters as whole rows would have."""
        delimiter, width = self.extract.delimiter.encode(), len(self.header.names)
        for column in columns:
            if not holds_line_breaks(column):
                continue
            for cell in column.filter(pc.match_substring_regex(column, r"[\r\n]")).to_pylist():
                counts = [line.count(delimiter) for line in cell.splitlines() if line.strip()]
                if width > 1 and (sum(counts) >= (len(counts) - 1) * (width - 1) > 0 or width - 1 in counts[1:]):
                    self._swallowed(reading)

    def _swallowed(self, reading: Reading) -> None:
        """Locate a quote that swallows rows, and refuse it unless the config says that such fields are meant."""
        if self._looked_for_quotes:
            return  # once is enough, as it reads the whole file again
        self._looked_for_quotes = True
        with io.BufferedReader(Utf8Stream(self.path, self.extract)) as stream:
            found = find_swallowed(stream, self.extract, len(self.header.names), self.skipped)
        if found and self.extract.quoting is None:
            raise open_quote(self.name, found)
        if found:
            rows = found.last - found.first
            text = f"A field of {self.name} that begins on line {found.first:,} holds {rows:,} rows of the same layout."
            reading.warnings.append(Warned("W106", "", rows, text))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Read the records one by one with their row numbers, by Python's slower reader."""
        stream = Utf8Stream(self.path, self.extract)
        self.skipped = stream.skipped
        with io.TextIOWrapper(io.BufferedReader(stream), encoding="utf-8", errors="replace", newline="") as text:
            yield from enumerate(csv.reader(text, **dialect(self.extract)), start=self.skipped + 1)  # type: ignore[arg-type]

    def _blank_rows(self) -> np.ndarray:
        """Return the numbers of empty lines, which the fast reader takes for records of empty fields."""
        return np.array([at for at, record in self._records() if not record], dtype=np.int64)

    def _unreadable(self) -> ExtractError:
        with io.BufferedReader(Utf8Stream(self.path, self.extract)) as stream:
            found = find_swallowed(stream, self.extract, 0, self.skipped)
        if found:
            return open_quote(self.name, found)
        return ExtractError(
            "E107",
            f"{self.name} is not text in the encoding {self.extract.encoding} with the delimiter "
            f"{self.extract.delimiter!r}.",
            "Set extract.encoding (exports from Windows are often cp1252) and extract.delimiter.",
        )


class _Malformed:
    """Records with too many or too few fields, as the fast reader reports them: row number, fields, text."""

    def __init__(self, skipped: int) -> None:
        self.skipped = skipped
        self.records: list[tuple[int, int, str]] = []
        self._passed = 0

    def keep(self, row: Any) -> str:
        text = row.text if isinstance(row.text, str) else row.text.decode("utf-8", "replace")
        self.records.append((row.number + self.skipped, row.actual_columns, text))
        return "skip"

    def numbers(self, first: int, count: int) -> np.ndarray:
        """Return the row numbers of records from a row on, leaving out those of malformed records among them."""
        bad = np.array([row for row, *_ in self.records[self._passed :]], dtype=np.int64)
        rows = np.arange(first, first + count + len(bad))
        rows = rows[~np.isin(rows, bad)][:count]
        self._passed += int((bad < (rows[-1] if len(rows) else first)).sum())
        return rows


def _nothing_in(columns: list[pa.Array]) -> np.ndarray:
    """Return which records have no field with anything in it."""
    if not columns or min(column.null_count for column in columns) == 0:
        return np.zeros(len(columns[0]) if columns else 0, dtype=bool)
    empty = np.ones(len(columns[0]), dtype=bool)
    for column in columns:
        empty &= column.is_null().to_numpy(zero_copy_only=False)
        if not empty.any():
            break
    return empty
