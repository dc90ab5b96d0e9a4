"""People named by their cluster beside people whose own record fits, counted by hand."""

import numpy as np
import pandas as pd

from dapipeline.typology.averages import asked_values
from dapipeline.typology.evidence import gather_evidence
from dapipeline.typology.own_records import count_own_records, records_named

from .definition_files import criterion, definitions, typology

MANY = definitions(many=typology(criterion(at_least=5, required=True)), one=typology(criterion(below=2, required=True)))
PEOPLE = pd.DataFrame({"da_incidents": [9.0, 8, 1, 3, 1, 1, 6]})
CLUSTERS = np.array([1, 1, 1, 2, 2, 2, 2])
BY = {"higher": "high", "lower": "low", "by": "non_da_severity_mean"}


def test_each_typology_is_counted_both_ways():
    values = asked_values(PEOPLE, MANY)
    evidence = gather_evidence(values, CLUSTERS, MANY)
    names = pd.Series(["many", "one"], index=[1, 2])
    found = count_own_records(pd.Series(CLUSTERS).map(names), evidence, values, names, MANY)
    assert found.to_dict("records") == [
        {"typology": "many", "by_cluster": 3, "by_record": 3, "both": 2, "cluster_alone": 1, "record_alone": 1},
        {"typology": "one", "by_cluster": 4, "by_record": 3, "both": 2, "cluster_alone": 2, "record_alone": 1},
    ]


def test_records_are_split_where_clusters_are():
    # Clusters with means of 10, 12 and 200: they part between 12 and 200, at their geometric mean of 49.
    asked = definitions(
        low=typology(criterion(at_least=1, required=True)), high=typology(criterion(at_least=100, required=True)),
        compared=(BY,),
    )  # fmt: skip
    severity = [10.0, 10, 12, 12, 48, 352]
    people = pd.DataFrame({"da_incidents": 2.0, "non_da_severity_mean": severity})
    values, clusters = asked_values(people, asked), np.array([1, 1, 2, 2, 3, 3])
    evidence = gather_evidence(values, clusters, asked)
    named = pd.Series(["low", "low", "high"], index=[1, 2, 3])
    assert records_named(evidence, values, named, asked).tolist() == ["low"] * 5 + ["high"]
    nobody = pd.Series(["low", "unnamed", "unnamed"], index=[1, 2, 3])
    assert records_named(evidence, values, nobody, asked).tolist() == ["low"] * 6
