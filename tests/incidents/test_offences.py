"""Family and severity of an offence: by its code, else its title, else what the config says; one scale a run."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.incidents.offences import DEFAULT_SCALE, OWN_SCALE, own_common_assault, resolve_offences, untold
from dapipeline.reference.deprivation import read_deprivation
from dapipeline.reference.severity import read_severity

COLUMNS = ["offence_code", "offence", "offence_family"]


def resolve(*recorded, supplied=None, own=False, is_crime=True):
    table = pd.DataFrame(list(recorded), columns=COLUMNS, dtype="string").drop_duplicates()
    return resolve_offences(table.assign(is_crime=is_crime, rows=1), supplied, own)


def one(*recorded, **settings):
    [line] = resolve(recorded, **settings).offences.to_dict("records")
    return line


@pytest.mark.parametrize(
    ("recorded", "family", "by", "severity"),
    [
        (("10501", None, None), "violence", "code", 10),
        (("10501", "Rape", None), "violence", "code", 10),  # the code goes before the title
        ((None, "Rape of a female aged 16 and over", None), "sexual", "title", 2555),
        (("99998", "Murder", None), "homicide", "title", 5475),  # a code that is not on the list
        (("99998", None, "drugs"), "drugs", "family", 3),
        (("04600", None, "violence"), "violence", "code", 1),  # the config's family, the code's severity
        (("99998", "Something nobody heard of", None), "other", "nothing", 10),
        ((None, None, None), "other", "nothing", 10),
    ],
)
def test_family_and_severity_of_the_shipped_tables(recorded, family, by, severity):
    found = one(*recorded)
    assert (found["family"], found["resolved_by"], found["severity"]) == (family, by, severity)


@pytest.mark.parametrize(
    ("recorded", "family", "kind", "by"),
    [
        ((None, "Domestic incident", None), "non_crime", "domestic", "title"),
        ((None, "Domestic incident - child present", None), "non_crime", "domestic", "title"),
        ((None, "Child protection concern", None), "child_vulnerable", "child_protection", "title"),
        ((None, "Vulnerable adult referral", None), "child_vulnerable", "vulnerable_adult", "title"),
        ((None, "Missing person - child", None), "non_crime", "missing_person", "title"),
        ((None, "Mental health - s136", None), "non_crime", "mental_health", "title"),
        ((None, "ASB - nuisance", None), "non_crime", "anti_social_behaviour", "title"),
        ((None, "Breach of bail (domestic)", None), "breach", None, "title"),
        ((None, "Harassment non crime", None), "stalking_harassment", None, "title"),
        (("00806", None, None), "violence", None, "code"),
        (("00806", "Domestic incident", None), "non_crime", "domestic", "title"),  # of a non-crime the title says more
        ((None, "Missing person", "child_vulnerable"), "child_vulnerable", None, "title"),  # the config goes first
        ((None, "Child protection concern", "non_crime"), "non_crime", "other", "title"),
        ((None, "Something nobody heard of", None), "non_crime", None, "nothing"),
        ((None, None, None), "non_crime", None, "nothing"),
    ],
)
def test_what_a_non_crime_is(recorded, family, kind, by):
    found = one(*recorded, is_crime=False)
    assert (found["family"], found["resolved_by"], found["severity"]) == (family, by, 0)
    assert (None if pd.isna(found["kind"]) else found["kind"]) == kind


@pytest.mark.parametrize(
    ("recorded", "is_crime", "against", "compliance"),
    [
        (("01916", None, None), True, "child", None),  # rape of a female child under 13
        (("01908", None, None), True, None, None),  # rape of a female aged 16 or over
        (("07002", None, None), True, "vulnerable_adult", None),
        (("09806", None, None), True, "vulnerable_adult", None),
        (("01103", None, None), True, "child", None),
        ((None, "Meeting a child following sexual grooming", None), True, "child", None),
        ((None, "Child abuse investigation", None), False, "child", None),
        (("08301", None, None), True, None, "breach"),
        (("06639", None, None), True, None, "breach"),
        (("08306", None, None), True, None, "breach"),  # at large after recall
        (("07901", None, None), True, None, None),  # perverting justice is no breach
        (("06617", None, None), True, None, None),  # nor is a sex offender's failure to notify
        (("07904", None, None), True, None, "witness"),
        (("10423", None, None), True, None, "police_assault"),
        (("00412", None, None), True, None, "dangerous_driving"),
        (("80701", None, None), True, None, None),  # driving whilst disqualified
        (("14900", None, None), True, None, "criminal_damage"),
        ((None, "Recall to prison", None), False, None, "breach"),
        (("06639", None, None), False, None, "breach"),  # a non-crime that only a code tells
        ((None, "Child protection concern", "non_crime"), False, None, None),  # the config says that it is none
        ((None, None, "breach"), False, None, "breach"),
    ],
)
def test_what_an_offence_says_beyond_its_family(recorded, is_crime, against, compliance):
    found = one(*recorded, is_crime=is_crime)
    assert [None if pd.isna(found[name]) else found[name] for name in ("against", "compliance")] == [
        against, compliance
    ]  # fmt: skip


def test_a_crime_that_the_config_calls_none_is_told_by_its_code():
    assert one("10501", None, "non_crime")["family"] == "violence"


def test_each_offence_is_resolved_once_in_a_fixed_order():
    lines = [("10501", "B", None), (None, "A", None), ("10501", "A", None), ("10501", "B", None)]
    found = resolve(*lines).offences
    keys = found[["offence_code", "offence"]].fillna("-").to_numpy().tolist()
    assert keys == [["-", "A"], ["10501", "A"], ["10501", "B"]]
    assert found.equals(resolve(*lines[::-1]).offences)


@pytest.fixture
def weights(tmp_path):
    (tmp_path / "weights.csv").write_text("code,severity\n10501,12.5\n8/6,400\n")
    return read_severity(tmp_path / "weights.csv")


def test_the_scale_is_the_extract_s_own_before_a_named_table_before_the_default(weights):
    recorded = ("10501", None, None)
    own = resolve(recorded, supplied=weights, own=True)
    assert own.scale == OWN_SCALE
    assert own.offences["severity"].isna().all()
    named = resolve(recorded, supplied=weights)
    assert (named.scale, named.offences["severity"].tolist()) == ("force-supplied", [12.5])
    default = resolve(recorded)
    assert (default.scale, default.offences["severity"].tolist()) == (DEFAULT_SCALE, [10])


def test_a_severity_that_the_named_table_lacks_is_missing_and_not_of_another_scale(weights):
    found = resolve(("04600", "Shoplifting", None), ("00806", None, None), supplied=weights).offences
    assert found["severity"].isna().tolist() == [False, True]
    assert found["severity"].tolist()[0] == 400
    assert found["family"].tolist() == ["violence", "acquisitive"]  # families do not need it


def test_what_has_no_severity_adds_nothing_to_an_incident(build, weights):
    tables = build({"offence_code": "10501"}, {"offence_code": "04600"}, supplied=weights)
    assert [row["severity"] for row in tables["offences"]] == [None if row["offence_code"] == "04600" else 12.5
                                                              for row in tables["offences"]]  # fmt: skip
    assert float(tables["incidents"][0]["severity"]) == 12.5


def test_a_common_assault_weighs_what_the_scale_says_whether_or_not_one_is_recorded(weights, tmp_path):
    theft = ("04600", None, None)
    assert resolve(theft).common_assault == 10
    assert resolve(theft, supplied=weights).common_assault == 12.5
    assert resolve(theft, own=True).common_assault is None
    (tmp_path / "without.csv").write_text("code,severity\n8/6,400\n")
    assert resolve(theft, supplied=read_severity(tmp_path / "without.csv")).common_assault is None


def test_on_the_extract_s_own_scale_it_weighs_the_median_of_those_recorded(rows_of):
    assault = {"offence_code": "10501"}
    rows = [assault | {"severity": value, "incident_id": f"I{at}"} for at, value in enumerate((3.0, None, 9.0, 4.0))]
    assert own_common_assault(rows_of(*rows, {"offence_code": "00806", "severity": 100.0})) == 4
    assert own_common_assault(rows_of({"offence_code": "00806", "severity": 100.0})) is None
    assert own_common_assault(rows_of(assault | {"severity": 0.0})) is None


def test_titles_that_tell_nothing_are_listed_with_their_rows():
    recorded = pd.DataFrame(
        [(False, "Zog", 12), (False, "Yib", 3), (False, "Xan", 4), (True, "Zog", 10), (False, "Missing person", 50),
         (False, None, 20)],
        columns=["is_crime", "offence", "rows"],
    ).assign(offence_code=pd.NA, offence_family=pd.NA)  # fmt: skip
    listed = untold(resolve_offences(recorded.astype({"offence": "string"}), None, own=False).offences, 10)
    assert listed.to_numpy().tolist() == [
        [False, "no title", 1, 20], [False, "Zog", 1, 12], [True, "Zog", 1, 10],
        [False, "titles of fewer than 10 rows", 2, 7],
    ]  # fmt: skip


# Deprivation of the place


@pytest.fixture
def deciles(tmp_path):
    (tmp_path / "imd.csv").write_text("lsoa,imd_decile\nE01000001,1\nE01000002,10\n")
    return read_deprivation(tmp_path / "imd.csv")


PLACES = [
    ({"lsoa": "E01000002"}, 10),
    ({"lsoa": "e01000001"}, 1),
    ({"lsoa": "E01999999"}, None),
    ({"lsoa": None, "imd_decile": "4"}, 4),
    ({"lsoa": "E01000002", "imd_decile": "4"}, 4),  # what the row says goes first
    ({"lsoa": "E01000002", "imd_decile": None}, 10),
]


def test_the_decile_of_a_place(build, deciles):
    tables = build(*(row | {"incident_id": f"I{at}"} for at, (row, _) in enumerate(PLACES)), deprivation=deciles)
    assert [row["imd_decile"] for row in tables["incidents"]] == [decile for _, decile in PLACES]


def test_without_a_table_only_the_row_speaks(build):
    [incident] = build({"lsoa": "E01000002"})["incidents"]
    assert incident["imd_decile"] is None
