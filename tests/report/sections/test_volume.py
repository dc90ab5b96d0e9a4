"""The bubbles, their numbers, and the table behind them."""

import pandas as pd

from dapipeline.report.sections.volume import bubble_figure, bubble_key, bubble_table, volume_section


def test_the_bubbles_are_all_there_with_their_numbers(make, may, typologies):
    text = bubble_figure(make(), make().clusters)
    assert text.count("<use ") >= 4
    for number in "1234":
        assert f">{number}</text>" in text
    assert bubble_table(make(), typologies, may).written()[2] == [
        "3", "Prolific violent offender", "0.92, highly stable", "B", "12", "12%", "12", "18", "4,000",
    ]  # fmt: skip
    assert bubble_key(typologies, frozenset())[-1] == {"title": "Unnamed", "numbers": [(1, "E")]}


def test_bubbles_of_29_clusters_in_one_place_are_all_labelled(make):
    one = make().clusters.iloc[:1]
    clusters = pd.concat([one.assign(cluster=number) for number in range(1, 30)], ignore_index=True)
    text = bubble_figure(make(), clusters)
    assert all(f">{number}</text>" in text for number in range(1, 30))


def test_a_cluster_whose_means_are_withheld_has_no_bubble(make, strict, typologies):
    # Of the 3 people of cluster 4 no mean is printed under a limit of 10, and so none of the next smallest, cluster 3.
    section = volume_section(make(), typologies, strict)
    assert section["hidden"] == [3, 4]
    assert [entry["title"] for entry in section["key"]] == ["Domestic abuse specialist", "Unnamed"]
    drawn = [number for number in "1234" if f">{number}</text>" in section["figure"]]
    assert drawn[:2] == ["1", "2"]
    assert "Bubble chart of 2 clusters" in section["figure"]
    assert [row[6:] for row in section["table"].written()] == [
        ["0", "1", "20"], ["1", "7", "200"], ["*", "*", "*"], ["*", "*", "*"],
    ]  # fmt: skip
