"""Compare the committed offence table with the Ministry of Justice's list, which is not committed.

Usage: python tests/reference_room/check_source.py PATH_TO_home_office_offences.csv
Exit status 1 where a code is missing or unknown, too much is "other", or the title patterns have slipped.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from dapipeline.reference import tables
from dapipeline.reference import titles as by_title

UNCOUNTED = ["motoring", "regulatory", "other"]
OTHER_ALLOWED = 0.10
TITLES_NEEDED = 0.90


def measure(source: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return the figures and the gaps, each as sentences."""
    table = tables.offences().set_index("code")
    listed = source.set_index("offence_code")
    missing, unknown = listed.index.difference(table.index), table.index.difference(listed.index)
    joined = table.join(listed, how="inner")
    crime = joined[~joined["family"].isin(["motoring", "regulatory"])]
    other = float((crime["family"] == "other").mean())
    named = joined[~joined["family"].isin(UNCOUNTED)]
    titles = named["title"].str.replace(r" *\[Use this code.*", "", regex=True)
    found = by_title.match_titles(titles).fillna("")
    family = float((found["family"] == named["family"]).mean())
    subgroup = float((found["subgroup"] == named["subgroup"]).mean())
    rest = joined[joined["family"].isin(UNCOUNTED)]
    stray = by_title.match_titles(rest["title"])["family"].fillna("other")
    figures = [
        f"{len(listed)} codes in the source, {len(table)} in the table.",
        f"{other:.1%} of {len(crime)} codes outside motoring and regulatory are 'other'.",
        f"Of {len(named)} titles the patterns find {family:.1%} of families, {subgroup:.1%} of subgroups.",
        f"They give a crime family to {int((~stray.isin(UNCOUNTED)).sum())} of {len(rest)} other titles.",
    ]
    gaps = []
    if len(missing):
        gaps.append(f"{len(missing)} codes of the source are not in the table: {list(missing[:5])}.")
    if len(unknown):
        gaps.append(f"{len(unknown)} codes of the table are not in the source: {list(unknown[:5])}.")
    if other > OTHER_ALLOWED:
        gaps.append(f"'Other' holds {other:.1%}, more than {OTHER_ALLOWED:.0%}.")
    if family <= TITLES_NEEDED:
        gaps.append(f"The title patterns find {family:.1%}, not more than {TITLES_NEEDED:.0%}.")
    return figures, gaps


def main(arguments: list[str]) -> int:
    """Print figures and gaps; return the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print(__doc__)
        return 1
    figures, gaps = measure(pd.read_csv(arguments[0], dtype="string"))
    print("\n".join([*figures, *(f"GAP: {gap}" for gap in gaps)]))
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
