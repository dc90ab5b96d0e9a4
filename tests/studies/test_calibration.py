"""A force of two thousand, whole: made, run, compared, named, clustered again and written up."""

import pandas as pd
import pytest
from studies.calibration import name_stability
from studies.calibration.__main__ import write_page
from studies.calibration.calibrate import calibrate_one
from studies.calibration.ceiling import FOREST, reach, separate
from studies.calibration.cohorts import definitions, read_cohort
from studies.calibration.comparison import compare
from studies.calibration.forces import Force
from studies.calibration.found_again import ORDER, ceiling_tables
from studies.calibration.published import published_figures
from studies.calibration.recovery import recover
from studies.calibration.results import keep, read, write
from studies.calibration.scores import as_classes, best_unions

# What two independent routes to the same rows must agree on to the last person.
ALIKE = ("records", "victims", "suspects", "clustered", "excluded", "cohort.women", "cohort.asian",
         "cohort.single_da_incident", "high_harm_people.high_volume_non_da", "group.E", "regression.predictors",
         "regression.significant", "regression.example", "regression.first_risk")  # fmt: skip


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    return Force("west_midlands", 2000, 3, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def calibrated(force):
    return calibrate_one(force)


@pytest.fixture(scope="module")
def results(force, calibrated, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    found = {"truth": calibrated.truth, "recovered": calibrated.recovered}
    nowhere = {"truth_with_faults": {}, "recovered_with_faults": {}}
    write(compare(published_figures(), found | nowhere), "figures", folder)
    write(calibrated.confusion, "confusion", folder)
    write(calibrated.names, "names", folder)
    recover(force, [(29, "incidents", "euclidean")], folder)
    return folder


def test_the_run_counts_what_plain_pandas_counts(calibrated):
    for figure in ALIKE:
        assert calibrated.recovered[figure].value == pytest.approx(calibrated.truth[figure].value, rel=1e-9), figure


def test_everybody_clustered_is_in_the_confusion_once(calibrated):
    for _, part in calibrated.confusion.groupby("weight"):
        assert part["offenders"].sum() == calibrated.truth["clustered"].value


def test_a_force_is_made_once(force):
    def written():
        return [file.stat().st_mtime_ns for file in force.folder.glob(force.extract.name)]

    force.make()
    before = written()
    force.make()
    assert written() == before != []


def test_a_fit_is_kept_with_every_name(results):
    fits = read("recovery", results)
    assert fits[["offenders", "seed", "weight"]].to_numpy().tolist() == [[2000, 3, "incidents"]]
    assert len(read("recovery_by_name", results)) == 11


def test_distances_that_know_the_names_serve_clusters_better_than_those_that_do_not(force):
    cohort, names = read_cohort(force), list(definitions().typologies)
    planted = as_classes(cohort.planted, names)
    apart = separate(cohort, planted)
    shown = best_unions(cohort.cluster("none", 2022, "sqeuclidean", places=apart), planted, names)
    blind = best_unions(cohort.cluster("none", 2022, "sqeuclidean"), planted, names)
    assert apart.shape == (len(cohort.ids), len(set(planted)) - 1)
    assert shown.mean() > blind.mean() + 0.1


def test_what_is_reached_takes_the_place_of_an_earlier_measurement(force, tmp_path):
    once = reach(force, tmp_path)
    reach(force, tmp_path)
    kept = read("ceiling", tmp_path)
    assert set(kept["shown"]) == {FOREST, *ORDER}
    assert len(kept) == len(once) == 11 * 9


def test_more_clusters_than_the_study_are_asked_for_by_number(force):
    assert len(set(read_cohort(force).cluster("none", 1, "sqeuclidean", 60))) == 60


def test_what_is_reached_is_counted_over_typologies_of_at_least_a_hundred():
    rows = [
        ("made_up", 100, False, 1, shown, typology, planted, f1)
        for shown in (FOREST, *ORDER)
        for typology, planted, f1 in (("a", 200, 0.7), ("b", 99, 0.9), ("c", 100, 0.6))
    ]
    columns = ["preset", "offenders", "faults", "seed", "shown", "typology", "planted", "f1"]
    text = ceiling_tables(pd.DataFrame(rows, columns=columns))
    assert f"| above 0.6, of at least 100 members | 2 |{' 1 |' * 9}\n" in text
    assert f"| above 0.75, of at least 100 members | 2 |{' 0 |' * 9}\n" in text
    assert f"| B | 99 |{' 0.90 |' * 9}\n" in text


def test_the_page_is_the_same_twice_and_names_no_person(results, tmp_path):
    texts = []
    for name in ("first", "second"):
        docs = tmp_path / name
        docs.mkdir()
        write_page(results, docs)
        texts.append(
            [(docs / file).read_text() for file in ("calibration.md", "calibration.svg", "calibration_confusion.svg")]
        )
    assert texts[0] == texts[1]
    assert "## Recovery" in texts[0][0] and "## Name stability" not in texts[0][0]
    assert not pd.Series(texts[0]).str.contains(r"\bN\d{6}\b").any()


def test_everybody_keeps_their_name_where_nothing_changes(force, monkeypatch):
    cohort = read_cohort(force)
    monkeypatch.setattr(name_stability, "AGAIN", 1)
    monkeypatch.setattr(name_stability, "draw_people", lambda ids, size, *seed: pd.RangeIndex(len(ids)).to_numpy())
    kept = name_stability.refitted(cohort, "none", definitions())
    assert kept.groupby("again")["named"].sum().tolist() == [len(cohort.ids)] * 2
    halves = kept[kept["again"] == "half"].set_index("typology")
    seeds = kept[kept["again"] == "seed"].set_index("typology")
    assert halves["kept"].equals(seeds["kept"])  # the whole cohort under the same other seed


def test_shares_who_keep_their_name():
    kept = pd.DataFrame(
        [("seed", 1, "a", 10, 8), ("seed", 2, "a", 10, 4), ("half", 1, "a", 5, 5), ("seed", 1, "unnamed", 90, 90),
         ("seed", 2, "unnamed", 90, 81), ("half", 1, "unnamed", 45, 40), ("seed", 1, "b", 30, 30),
         ("seed", 2, "b", 30, 30), ("half", 1, "b", 15, 10)],
        columns=["again", "number", "typology", "named", "kept"],
    )  # fmt: skip
    found = name_stability.shares(kept).set_index("typology")
    assert found.loc["a", ["people", "seed_mean", "seed_lowest", "half_mean"]].tolist() == pytest.approx(
        [10, 0.6, 0.4, 1]
    )
    together = found.loc["all named", ["people", "seed_mean", "seed_lowest", "half_mean"]].tolist()
    assert together == pytest.approx([40, (38 / 40 + 34 / 40) / 2, 34 / 40, 15 / 20])


def test_a_new_measurement_takes_the_place_of_the_old(tmp_path):
    keep(pd.DataFrame({"key": [1, 2], "value": [1.0, 2.0]}), "table", ["key"], tmp_path)
    keep(pd.DataFrame({"key": [2, 0], "value": [5.0, 7.0]}), "table", ["key"], tmp_path)
    assert read("table", tmp_path).to_numpy().tolist() == [[0, 7], [1, 1], [2, 5]]
