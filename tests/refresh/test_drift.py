"""Drift is told where it is and not where it is not; standard errors are those of the textbook."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.refresh.drift import FEWEST_PEOPLE, measure_drift

CLUSTERS = pd.DataFrame({"cluster": [1, 2, 3, 4], "typology": ["unnamed", "a", "b", "a"]})
SHARES = [0.6, 0.2, 0.15, 0.05]
NOBODY = np.array([], dtype=object)


def cohort(n, seed, shares=SHARES, start=0, further=0.0):
    """People of four clusters; `further` from their medoids where asked."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "offender_id": [f"N{i:06d}" for i in range(start, start + n)],
            "cluster": 1 + rng.choice(4, n, p=shares),
            "distance": rng.gamma(4, 0.5, n) + further,
        }
    )


def verdicts(found, level="cluster"):
    lines = found.table[found.table["level"] == level]
    return dict(zip(lines["cluster"] if level == "cluster" else lines["typology"], lines["drift"], strict=True))


def line(found, cluster):
    return found.table[found.table["cluster"] == cluster].iloc[0]


def test_the_same_people_in_the_same_places_have_not_drifted():
    fit = cohort(800, 1)
    found = measure_drift(fit, fit.copy(), CLUSTERS, NOBODY, 0.03)
    assert set(found.table["drift"]) == {"none"}
    assert found.threshold == 0
    assert found.table["new_entrants"].tolist() == [0] * 8


@pytest.mark.parametrize("jitter", [1e-9, -1e-8])
def test_distances_that_differ_by_rounding_are_the_same(jitter):
    fit = cohort(800, 1)
    rng = np.random.default_rng(2)
    found = measure_drift(fit, fit.assign(distance=fit["distance"] + jitter * rng.random(800)), CLUSTERS, NOBODY, 0)
    assert set(found.table["drift"]) == {"none"}


def test_levels_and_counts():
    fit, new = cohort(900, 1), cohort(600, 2, start=600)
    table = measure_drift(fit, new, CLUSTERS, NOBODY, 0).table
    assert table["level"].tolist() == ["cohort", *["typology"] * 3, *["cluster"] * 4]
    assert table["typology"].tolist() == ["", "unnamed", "a", "b", "unnamed", "a", "b", "a"]
    for row in table.itertuples():
        own = {"cohort": [1, 2, 3, 4], "cluster": [row.cluster]}.get(
            row.level, CLUSTERS.loc[CLUSTERS["typology"] == row.typology, "cluster"].tolist()
        )
        then, now = fit[fit["cluster"].isin(own)], new[new["cluster"].isin(own)]
        assert (row.fit_offenders, row.offenders) == (len(then), len(now))
        assert row.new_entrants == (now["offender_id"] >= "N000900").sum()
        assert row.new_entrants_share == row.new_entrants / len(now)
        assert row.share == len(now) / 600
        assert row.median == np.median(now["distance"])
        assert row.fit_p90 == pytest.approx(np.quantile(then["distance"], 0.9))
        limit = np.sort(then["distance"])[int(np.ceil(0.99 * (len(then) - 1)))]
        assert row.beyond_fit_p99 == (now["distance"] > limit).mean()


def test_standard_errors_of_other_people_are_those_of_the_textbook():
    fit, new = cohort(3000, 3), cohort(2000, 4, start=5000)
    table = measure_drift(fit, new, CLUSTERS, NOBODY, 0).table
    for row in table[table["level"] == "cluster"].itertuples():
        variance = sum(p * (1 - p) / n for p, n in ((row.fit_share, 3000), (row.share, 2000)))
        assert row.share_z == pytest.approx((row.share - row.fit_share) / np.sqrt(variance), rel=0.1, abs=0.01)
        spread = [
            c.loc[c["cluster"] == row.cluster, "distance"].agg(["var", "size", "mean"]) for c in (fit, new)
        ]  # fmt: skip
        error = np.sqrt(sum(s["var"] / s["size"] for s in spread))
        assert row.distance_z == pytest.approx((spread[1]["mean"] - spread[0]["mean"]) / error, rel=0.1, abs=0.01)


