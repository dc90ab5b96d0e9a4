"""Residents of areas from the force's own table."""

import pytest

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.population import read_population


def written(tmp_path, text):
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_residents_are_read_by_area(tmp_path):
    found = read_population(written(tmp_path, 'A title\nborough,population\nNorth,"120,000"\nSouth,80000\n'))
    assert found.to_dict() == {"North": 120_000.0, "South": 80_000.0}


@pytest.mark.parametrize(("text", "code"), [
    ("area,people\nNorth,1\n", "R014"), ("area,population\nNorth,many\n", "R015"),
    ("area,population\nNorth,0\n", "R015"),
    ("area,population\nNorth,5\nNorth,6\n", "R008"), ("area,population\n", "R010"),
])  # fmt: skip
def test_a_wrong_table_is_one_clear_error(tmp_path, text, code):
    with pytest.raises(ReferenceTableError, match=code):
        read_population(written(tmp_path, text))
