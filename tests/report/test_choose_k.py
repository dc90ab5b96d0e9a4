import html
import re

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.report.choose_k import choice_figure, choice_table, paragraph, render_choice

TRIALS = pd.DataFrame(
    {
        "k": [2, 3, 4, 5], "loss": [10.0, 7.0, 6.5, 6.0], "silhouette": [0.3, 0.6, 0.5, 0.4],
        "gap": [0.1, 0.5, 0.45, 0.46], "gap_error": [0.01] * 4, "stability": [0.95, 0.9, 0.7, 0.5],
        "stable_clusters": [2, 2, 1, 1], "unstable_clusters": [0, 0, 1, 3], "stable_share": [1.0, 1.0, 0.4, 0.2],
    }
)  # fmt: skip
CLUSTERS = pd.DataFrame(
    {"k": [2, 2, 3, 3, 3], "cluster": [1, 2, 1, 2, 3], "size": 10, "stability": [1.0, 0.9, 1.0, 0.8, None]}
)
ABOUT = {
    "offenders": 5000, "offenders_measured": 5000, "halves": 20, "offenders_in_half": 2500, "references": 10,
    "offenders_in_reference": 4000,
}  # fmt: skip
CONFIG = Config.model_validate({"name": "A & <b>", "extract": {"path": "secret.csv"}, "clustering": {"k": 5}})


def test_the_paragraph_names_every_measure_and_that_they_agree():
    words = paragraph(TRIALS, ABOUT, 5)
    for part in (
        "k from 2 to 5 was tried on 5,000 offenders",
        "silhouette is highest at k = 3 (0.60)",
        "points to k = 3 (0.50)",
        "mean stability of the clusters is highest at k = 2 (0.95)",
        "found again when half of the people are left out, is 3 (0.90)",
        "falls from 10 to 6, as it must with more clusters; half of the fall is reached at k = 3",
        "The three measures agree on k = 3.",
        "The config asks for k = 5: silhouette 0.40, mean stability 0.50, 1 of its clusters stable (with 20% of the "
        "people) and 3 unstable.",
    ):
        assert part in words, part
    assert "\n" not in words


def test_disagreement_and_silence_are_told():
    trials = TRIALS.assign(gap=[0.1, 0.2, 0.3, 0.4], silhouette=[0.9, 0.6, 0.5, 0.4], stable_clusters=0)
    words = paragraph(trials, ABOUT, 9)
    assert "points to no k before 5: it goes on widening" in words
    assert "there is no k at which at least half of the clusters are stable" in words
    assert "Of the three measures only silhouette points to a k in this range, 2." in words
    assert "k = 9, which was not tried" in words
    assert "agree on" not in words
    words = paragraph(TRIALS.assign(silhouette=[0.9, 0.6, 0.5, 0.4]), ABOUT, 5)
    assert "do not agree on one k (2 by silhouette, 3 by gap and 3 by stability)" in words
    words = paragraph(TRIALS.assign(stable_clusters=0), ABOUT, 5)
    assert "Of the three measures only silhouette and gap point to a k in this range, 3." in words


def test_a_sample_is_stated():
    about = ABOUT | {"offenders": 900_000, "offenders_measured": 150_000, "offenders_in_half": 4000}
    words = paragraph(TRIALS, about, 5)
    assert "tried on 150,000 of 900,000 offenders" in words
    assert "found again when only 4,000 of the 150,000 people are looked at" in words


def test_one_k_alone_can_be_measured():
    one = TRIALS.iloc[:1]
    assert "loss falls" not in paragraph(one, ABOUT, 2)
    assert "<svg" in choice_figure(one, CLUSTERS.iloc[:2], 2)


def test_all_k_are_in_the_table_and_a_missing_gap_is_a_dash():
    table = choice_table(TRIALS.assign(gap=[0.1, 0.5, 0.45, float("nan")], gap_error=[0.01, 0.01, 0.01, float("nan")]))
    assert [row[0] for row in table.rows] == ["2", "3", "4", "5"]
    assert table.rows[0] == ("2", "10.000", "0.300", "0.100", "0.010", "0.95", "2", "0", "100%")
    assert table.rows[3][3:5] == ("–", "–")


def test_the_page_is_whole_and_the_same_every_time():
    found = render_choice(TRIALS, CLUSTERS, ABOUT, CONFIG)
    assert found.figure.startswith("<svg")
    assert found == render_choice(TRIALS, CLUSTERS, ABOUT, CONFIG)
    page = found.html
    assert "A &amp; &lt;b&gt;" in page
    assert "<b>" not in page
    assert "secret" not in page
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert found.evidence["paragraph"] in words
    assert not re.search(r"\b(nan|NaN|None)\b", words)
    assert not re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?(?![#"\'])', page)
    assert found.evidence | {"paragraph": ""} == {
        "paragraph": "", "silhouette": 3, "gap": 3, "stability": 3, "half_of_fall": 3,
    }  # fmt: skip


@pytest.mark.parametrize(("chosen", "dashed"), [(4, 4), (9, 0)])
def test_the_k_of_the_config_is_marked_where_it_was_tried(chosen, dashed):
    figure = choice_figure(TRIALS, CLUSTERS, chosen)
    assert len(re.findall(r"stroke-dasharray: [\d.]+,", figure)) == dashed
    assert figure.count(">k = 3</text>") == 4
