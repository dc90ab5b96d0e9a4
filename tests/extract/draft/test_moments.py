"""How dates are written: every text is tried, and dates that may be day first or month first are pointed out."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml

from dapipeline.config import load_config
from dapipeline.extract.draft import draft_config
from dapipeline.extract.intake import take_in

DAYS = pd.date_range("2015-01-01 09:30", periods=60, freq="37h")


@pytest.fixture
def drafted(tmp_path):
    """Draft a config for columns of dates, ids and a flag; return the draft and the rows that a run would read."""

    def draft(**columns):
        rows = len(next(iter(columns.values())))
        base = {"INCIDENT_NO": [f"I{n}" for n in range(rows)], "SUSPECT_ID": [f"N{n % 25}" for n in range(rows)],
                "DA_FLAG": ["YN"[n % 2] for n in range(rows)], "IS_CRIME": ["Y"] * rows}  # fmt: skip
        path = tmp_path / "extract.csv"
        pd.DataFrame(base | columns).to_csv(path, index=False)
        found = draft_config(path, folder=tmp_path)
        (tmp_path / "config.yaml").write_text(found.text)
        kept = take_in(path, load_config(tmp_path / "config.yaml")).extracted.kept.order_by("source_row").to_pandas()
        return found, kept

    return draft


@pytest.mark.parametrize(
    "pattern",
    ["%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p", "%d-%b-%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M",
     "%d/%m/%y %H:%M", "%Y%m%d %H%M", "%d %B %Y %H:%M", "%Y-%m-%d %H:%M:%S.%f"],
)  # fmt: skip
def test_moments_are_read_as_they_are_written(drafted, pattern):
    _, kept = drafted(INCIDENT_DATE=DAYS.strftime(pattern))
    assert list(kept["occurred_from"]) == list(DAYS)


def test_the_other_order_of_day_and_month_is_said_to_be_impossible(drafted):
    assert "%m/%d/%Y cannot" in drafted(INCIDENT_DATE=DAYS.strftime("%d/%m/%Y"))[0].text


def test_where_no_day_exceeds_twelve_a_person_is_asked(drafted):
    days = [day for day in pd.date_range("2014-01-01", "2018-12-31") if day.day <= 12][:300]
    found, kept = drafted(INCIDENT_DATE=[day.strftime("%d/%m/%Y") for day in days])
    assert any("no day of it exceeds 12" in doubt for doubt in found.doubts)
    assert list(kept["occurred_from"]) == days  # the British order until then


def test_a_column_of_the_same_hand_decides(drafted):
    early = [day for day in pd.date_range("2014-01-01", "2018-12-31") if day.day <= 12][:60]
    later = [day + pd.Timedelta(days=9) for day in early]
    found, kept = drafted(
        INCIDENT_DATE=[day.strftime("%m/%d/%Y") for day in early],
        REPORTED_DATE=[day.strftime("%m/%d/%Y") for day in later],
    )
    assert list(kept["occurred_from"]) == early
    assert not any("other way round" in doubt for doubt in found.doubts)


def test_columns_written_in_two_ways_that_can_be_confused_are_each_read_their_own(drafted):
    found, kept = drafted(
        INCIDENT_DATE=DAYS.strftime("%d/%m/%Y"), REPORTED_DATE=(DAYS + pd.Timedelta(days=2)).strftime("%m/%d/%Y")
    )
    assert list(kept["occurred_from"]) == list(DAYS.normalize())
    assert list(kept["reported_at"]) == list((DAYS + pd.Timedelta(days=2)).normalize())
    assert "strptime" in found.text


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("%d/%m/%Y", "%-H:%M"),
        ("%Y-%m-%d", "%-H%M"),
        ("%m/%d/%Y 12:00:00 AM", "%H%M"),
        ("%Y-%m-%d", "%H:%M:%S"),
        ("%d/%m/%Y", "%-H"),
    ],
)
def test_a_day_and_its_clock_become_a_moment(drafted, day, clock):
    found, kept = drafted(INCIDENT_DATE=DAYS.strftime(day), INCIDENT_TIME=DAYS.strftime(clock))
    whole = DAYS.floor("h") if clock == "%-H" else DAYS
    assert list(kept["occurred_from"]) == list(whole)
    assert "INCIDENT_TIME" not in found.unmapped


def test_a_month_is_its_first_day(drafted):
    _, kept = drafted(MONTH=DAYS.strftime("%Y-%m"))
    assert list(kept["occurred_from"]) == [day.replace(day=1).normalize() for day in DAYS]


def test_births_of_two_digits_are_read_in_their_century(drafted):
    births = pd.date_range("1931-05-17", "1999-12-31", periods=60).normalize()
    _, kept = drafted(INCIDENT_DATE=DAYS.strftime("%d/%m/%Y %H:%M"), SUSPECT_DOB=births.strftime("%d-%b-%y"))
    assert [str(day)[:10] for day in kept["offender_dob"]] == list(births.strftime("%Y-%m-%d"))


def test_days_as_excel_counts_them_are_pointed_out(drafted):
    serials = [str(42_000 + n) for n in range(60)]
    found, _ = drafted(INCIDENT_DATE=DAYS.strftime("%d/%m/%Y"), CREATED=serials)
    assert "days as Excel counts them, to be exported as dates: CREATED" in found.text


def test_a_name_that_yaml_reads_its_own_way_is_quoted(drafted):
    found, _ = drafted(INCIDENT_DATE=DAYS.strftime("%d/%m/%Y"))
    assert (
        yaml.safe_load(found.text)["extract"]["date_format" if "date_format" in found.text else "datetime_format"]
        == "%d/%m/%Y"
    )
