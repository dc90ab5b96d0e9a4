"""Extracts of one or two rows: one year, nobody suspected, nobody harmed, nothing domestic."""

import pytest

import dapipeline as dap

HEADER = "incident_id,offender_id,victim_id,occurred_from,da_flag,is_crime,risk_grade,relationship,arrested,victim_sex"
EXTRACTS = {
    "one year": ["I1,S1,V1,2013-05-01,Y,Y,high,partner,Y,F", "I2,S1,V1,2013-06-01,Y,N,high,partner,N,F"],
    "two years": ["I1,S1,V1,2013-05-01,Y,Y,high,partner,Y,F", "I2,S1,V1,2014-06-01,Y,N,high,partner,N,F"],
    "nobody suspected": ["I1,,V1,2013-05-01,Y,Y,high,,,F"],
    "nobody harmed": ["I1,S1,,2013-05-01,Y,Y,high,,Y,"],
    "nothing domestic": ["I1,S1,V1,2013-05-01,N,Y,,,Y,F"],
    "no crime": ["I1,S1,V1,2013-05-01,Y,N,high,partner,N,F"],
    "nobody at all": ["I1,,,2013-05-01,N,N,,,,"],
    "no relationship": ["I1,S1,V1,2013-05-01,Y,Y,,,Y,F"],
}


def counted(folder, lines):
    (folder / "extract.csv").write_text("\n".join(lines) + "\n")
    (folder / "config.yaml").write_text("name: small\nextract: {path: extract.csv, covers: all}\n")
    return dap.scrutinise(folder / "config.yaml", out=folder / "out").frame("scrutiny")


@pytest.mark.parametrize("rows", EXTRACTS.values(), ids=EXTRACTS)
def test_few_rows_are_counted_as_many_are(tmp_path, rows):
    found = counted(tmp_path, [HEADER, *rows])
    whole = found[(found["area"] == "all") & (found["year"] == "all") & (found["breakdown"] == "all")]
    counts = whole.set_index("indicator")["numerator"]
    domestic = len({row.split(",")[0] for row in rows if row.split(",")[4] == "Y"})
    assert counts.get("da_incidents", 0) == domestic


def test_an_area_called_all_is_not_taken_for_the_sum_of_areas(tmp_path):
    lines = ["incident_id,offender_id,occurred_from,da_flag,is_crime,borough", "I0,S0,2013-05-01,Y,Y,north"]
    lines += [f"I{at},S{at},2013-05-01,Y,Y,{'all' if at % 2 else 'north'}" for at in range(1, 30)]
    found = counted(tmp_path, lines)
    whole = found.query("indicator == 'da_incidents' and year == 'all' and breakdown == 'all'")
    assert whole.set_index("area")["numerator"].to_dict() == {"all": 30, "all (area)": 15, "north": 15}
