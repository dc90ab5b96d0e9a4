"""The cohort as hexagons, what of them is withheld, and the table of clusters."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dapipeline.report.hexagons import Axes, bands, hexagon_figure, hexagons_shown, means_of
from dapipeline.report.sections.volume import cluster_table, show
from dapipeline.report.suppression import enough_in_each

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = Axes("x", "y", {0.0: "0"}, {0.0: "0"}, (), (), "{up} of y and {across} of x", {})


class Material:
    def __init__(self, contents, typologies, may):
        self.contents, self.typologies, self.may = contents, typologies, may


def volume_of(contents):
    return contents.cohort_hexagons.query("plane == 'volume'")


def test_the_hexagons_by_volume_are_counted_by_hand(make, may, typologies):
    # 60 people with 1 DA incident, a quarter of them with 4 others; 25 with 7, of whom 7 with 4 others and 18 with 1;
    # 12 people with 18 and 12; 3 with 2 and 39.
    shown = hexagons_shown(volume_of(make()), typologies, may.limit)
    assert [[*row] for row in shown[["people", "mean_up", "mean_across", "most"]].itertuples(index=False)] == [
        [45, 1, 0, "Cluster 1"], [18, 7, 1, "Domestic abuse specialist"], [15, 1, 4, "Cluster 1"],
        [12, 18, 12, "Prolific violent offender"], [7, 7, 4, "Domestic abuse specialist"],
        [3, 2, 39, "Town centre group"],
    ]  # fmt: skip


def test_a_hexagon_of_too_few_is_neither_drawn_nor_in_the_table(make, strict, typologies):
    # The 7 and the 3 are fewer than 10. The 25 of group A would tell of the 7, so its 18 are withheld too.
    shown = hexagons_shown(volume_of(make()), typologies, 10)
    assert shown["people"].tolist() == [45, 15, 12]
    section = show(Material(make(), typologies, strict))
    text = section["figures"]["hexagons_volume"]
    assert len(re.findall('data-says="[0-9]', text)) == 3
    assert [row[2] for row in section["planes"]["volume"]["table"].written()] == ["45", "15", "12"]
    assert section["left_out"]["volume"] == "28"
    assert "others could be worked out" in section["planes"]["volume"]["table"].note


def test_a_typology_whose_means_are_withheld_is_not_marked(make, strict, typologies):
    # Of the 3 people of one typology no mean is printed under a limit of 10, and so none of the next, of 12.
    figures = show(Material(make(), typologies, strict))["figures"]
    for name in ("hexagons_volume", "hexagons_components"):
        assert re.findall('says="([^"]*): its people on average', figures[name]) == ["Domestic abuse specialist"]


def test_typologies_stand_where_their_people_are_on_average(make, typologies):
    means = means_of(volume_of(make()), [t for t in typologies if t.title == "Domestic abuse specialist"])
    assert means == {"Domestic abuse specialist": ((18 * 1 + 7 * 4) / 25, 7.0)}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from("AB")), min_size=1, max_size=9))
def test_what_is_left_out_of_a_whole_is_nobody_or_enough(parts):
    numbers, wholes = np.array([n for n, _ in parts]), np.array([w for _, w in parts])
    told = enough_in_each(numbers, wholes, 10)
    assert (numbers[told] >= 10).all()
    for whole in "AB":
        left = sum(n for (n, w), t in zip(parts, told, strict=True) if w == whole and not t)
        assert left == 0 or left >= 10 or not told[wholes == whole].any()
        if all(n >= 10 for n, w in parts if w == whole):
            assert told[wholes == whole].all()


def test_names_stand_clear_of_each_other_and_words_stay_text():
    shown = pd.DataFrame(
        {"across": [0.0], "up": [0.0], "people": [12], "mean_across": [1.0], "mean_up": [2.0], "most": ['<b>"&']}
    )
    marks = {f'<b>"& {at}': (0.01 * at, 0.0) for at in range(8)}
    root = ElementTree.fromstring(hexagon_figure(shown, 1.0, marks, PLAIN, 10))
    drawn = [mark for mark in root.iter(f"{SVG}g") if mark.get("data-typology")]
    assert [mark.get("data-typology") for mark in drawn] == list(marks)
    named = [mark for mark in drawn if mark.find(f"{SVG}text") is not None]
    assert 1 <= len(named) < 8  # all in one place: those without room have no name
    (hexagon,) = (path for path in root.iter(f"{SVG}path") if (path.get("data-says") or "").startswith("12"))
    assert hexagon.get("data-says") == '12 people with 2 of y and 1 of x; most of them: <b>"&'


def test_shades_begin_at_the_limit_and_end_with_the_fullest():
    assert bands(pd.Series([10, 24]), 10) == [10]
    assert bands(pd.Series([10, 25]), 10) == [10, 25]
    assert bands(pd.Series([10, 70_000]), 10) == [10, 500, 2_000, 10_000, 50_000]
    assert bands(pd.Series([40, 70]), 30) == [30]


def test_clusters_stand_in_a_table_with_their_means(make, may, strict, typologies):
    assert cluster_table(make(), typologies, may).written()[2] == [
        "3", "Prolific violent offender", "0.92, highly stable", "B", "12", "12.0%", "12", "18", "4,000",
    ]  # fmt: skip
    assert [row[6:] for row in cluster_table(make(), typologies, strict).written()] == [
        ["0", "1", "20"], ["1", "7", "200"], ["*", "*", "*"], ["*", "*", "*"],
    ]  # fmt: skip


def test_what_most_people_have_is_said_first(make, may, typologies):
    said = show(Material(make(), typologies, may))["finding"]
    assert said == "62% of people have fewer than 3 incidents of domestic abuse and fewer than 3 of other kinds."


def test_a_single_component_makes_no_plane(make, may, typologies):
    contents = make()
    contents = replace(contents, cohort_hexagons=volume_of(contents), components=contents.components.head(1))
    section = show(Material(contents, typologies, may))
    assert list(section["planes"]) == ["volume"]
    assert list(section["figures"]) == ["hexagons_volume"]
