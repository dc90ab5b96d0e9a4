"""How a force writes its offence codes and titles: three ways of each, as extracts of different systems have them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dapipeline.synthetic.house_titles import HOUSE_TITLES

CODES = ("five digits", "slash", "none")
TITLES = ("listed", "formal", "short")
CODED = ["offence_code", "initial_offence_code"]


@dataclass(frozen=True)
class HouseStyle:
    """How codes and titles are written.

    Attributes
    ----------
    codes : str
        One of `CODES`: 00806, 8/06, or no column of codes.
    titles : str
        One of `TITLES`: as in the list of offences, with act and section, or in the short words of a control room.
    """

    codes: str = CODES[0]
    titles: str = TITLES[0]

    def write(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Write the codes and titles of an extract in this style.

        Parameters
        ----------
        rows : pandas.DataFrame
            With offence_code and initial_offence_code, five digits, and offence, as listed.

        Returns
        -------
        pandas.DataFrame
            The same rows; without them where the force has no codes.
        """
        if self.titles != TITLES[0]:
            written = {listed: ways[TITLES.index(self.titles) - 1] for listed, ways in HOUSE_TITLES.items()}
            rows = rows.assign(offence=rows["offence"].map(written).astype("string"))
        if self.codes == "none":
            return rows.drop(columns=CODED)
        if self.codes == "slash":
            return rows.assign(**{
                name: rows[name].str[:3].str.lstrip("0") + "/" + rows[name].str[3:] for name in CODED
            })  # fmt: skip
        return rows


def style_of(codes: float, titles: float) -> HouseStyle:
    """Choose a style; where a force has no codes, its titles are not short, or nothing would tell the offences.

    Parameters
    ----------
    codes, titles : float
        From 0 to 1, below 1.

    Returns
    -------
    HouseStyle
    """
    written = CODES[int(codes * len(CODES))]
    ways = TITLES[:2] if written == "none" else TITLES
    return HouseStyle(written, ways[int(titles * len(ways))])
