import pandas as pd
import pytest

from dapipeline.analysis.medoids import lay_out

INCIDENTS = {  # incident: start, DA
    "I9": ("2015-03-01", True),
    "I2": ("2016-07-04", False),
    "I5": ("2014-01-01", True),
}
OFFENCES = [  # offender, incident, key, offence
    ("P", "I9", "b", "harassment"), ("P", "I2", "a", "theft"), ("P", "I9", "a", "assault"), ("Q", "I5", "a", "assault"),
]  # fmt: skip


@pytest.fixture
def histories():
    offences = pd.DataFrame(OFFENCES, columns=["offender_id", "incident_id", "offence_key", "offence"])
    offences["occurred_from"] = pd.to_datetime(offences["incident_id"].map(lambda i: INCIDENTS[i][0]))
    offences["is_da"] = offences["incident_id"].map(lambda i: INCIDENTS[i][1])
    offences["below_age"] = False
    victims = pd.DataFrame(
        [
            ("P", "I9", "v2", "M", 9, "child"),
            ("P", "I9", "v1", "F", 31, "partner"),
            ("Q", "I5", "v1", "F", 50, "parent"),
        ],
        columns=["offender_id", "incident_id", "victim_key", "victim_sex", "victim_age", "relationship"],
    )
    medoids = pd.DataFrame({"cluster": [2, 1], "offender_id": ["P", "Q"]})
    return lay_out(medoids, offences, victims)


def test_offences_stand_in_order_of_cluster_time_and_key(histories):
    shown = histories[["cluster", "incident_number", "incident_id", "offence"]].to_numpy().tolist()
    assert shown == [
        [1, 1, "I5", "assault"],
        [2, 1, "I9", "assault"],
        [2, 1, "I9", "harassment"],
        [2, 2, "I2", "theft"],
    ]


def test_the_first_victim_is_shown_and_all_are_counted(histories):
    assert histories["victims"].tolist() == [1, 2, 2, 0]
    assert histories["relationship"].tolist()[:3] == ["parent", "partner", "partner"]
    assert histories["victim_age"].tolist()[:3] == [50, 31, 31]
    assert pd.isna(histories["relationship"].iloc[3])


def test_one_medoid_may_stand_for_two_clusters():
    medoids = pd.DataFrame({"cluster": [1, 2], "offender_id": ["Q", "Q"]})
    offences = pd.DataFrame(
        {"offender_id": ["Q"], "incident_id": ["I5"], "offence_key": ["a"], "occurred_from": ["2014-01-01"]}
    )
    none = pd.DataFrame(
        columns=["offender_id", "incident_id", "victim_key", "victim_sex", "victim_age", "relationship"], dtype=object
    )
    assert lay_out(medoids, offences, none)["cluster"].tolist() == [1, 2]
