"""Invisible characters: found quickly in the bytes of a column, and removed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

LINE_FEED, CARRIAGE_RETURN = 10, 13
LONGEST_WORD = 40  # characters
REPLACED = "\ufffd"
UNSEEN = r"[\x{00AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}\x00-\x08\x0E-\x1F\x7F]"
SPACES = r"[\x{00A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{0085}]"


def _bytes_of(column: pa.Array) -> np.ndarray:
    _, offsets, data = column.buffers()
    if data is None or offsets is None:
        return np.empty(0, dtype=np.uint8)
    ends = np.frombuffer(offsets, dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    return np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]]


def holds_line_breaks(column: pa.Array) -> bool:
    """Return whether any cell of a column contains a line feed or a carriage return.

    Parameters
    ----------
    column : pyarrow.Array
        Text or bytes.

    Returns
    -------
    bool
    """
    found = _bytes_of(column)
    return bool(((found == LINE_FEED) | (found == CARRIAGE_RETURN)).any())


def is_plain(column: pa.Array) -> bool:
    """Return whether all cells of a column are printable ASCII.

    Parameters
    ----------
    column : pyarrow.Array
        Text or bytes.

    Returns
    -------
    bool
    """
    found = _bytes_of(column)
    return not bool(((found < 0x20) | (found > 0x7E)).any())


def as_text(column: pa.Array, marked: bool) -> tuple[pa.Array, np.ndarray]:
    """Decode a column of bytes as UTF-8.

    Parameters
    ----------
    column : pyarrow.Array
        Bytes or text.
    marked : bool
        Whether U+FFFD in it may stand for bytes that are no text.

    Returns
    -------
    text : pyarrow.StringArray
        What is not UTF-8 is replaced by U+FFFD.
    bad : ndarray of int
        Positions of the cells in which something was replaced.
    """
    try:
        text = column.cast(pa.string())
    except pa.ArrowInvalid:
        cells = column.to_pylist()
        text = pa.array([None if cell is None else cell.decode("utf-8", "replace") for cell in cells], pa.string())
        marked = True
    if not marked:
        return text, np.empty(0, dtype=np.int64)
    found = pc.fill_null(pc.match_substring(text, REPLACED), False)
    return text, np.flatnonzero(found.to_numpy(zero_copy_only=False))


def words_among(column: pa.Array, words: pa.Array) -> dict[str, str]:
    """Find which of some words are cells of a column, whatever their case, blanks and final full stop.

    Parameters
    ----------
    column : pyarrow.StringArray
        The cells.
    words : pyarrow.StringArray
        The words, lower case.

    Returns
    -------
    dict of str to str
        The cell, lower case and trimmed, to the word.
    """
    cells = pc.utf8_lower(pc.utf8_trim_whitespace(column.unique()))
    cells = cells.filter(pc.less_equal(pc.utf8_length(cells), LONGEST_WORD))
    plain = pc.replace_substring_regex(pc.replace_substring_regex(cells, r"\s+", " "), r"(.)\.$", r"\1")
    found: dict[str, str] = {}
    for forms in (plain, cells):
        hits = pc.is_in(forms, value_set=words)
        found |= dict(zip(cells.filter(hits).to_pylist(), forms.filter(hits).to_pylist(), strict=True))
    return {cell: word for cell, word in found.items() if cell is not None}


def without_unseen(column: pa.Array) -> tuple[pa.Array, int]:
    """Remove characters that do not show and put accents into one form (Unicode NFC).

    Parameters
    ----------
    column : pyarrow.StringArray
        The cells.

    Returns
    -------
    column : pyarrow.StringArray
        Without zero-width and control characters, with plain spaces for the typographic ones.
    changed : int
        How many cells this changed.
    """
    seen = pc.replace_substring_regex(column, UNSEEN, "")
    seen = pc.utf8_normalize(pc.replace_substring_regex(seen, SPACES, " "), form="NFC")
    return seen, int(pc.sum(pc.not_equal(seen, column)).as_py() or 0)
