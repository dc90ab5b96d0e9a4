"""The bridge from offence codes to ONS categories."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.reference.ons import bridge, categories, severity_by_code
from dapipeline.reference.tables import offences


def test_category_codes_and_titles():
    published = {
        "codes": ["1, 4.1/10/2", "17A/B", "8N", ""],
        "title": ["Homicide", "Sexual assault on a male", "Assault  with injury ", "Harassment"],
        "severity": [1.0, 2.0, 3.0, 4.0],
    }
    table = categories(pd.DataFrame(published))
    assert table["category"].fillna("").tolist() == ["1", "4.1", "4.10", "4.2", "17A", "17B", "8N", ""]
    assert table["title"].tolist()[3:] == [
        "homicide",
        "sexual assault on a male",
        "sexual assault on a male",
        "assault with injury",
        "harassment",
    ]
    assert table["members"].tolist() == [4, 4, 4, 4, 2, 2, 1, 1]


@pytest.mark.parametrize(
    ("codes", "spelt"),
    [
        ("8n", ["8N"]),
        ("008N", ["8N"]),
        ("004.4", ["4.4"]),
        ("1/4.1/4.2/4.10", ["1", "4.1", "4.2", "4.10"]),
        ("4.1/4.2", ["4.1", "4.2"]),
        ("1, 4.1, 4.2 & 4.10", ["1", "4.1", "4.2", "4.10"]),
        ("29 and 31", ["29", "31"]),
        ("17a, b", ["17A", "17B"]),
    ],
)
def test_codes_are_spelt_out(codes, spelt):
    table = categories(pd.DataFrame({"codes": [codes], "title": ["x"], "severity": [1.0]}))
    assert table["category"].tolist() == spelt


# By code: a category that stands in where the sheet has no other of its kind, and one that goes before it.
LAST_RESORTS = {
    "00808": ("8S", "104"),
    "01908": ("19J", "19C"),
    "01910": ("19K", "19F"),
    "02803": ("28F", "28E"),
    "02800": ("28H", "28G"),
    "02801": ("28D", "28B"),
    "02802": ("28C", "28A"),
    "03002": ("30D", "30C"),
    "03001": ("30B", "30A"),
    "03401": ("34A", "34B"),
    "05714": ("58C", "58D"),
    "05715": ("58A", "58D"),
    "05716": ("58B", "58D"),
    "05800": ("58A", "58D"),
    "14900": ("58C", "58D"),
    "09948": ("96", "99"),
}


@pytest.mark.parametrize("code", LAST_RESORTS)
def test_newer_categories_stand_in_and_change_nothing_else(code):
    last, preferred = LAST_RESORTS[code]
    alone = entries({last: 7.0})
    both = entries({last: 7.0, preferred: 9.0})
    assert severity_by_code(alone).set_index("code")["severity"][code] == 7
    assert severity_by_code(both).set_index("code")["severity"][code] == 9


def test_packaging_waste_is_no_wildlife_crime():
    assert "09600" not in severity_by_code(entries({"96": 248.0}))["code"].tolist()


def entries(weights):
    table = pd.DataFrame({"codes": list(weights), "title": list(weights), "severity": list(weights.values())})
    return categories(table)


def test_bridge_speaks_of_known_codes_and_classes():
    codes = set(offences()["code"])
    known = codes | {code[:3] for code in codes}
    assert set(bridge()["scope"]) <= known


def test_bridge_covers_the_offences_of_domestic_abuse():
    offence = offences().set_index("code")["family"]
    ladder = bridge()
    bridged = set(ladder.loc[ladder["candidate"] != "", "scope"])
    named = set(ladder["scope"])
    kinds = {"homicide", "violence", "controlling_coercive", "criminal_damage", "child_vulnerable"}
    unbridged = {
        code for code in offence.index[offence.isin(kinds)] if (code if code in named else code[:3]) not in bridged
    }
    # Immigration officers, the Children Act, and generic codes of migrated records: no category of their own.
    assert unbridged == {"19442", "19454", "19502", "19505", "99950", "99957"}