def test_who_is_in_both_cohorts_is_not_counted_as_chance():
    """Nine in ten stay where they were: a change of the tenth is surer than if all were other people."""
    fit = cohort(2000, 5)
    others = cohort(200, 6, shares=[0.4, 0.4, 0.15, 0.05], start=9000)
    new = pd.concat([fit.iloc[200:], others]).sort_values("offender_id", ignore_index=True)
    strangers = new.assign(offender_id=[f"X{i:06d}" for i in range(2000)])
    paired, unpaired = (measure_drift(fit, cohort_now, CLUSTERS, NOBODY, 0) for cohort_now in (new, strangers))
    assert line(paired, 2)["share"] == line(unpaired, 2)["share"]
    assert abs(line(paired, 2)["share_z"]) > 2 * abs(line(unpaired, 2)["share_z"])
    assert "share" in verdicts(paired)[2]
    assert verdicts(unpaired)[2] == "none"


def test_more_people_of_a_kind_are_told_from_people_further_off():
    fit = cohort(2000, 7)
    more = measure_drift(fit, cohort(2000, 8, shares=[0.5, 0.3, 0.15, 0.05], start=9000), CLUSTERS, NOBODY, 0)
    assert {name for name, drift in verdicts(more).items() if drift == "share"} == {1, 2}
    assert verdicts(more, "typology") == {"unnamed": "share", "a": "share", "b": "none"}
    further = measure_drift(fit, cohort(2000, 8, start=9000, further=1.0), CLUSTERS, NOBODY, 0)
    assert set(verdicts(further).values()) == {"distance"}
    assert verdicts(further, "cohort") == {"": "distance"}


def test_what_newcomers_lie_further_by_anyway_is_allowed_for_and_no_more():
    fit = cohort(2000, 9)
    mean = fit["distance"].mean()
    new = fit.assign(offender_id=[f"X{i:06d}" for i in range(2000)], distance=fit["distance"] + 0.1 * mean)
    seen = measure_drift(fit, new, CLUSTERS, NOBODY, 0.0)
    allowed = measure_drift(fit, new, CLUSTERS, NOBODY, 0.1)
    assert verdicts(seen, "cohort") == {"": "distance"}
    assert verdicts(allowed, "cohort") == {"": "none"}
    assert allowed.table["distance_z"][0] == pytest.approx(0, abs=1e-3)


def test_the_medoids_own_distances_do_not_count():
    fit = cohort(600, 10)
    medoids = fit["offender_id"].to_numpy()[:4]
    fit.loc[:3, "distance"] = 0.0
    table = measure_drift(fit, fit, CLUSTERS, medoids, 0).table
    assert table["fit_mean"][0] == pytest.approx(fit["distance"][4:].mean())
    assert table["fit_offenders"][0] == 600


def test_of_too_few_nothing_is_said():
    fit = pd.concat([cohort(500, 11, shares=[0.5, 0.3, 0.2, 0]), cohort(4, 0, [0, 0, 0, 1], 600)], ignore_index=True)
    new = cohort(500, 12, shares=[0.5, 0.3, 0.2, 0], start=9000)
    assert len(fit) - 500 < FEWEST_PEOPLE
    found = measure_drift(fit, new, CLUSTERS, NOBODY, 0)
    assert verdicts(found)[4] == "too few"
    assert np.isnan(line(found, 4)["share_z"])
    assert line(found, 4)["offenders"] == 0


def other_people(fit, seed):
    return cohort(400, 1000 + seed, start=9000)


def leavers(fit, seed):
    return fit.drop(fit.sample(30, random_state=seed).index).reset_index(drop=True)


def leavers_and_new_entrants(fit, seed):
    return pd.concat([leavers(fit, seed), cohort(50, 1000 + seed, start=9000)], ignore_index=True)


@pytest.mark.parametrize("refreshed", [other_people, leavers, leavers_and_new_entrants])
def test_chance_alone_raises_few_alarms(refreshed):
    """Forty pairs of cohorts of one population: with 1% false alarms, five or more happen once in 10,000 times."""
    alarms = 0
    for seed in range(40):
        fit = cohort(500, seed)
        found = measure_drift(fit, refreshed(fit, seed), CLUSTERS, NOBODY, 0)
        alarms += (~found.table["drift"].isin(["none", "too few"])).any()
    assert alarms < 5
