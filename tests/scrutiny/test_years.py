"""Years that end on any day."""

from datetime import date

import pytest

from dapipeline.config import Config
from dapipeline.scrutiny.years import place_in_year, year_in_words


@pytest.mark.parametrize(
    ("years", "first", "words"),
    [
        ("financial", 2009, "2009/10"), ("financial", 1999, "1999/00"), ("calendar", 2009, "2009"),
        ("12-31", 2009, "2009"), ("11-30", 2009, "12 months to 2010-11-30"), ("02-28", 2011, "12 months to 2012-02-29"),
        ("02-29", 2011, "12 months to 2012-02-29"), ("02-29", 2012, "12 months to 2013-02-28"),
        ("4-5", 2008, "12 months to 2009-04-05"), ("04-05", 2008, "12 months to 2009-04-05"),
    ],
)  # fmt: skip
def test_a_year_is_called_by_its_last_day(years, first, words):
    scrutiny = Config.model_validate({"name": "x", "extract": {"path": "x"}, "scrutiny": {"years": years}}).scrutiny
    assert year_in_words(first, scrutiny.years) == words


@pytest.mark.parametrize(
    ("day", "years", "year", "passed"),
    [
        (date(2013, 3, 31), "financial", "2012/13", 364 / 365), (date(2013, 4, 1), "financial", "2013/14", 0),
        (date(2012, 7, 1), "calendar", "2012", 182 / 366), (date(2012, 3, 1), "02-29", "12 months to 2013-02-28", 0),
    ],
)  # fmt: skip
def test_a_day_has_its_place_in_a_year(day, years, year, passed):
    assert place_in_year(day, years) == (year, pytest.approx(passed))
