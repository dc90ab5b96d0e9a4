import numpy as np
import pandas as pd

from dapipeline.typology.clusters import summarise_clusters
from dapipeline.typology.naming import UNNAMED
from dapipeline.typology.profiles import cluster_profiles

VECTORS = pd.DataFrame({"da_incidents": [1.0, 2, 9], "da_severity_total": [0.0, 10, 600], "non_da_severity_total": 0.0})
CLUSTERS = pd.Series([1, 1, 2], name="cluster")
GROUPS = np.array(["E", "E", "A"])
STABILITY = pd.DataFrame(
    {"cluster": [1, 2], "stability": [0.5, 0.9], "stability_band": ["unstable", "highly stable"], "halves": 20}
)
PROFILES = cluster_profiles(VECTORS, CLUSTERS)


def test_a_row_says_what_is_known_of_a_cluster():
    names = pd.DataFrame(
        {"typology": [UNNAMED, "serial_abuser"], "named_by": ["nothing", "criteria"], "score": [0.4, 0.9],
         "second": ["a", "b"], "second_score": [0.3, 0.8]},
        index=pd.Index([1, 2], name="cluster"),
    )  # fmt: skip
    table = summarise_clusters(CLUSTERS, GROUPS, PROFILES, names, {}, STABILITY, {"serial_abuser": "B"})
    assert table["cluster"].tolist() == [1, 2]
    assert table["typology"].tolist() == [UNNAMED, "serial_abuser"]
    assert table["score"].tolist() == [0.4, 0.9]
    assert table["group"].tolist() == ["E", "A"]
    assert table["defined_group"].isna().tolist() == [True, False]
    assert table.loc[1, "defined_group"] == "B"
    assert list(table).index("group") == list(table).index("defined_group") + 1
    assert table["size"].tolist() == [2, 1]
    assert table["share"].tolist() == [2 / 3, 1 / 3]
    assert table["stability"].tolist() == [0.5, 0.9]
    assert table["stability_band"].tolist() == ["unstable", "highly stable"]
    assert "halves" not in table
    assert table["harm_rank_da"].tolist() == [2, 1]
    assert table["harm_rank_non_da"].tolist() == [1, 1]
    assert table["mean_da_incidents"].tolist() == [1.5, 9]
    assert table["mean_da_severity_total"].tolist() == [5, 600]


def test_without_definitions_clusters_stay_numbered_but_for_overrides():
    table = summarise_clusters(CLUSTERS, GROUPS, PROFILES, None, {2: "our own"}, STABILITY, {})
    assert table["typology"].tolist() == [UNNAMED, "our own"]
    assert table["named_by"].tolist() == ["nothing", "override"]
    assert table["defined_group"].isna().all()


def test_a_name_that_an_analyst_gave_has_no_defined_group():
    names = pd.DataFrame({"typology": "serial_abuser", "named_by": ["criteria", "override"]}, index=[1, 2])
    table = summarise_clusters(
        CLUSTERS, GROUPS, PROFILES, names, {2: "serial_abuser"}, STABILITY, {"serial_abuser": "B"}
    )
    assert table["defined_group"].isna().tolist() == [False, True]
