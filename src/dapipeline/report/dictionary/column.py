"""What is declared of a column: its heading in words, its unit, and what it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    words : str
        Its heading, for readers.
    meaning : str
        One sentence or two.
    unit : str
        What it is counted or measured in. Empty for text, for true and false, and for numbers that name something.
    """

    words: str
    meaning: str
    unit: str = ""


SHARE = "share"  # of 1
P = "probability"
DAY = "day"  # a text as 2013-03-31
Columns = dict[str, Column]
BOUNDS: Columns = {  # of a share; other intervals are in the unit of what they bound
    "low": Column("Low", "Lower end of the interval of 95% of the share.", SHARE),
    "high": Column("High", "Upper end of the interval of 95% of the share.", SHARE),
}
