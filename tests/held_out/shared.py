"""What the held-out layouts share: a larger world, workbooks with titles above the header, and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ..layouts.layout import File
from ..layouts.world import generator, world


def many(seed: int, name: str) -> pd.DataFrame:
    """Join two worlds end to end: 1,300 to 2,700 rows, in the order of their dates."""
    first, second = world(seed, name), world(seed + 500, name)
    for who in ("offender", "victim"):
        second[who] = second[who].where(second[who] < 0, second[who] + 9_000)
    for key in ("event", "offence"):
        second[key] += int(first[key].max()) + 1
    rows = pd.concat([first, second]).sort_values("start", kind="stable", ignore_index=True)
    rows["offence"] = np.arange(len(rows))
    return rows


def made(seed: int, name: str) -> tuple[np.random.Generator, pd.DataFrame]:
    """Give a layout its randomness and its rows."""
    return generator(seed, name), many(seed, name)


def plain(moments: pd.Series, pattern: str) -> pd.Series:
    """Write moments month/day/year without leading noughts: {m}/{d}/{Y} {I}:{M}:{S} {p}."""
    return pd.Series(
        [
            ""
            if pd.isna(t)
            else pattern.format(
                m=t.month,
                d=t.day,
                Y=t.year,
                y=f"{t.year % 100:02d}",
                H=t.hour,
                HH=f"{t.hour:02d}",
                I=(t.hour % 12) or 12,
                M=f"{t.minute:02d}",
                S=f"{t.second:02d}",
                p="AM" if t.hour < 12 else "PM",
            )
            for t in moments
        ],
        index=moments.index,
    )


def code_of(words: pd.Series, codes: Mapping[str, str]) -> pd.Series:
    """Give the code beside a word."""
    return words.map(codes).fillna("")


def aged(rows: pd.DataFrame, who: str) -> pd.Series:
    """Write an age, nothing for nobody."""
    return rows[f"{who}_age"].where(rows[who] >= 0).map(lambda age: "" if pd.isna(age) else str(int(age)))


def sexed(rows: pd.DataFrame, who: str, male: str = "M", female: str = "F") -> pd.Series:
    """Write a sex in two words."""
    return rows[f"{who}_sex"].map({"M": male, "F": female}).fillna("")


def coded(rows: pd.DataFrame, who: str, words: Sequence[str]) -> pd.Series:
    """Write an ethnicity by number."""
    return rows[f"{who}_race"].map(dict(enumerate(words))).fillna("")


@dataclass(frozen=True)
class Titled(File):
    """A workbook with lines and a blank row above its header, and every moment in ISO text as Excel keeps it."""

    def write(self, table: pd.DataFrame, folder: Path) -> Path:
        """Write the one sheet."""
        path = folder / self.name
        cells = table.copy()
        for column in cells:
            told = cells.loc[cells[column] != "", column]
            if told.str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d").all():
                cells[column] = pd.to_datetime(cells[column], errors="coerce")
        with pd.ExcelWriter(path, engine="openpyxl") as book:
            above = pd.DataFrame({"": [*self.titles, None]})
            above.to_excel(book, sheet_name="Export", index=False, header=False)
            cells.to_excel(book, sheet_name="Export", index=False, startrow=len(self.titles) + 1)
        return path


US_OFFENCES = {
    "injury": ["AGGRAVATED ASSAULT"],
    "assault": ["SIMPLE ASSAULT"],
    "threats": ["TERRORISTIC THREAT"],
    "harassment": ["HARASSMENT"],
    "stalking": ["STALKING"],
    "coercion": ["UNLAWFUL RESTRAINT"],
    "rape": ["FORCIBLE RAPE"],
    "damage": ["CRIMINAL MISCHIEF"],
    "theft": ["THEFT OF PROPERTY", "SHOPLIFTING"],
    "burglary": ["BURGLARY OF HABITATION"],
    "robbery": ["ROBBERY OF INDIVIDUAL"],
    "drugs": ["POSSESSION OF CONTROLLED SUBSTANCE"],
    "weapons": ["UNLAWFUL CARRYING WEAPON"],
    "public_order": ["DISORDERLY CONDUCT"],
    "breach": ["VIOLATION OF PROTECTIVE ORDER"],
    "no_crime": ["INFORMATION REPORT"],
}
US_RACES = ("White", "Black", "Asian", "Unknown", "Hispanic or Latino")
UK_RACES = ("White British", "Pakistani", "Black Caribbean", "White and Asian", "Not Stated")
OUTCOME_WORDS = {
    "0": ["Not yet assigned an outcome"],
    "1": ["Charged/Summonsed"],
    "3": ["Caution - adult"],
    "8": ["Community resolution"],
    "10": ["Formal action against the offender is not in the public interest (Police)"],
    "15": ["Evidential difficulties named suspect - victim supports"],
    "16": ["Evidential difficulties victim based - named suspect identified"],
    "18": ["Investigation complete - no suspect identified"],
    "20": ["Action undertaken by another body/agency"],
    "21": ["Further investigation not in the public interest"],
}
TWENTY = {
    "partner": ["Husband", "Wife", "Partner", "Boyfriend", "Girlfriend", "Cohabitee"],
    "ex_partner": ["Ex-Husband", "Ex-Wife", "Ex Partner", "Former Partner", "Ex Boyfriend"],
    "parent": ["Mother", "Father", "Step Father"],
    "child": ["Son", "Daughter", "Step Son"],
    "sibling": ["Brother", "Sister", "Half Brother"],
    "other_family": ["Grandmother", "Uncle", "Cousin", "Mother-in-Law"],
    "acquaintance": ["Friend", "Neighbour", "Work Colleague"],
    "stranger": ["Stranger"],
    "none": ["Unknown", ""],
}
