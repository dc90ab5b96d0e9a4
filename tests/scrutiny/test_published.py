"""The published tables, typed line by line: their rates follow from their counts, and their own faults are found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.published import read_published
from dapipeline.scrutiny.published import AGREES, CUT, DIFFERS, band, check_published, rounding

PUBLISHED = Path(__file__).parent / "published.csv"
BOROUGHS = "MPS VAW 2010, boroughs"
# What is printed wrongly or with itself at odds, and that no sum, share or comparison of two numbers can show.
BEYOND = {
    "X6": "unit: cases solved, then people charged or cautioned",
    "X7": "plausible: a remainder of 108 is not explained, and not wrong",
    "X8": "unit: 143 records and 208 victims, without a word on several a record",
    "X10": "definition: adults only, yet victims of 0 to 17 are counted",
    "X14": "denominator: the counts of that year are not printed",
    "X15": "period: two pairs of shares under the same heading",
    "X17": "period: twelve months told as a financial year",
    "X25": "rival values of different years, one of them a remark",
    "X27": "plausibility: few active cases beside the crimes of a year",
    "X28": "plausibility: a share that is high beside another",
    "X29": "overlap: one outcome is a kind of the other",
    "X31": "wording: just under half against 44 of 241",
    "X32": "wording: nearly a third, at least a third",
    "X34": "unlike measures beside each other",
    "X35": "wording: 64% called just under three quarters",
    "X42": "rival values in words, of other periods",
    "X44": "denominator: two kinds of share in one list",
    "X45": "numbering of paragraphs",
    "X46": "rival wording of a recommendation",
}


@pytest.fixture(scope="module")
def published():
    return read_published(PUBLISHED)


@pytest.fixture(scope="module")
def found(published):
    return check_published(published)


def test_every_fault_that_arithmetic_can_find_is_found_and_the_others_are_listed(found):
    faults = set(found.loc[found["finding"] != AGREES, "note"]) - {""}
    assert faults | set(BEYOND) == {f"X{n}" for n in range(1, 49)}
    assert not faults & set(BEYOND)


def test_nothing_else_is_called_a_fault(found):
    assert found[(found["finding"] != AGREES) & (found["note"] == "")].empty
    assert (found["finding"] == AGREES).sum() > 200


def test_the_rows_fall_short_of_the_totals_by_what_was_counted_by_hand(found):
    totals = found[(found["table"] == BOROUGHS) & (found["row"] == "total") & (found["note"] == "X11")]
    totals = totals[totals["finding"] != AGREES].set_index("figure")
    short = totals["value"].astype(float) - totals["computed"]
    assert short.to_dict() == {
        "incidents": 27, "offences": 15, "sanction_detections": 9, "charges": 8, "cautions": 1
    }  # fmt: skip


def test_the_published_counts_give_the_published_rates(published):
    cells = published[published["unit"] == "count"].pivot_table("amount", ["table", "row"], "figure", aggfunc="first")
    boroughs = cells.loc[BOROUGHS].drop(index="total")
    detected = boroughs["sanction_detections"] / boroughs["offences"]
    crimes = boroughs["offences"] / boroughs["incidents"]
    cautioned = boroughs["cautions"] / boroughs["sanction_detections"]
    ends = [(round(share.min(), 3), round(share.max(), 3)) for share in (detected, crimes, cautioned)]
    assert ends == [(0.414, 0.607), (0.341, 0.524), (0.335, 0.604)]
    total = cells.loc[(BOROUGHS, "total")]
    assert round(total["sanction_detections"] / total["offences"], 3) == 0.489
    counts = cells.loc["MPS 2008, counts"]
    assert round(100 * counts.loc["SPI8a", "incidents with an arrest"] / counts.loc["SPI8a", "incidents"], 1) == 42.1
    repeat = [counts.loc["twice or more", f"victims by {of}"] / counts.loc["total", f"victims by {of}"]
              for of in ("incidents", "offences")]  # fmt: skip
    np.testing.assert_allclose(repeat, [0.305, 0.278], atol=0.0005)


@pytest.mark.parametrize(("printed", "computed", "finding"), [
    ("46", 46.9, CUT), ("46", 46.4, AGREES), ("49", 48.9, AGREES), ("24.5", 24.598, CUT), ("7", 15.8, DIFFERS),
    ("1,204", 1204.0, AGREES), ("50", 50.5, AGREES),
])  # fmt: skip
def test_a_number_is_rounded_cut_or_another(printed, computed, finding):
    assert rounding(printed, computed) == finding


def test_bands_are_read():
    assert band("18-25") == (18, 25.0) and band("50+") == (50, np.inf) and band("under 20") == (0, 19.0)
    assert band("White European") is None


def test_lines_are_held_against_the_cells_of_a_run():
    run = pd.DataFrame(
        [("da_incidents", "Barnet", "2010", "all", "all", 3525.0, np.nan, 3525.0),
         ("sanction_detection_rate", "Barnet", "2010", "all", "all", 730.0, 1202.0, 730 / 1202)],
        columns=["indicator", "area", "year", "breakdown", "group", "numerator", "denominator", "rate"],
    )  # fmt: skip
    lines = pd.DataFrame(
        [("t", "Barnet", "incidents", "3,525", "count", "da_incidents", 3525.0),
         ("t", "Barnet", "detected", "60", "percent", "sanction_detection_rate", 60.0),
         ("t", "Barnet", "crimes", "12", "count", "da_offences", 12.0),
         ("t", "Barnet", "wrong", "3,000", "count", "da_incidents", 3000.0)],
        columns=["table", "row", "figure", "value", "unit", "indicator", "amount"],
    )  # fmt: skip
    lines = lines.assign(
        number="", of="", within="", block="", area="Barnet", year="2010", breakdown="", group="", note=""
    )
    found = check_published(lines, run)
    assert found["finding"].tolist() == [AGREES, CUT, "not in the run", DIFFERS]
    assert set(found["against"]) == {"the run"}


def test_a_file_of_another_form_is_one_clear_error(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(ReferenceTableError, match="R016"):
        read_published(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("table,row,figure,value\nt,r,f,many\n", encoding="utf-8")
    with pytest.raises(ReferenceTableError, match=r"R017: Line 2 of b\.csv has the value 'many'"):
        read_published(tmp_path / "b.csv")
    with pytest.raises(ReferenceTableError, match="R001"):
        read_published(tmp_path / "none.csv")
