import numpy as np
import pandas as pd
import pytest

from dapipeline.reference.codes import GROUPS, HIGH_VOLUME
from dapipeline.typology.groups import cluster_groups, group_sizes, offender_groups


@pytest.mark.parametrize(
    ("da", "other", "group"),
    [
        (1, 0, "E"), (2, 0, "E"),
        (1, 1, "C"), (1, 2, "C"), (2, 1, "C"), (2, 2, "C"),
        (1, 3, "D"), (2, 3, "D"), (2, 40, "D"),
        (3, 0, "A"), (3, 2, "A"), (40, 2, "A"),
        (3, 3, "B"), (40, 40, "B"),
    ],
)  # fmt: skip
def test_three_incidents_of_a_kind_are_a_high_volume(da, other, group):
    assert offender_groups(pd.Series([da]), pd.Series([other])).tolist() == [group]


def test_every_offender_is_in_exactly_one_group():
    counts = [(da, other) for da in range(1, 3 * HIGH_VOLUME) for other in range(3 * HIGH_VOLUME)]
    for da, other in counts:
        inside = [
            letter
            for letter, group in GROUPS.items()
            if group.da[0] <= da <= group.da[1] and group.non_da[0] <= other <= group.non_da[1]
        ]
        assert offender_groups(pd.Series([da]), pd.Series([other])).tolist() == inside
        assert len(inside) == 1


def test_a_cluster_takes_the_group_of_most_members_and_the_first_letter_of_a_tie():
    clusters = pd.Series([1, 1, 1, 2, 2, 2, 2, 3])
    groups = np.array(["E", "A", "E", "D", "C", "D", "C", "B"])
    assert cluster_groups(clusters, groups).to_dict() == {1: "E", 2: "C", 3: "B"}


def test_group_sizes_list_every_group_the_empty_ones_too():
    sizes = group_sizes(np.array(["E", "E", "B", "E"])).set_index("group")
    assert sizes["offenders"].to_dict() == {"A": 0, "B": 1, "C": 0, "D": 0, "E": 3}
    assert sizes["share"].to_dict() == {"A": 0.0, "B": 0.25, "C": 0.0, "D": 0.0, "E": 0.75}
    assert sizes["title"].to_dict() == {letter: group.title for letter, group in GROUPS.items()}
