"""DA harm after a first grade and after a first outcome, in the sample, against plain Python and statsmodels."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
import statsmodels.api as sm

from ..harm.slow import YEAR, welch
from .slow import GRADES, NAN, Z, check, step_up

OUTCOMES = (
    "charged or summonsed", "caution", "community resolution", "no action, victim supports",
    "no action, victim does not support", "no suspect", "diversion", "other",
)  # fmt: skip
TABLES = {"first_risk": (GRADES, "standard"), "after_outcome": (OUTCOMES, "no action, victim does not support")}
MODELS = ("apart", "adjusted")
BENDS = (0.25, 0.5, 1, 2, 5)  # years, of the line that harm follows


@pytest.fixture(scope="module", params=sorted(TABLES))
def compared(request, sample):
    """The table, the reference, and value to people: the incident their clock starts with, and the harm afterwards."""
    values, reference = TABLES[request.param]
    by_value = {}
    for events in sample.course.events.values():
        clock = None
        if request.param == "first_risk":
            start, value = next(((one, one.grade) for one in events if one.grade is not None), (None, None))
        else:
            start, value = next(((one, one.outcome) for one in events if one.is_crime), (None, None))
            clock = start and start.settled
        if value not in values:
            continue
        told = clock is not None and clock >= start.start
        clock = clock if told else start.start
        if clock < sample.course.end:
            harm = sum(one.severity for one in events if one.start > clock and one.id != start.id)
            by_value.setdefault(value, []).append((start, harm, (sample.course.end - clock) / YEAR, told))
    return sample.table(request.param), reference, by_value


def enough(sample, by_value: dict, reference: str) -> list[str]:
    return [value for value, own in by_value.items() if len(own) >= sample.fewest and value != reference]


def effect_and_error(by_value: dict, reference: str, chosen: list[str], value: str, model: str) -> tuple:
    if model == "apart":
        return welch([harm for _, harm, *_ in by_value[value]], [harm for _, harm, *_ in by_value[reference]])
    people = [(name, *person) for name in (reference, *chosen) for person in by_value[name]]
    families = sorted({start.type for _, start, *_ in people})[1:]
    ages = [start.age for _, start, *_ in people]
    somebody = statistics.fmean(age for age in ages if age is not None)
    columns = [
        [1.0, *(float(name == one) for one in chosen), *(float(start.type == family) for family in families),
         start.severity, years, *(years - bend if years > bend else 0.0 for bend in BENDS),
         somebody if start.age is None else start.age]
        + ([float(start.age is None)] if None in ages else [])
        for name, start, _, years, _ in people
    ]  # fmt: skip
    fit = sm.OLS(np.array([harm for _, _, harm, *_ in people]), np.array(columns)).fit(cov_type="HC3")
    at = 1 + chosen.index(value)
    return fit.params[at], fit.bse[at]


@pytest.mark.parametrize("model", MODELS)
def test_effects(sample, compared, model):
    table, reference, by_value = compared
    chosen, expected = enough(sample, by_value, reference), {}
    assert len(chosen) >= 2
    for value, own in by_value.items():
        harm, years = [harm for _, harm, *_ in own], [years for _, _, years, _ in own]
        none = sum(one == 0 for one in harm)
        effect, error = NAN, NAN
        if value in chosen:
            effect, error = effect_and_error(by_value, reference, chosen, value, model)
        expected[value,] = {
            "reference": reference, "model": model, "people": len(own),
            "clock_at_outcome": sum(told for *_, told in own),
            "none": none,
            "none_share": none / len(own),
            "years": statistics.fmean(years), "harm_mean": statistics.fmean(harm), "effect": effect,
            "standard_error": error,
        }  # fmt: skip
    lines = table[table["model"] == model]
    p = dict(zip(lines["value"], lines["p"], strict=True))
    for value, q in step_up(p).items():
        expected[value,]["q"] = q
    check(lines, ["value"], expected, ("low", "high", "p", "note"))


@pytest.mark.parametrize("model", MODELS)
def test_what_stands_beside_them(sample, compared, model):
    table, reference, by_value = compared
    chosen = enough(sample, by_value, reference)
    for line in table[table["model"] == model].to_dict("records"):
        people, note = len(by_value[line["value"]]), line["note"]
        if line["value"] not in chosen:
            assert note == ("the reference" if line["value"] == reference else "fewer than 10 people on one side")
            assert [line[name] for name in ("low", "high", "p")] == pytest.approx([NAN] * 3, nan_ok=True)
        elif people >= 1_000:
            assert note != note  # an empty one is read from the table as missing
            assert line["high"] - line["low"] == pytest.approx(2 * Z * line["standard_error"])
        else:
            assert note == f"permuted p; {'bootstrap interval' if people >= 200 else 'too rare for an interval'}"
            assert 0 < line["p"] <= 1
            assert (line["low"] == line["low"]) == (people >= 200)
            if people >= 200:
                assert line["low"] < line["effect"] < line["high"]
