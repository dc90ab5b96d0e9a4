"""The harm regression against the regression itself, one offence at a time, and Benjamini-Hochberg by its recipe."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from dapipeline.analysis.harm_regression import harm_regression

KINDS = {
    "10501": "Common assault", "00806": "Actual bodily harm", "04600": "Shop theft", "14900": "Damage",
    "09200": "Drugs",
}  # fmt: skip


def history_of(who, **offence) -> pd.DataFrame:
    return pd.DataFrame({"offender_id": list(who), "family": "violence", "offence_code": "1", "offence": "X"} | offence)


def cohort(seed: int, offenders: int = 300) -> tuple[pd.DataFrame, pd.Series]:
    """Random histories: some offence types with an effect, one that is too rare and one that nearly everyone has."""
    rng = np.random.default_rng(seed)
    ids = [f"S{at:04}" for at in range(offenders)]
    harm = pd.Series(rng.gamma(0.5, 200, offenders), index=pd.Index(ids, name="offender_id"))
    shares = dict(zip(KINDS, (0.5, 0.2, 0.1, 9 / offenders, 1 - 9 / offenders), strict=True))
    parts = []
    for code, share in shares.items():
        chosen = rng.choice(offenders, round(share * offenders), replace=False)
        if code == "00806":
            harm.iloc[chosen] *= 2.5
        who = [ids[at] for at in chosen] * 2  # said twice, counted once
        parts.append(history_of(who, offence_code=code, offence=KINDS[code]))
    return pd.concat(parts, ignore_index=True), harm


@pytest.fixture(params=range(3))
def found(request):
    history, harm = cohort(request.param)
    return history, harm, harm_regression(history, harm, 10.0)


def test_every_line_is_a_linear_regression_with_hc2_errors(found):
    history, harm, table = found
    assert set(table["offence"]) == {"Common assault", "Actual bodily harm", "Shop theft"}  # the others have too few
    for line in table.itertuples():
        code = next(code for code, title in KINDS.items() if title == line.offence)
        has_it = harm.index.isin(history.loc[history["offence_code"] == code, "offender_id"]).astype(float)
        fit = sm.OLS(harm.to_numpy(), sm.add_constant(has_it)).fit(cov_type="HC2", use_t=True)
        assert line.n == has_it.sum()
        assert line.effect == pytest.approx(fit.params[1], rel=1e-9)
        assert line.standard_error == pytest.approx(fit.bse[1], rel=1e-9)
        assert line.p == pytest.approx(fit.pvalues[1], rel=1e-7)
        assert line.common_assaults == pytest.approx(line.effect / 10)


def test_rows_of_an_offence_without_a_title_or_family_take_those_of_the_others():
    history, harm = cohort(0)
    some = history.index % 3 == 0
    gaps = history.assign(offence=history["offence"].where(some, None), family=history["family"].where(~some, None))
    assert gaps[["offence", "family"]].isna().any().all()
    pd.testing.assert_frame_equal(harm_regression(gaps, harm, 10.0), harm_regression(history, harm, 10.0))
    unnamed = harm_regression(history.assign(offence=None, family=None), harm, 10.0)
    assert set(unnamed["offence"]) == {"10501", "00806", "04600"}
    assert unnamed["family"].isna().all()


def test_q_is_what_benjamini_and_hochberg_s_recipe_gives(found):
    table = found[2]
    p = sorted(table["p"])
    m = len(p)
    # Step up: the smallest of m / i * p(i) over this rank and all above it, and at most 1.
    by_hand = [min(1.0, *(m / (j + 1) * p[j] for j in range(i, m))) for i in range(m)]
    assert table.sort_values("p")["q"].tolist() == pytest.approx(by_hand)


def test_the_strongest_comes_first(found):
    effects = found[2]["effect"].tolist()
    assert effects == sorted(effects, reverse=True)


def test_ten_on_either_side_are_enough_and_nine_are_not():
    harm = pd.Series(range(100), index=[f"S{at}" for at in range(100)], dtype=float)

    assert [len(harm_regression(history_of(harm.index[:n]), harm, None)) for n in (9, 10, 90, 91)] == [0, 1, 1, 0]


def test_offences_are_told_apart_by_code_else_title_else_family():
    ids = [f"S{at:02}" for at in range(60)]
    harm = pd.Series(np.arange(60.0), index=ids)
    lines = [
        *((one, "00806", title, "violence") for one in ids[:20] for title in ("ABH", "Actual bodily harm")),
        *((one, None, "Bigamy", "other") for one in ids[10:30]),
        *((one, None, None, "drugs") for one in ids[30:50]),
    ]
    history = pd.DataFrame(lines, columns=["offender_id", "offence_code", "offence", "family"])
    table = harm_regression(history, harm, None).set_index("offence")
    assert table["n"].to_dict() == {"ABH": 20, "Bigamy": 20, "drugs": 20}
    # By hand: the mean of 30..49 is 39.5, of the other forty (0..29 and 50..59) 24.5.
    assert table.loc["drugs", "effect"] == pytest.approx(15)
    assert table["common_assaults"].isna().all()


def test_people_outside_the_cohort_are_not_counted():
    harm = pd.Series(np.arange(30.0), index=[f"S{at}" for at in range(30)])
    history = history_of([*harm.index[:12], *(f"X{at}" for at in range(9))])
    assert harm_regression(history, harm, None)["n"].tolist() == [12]


def test_where_nobody_s_harm_differs_nothing_is_significant():
    harm = pd.Series(5.0, index=[f"S{at}" for at in range(40)])
    history = history_of(harm.index[:20])
    [line] = harm_regression(history, harm, None).to_dict("records")
    assert (line["effect"], line["standard_error"], line["p"], line["q"]) == (0, 0, 1, 1)
