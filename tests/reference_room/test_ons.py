"""The bridge from offence codes to ONS categories."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.reference.ons import bridge, categories
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
