"""Titles, names and ethnic groups that look like gaps, numbers or formulas change no figure and are shown."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.synthetic import make_force
from dapipeline.workflow.run import Run

from .running import run_in

MAY_BE_EMPTY = (
    "tables/name_changes.csv",
    "tables/harm_found_by_all.csv",
    "tables/harm_gaps.csv",
    "tables/course_gaps.csv",
    "tables/funnel.csv",
    "tables/scrutiny_changes.csv",
    "quality/flag_audit_rows.csv",
    "tables/homicides.csv",
    "tables/child_to_parent.csv",
    "tables/recording_breaks.csv",
    "quality/warnings.csv",
    "quality/quarantine.csv",
    "quality/blanked.csv",
)

# Each with a word in its place that no reader of files has ever taken for anything else.
TITLES = {"NA": "title a", "None": "title b", "123": "title c", "=1+1": "title d", "-x": "title e", "'=1": "title f",
          "True": "title g", "00806": "title h", "@y": "title i", "1e5": "title j"}  # fmt: skip
ETHNICITIES = {"NA": "group a", "None": "group b", "123": "group c", "M": "group d", "=x": "group e"}
BOROUGHS = {"123": "place a", "-1": "place b"}  # NA is no area
NAMES = {"NA": "name a", "123": "name b", "True": "name c", "null": "name d", "-x": "name e", "nan": "name f"}
STAND_INS = {**TITLES, **ETHNICITIES, **BOROUGHS, **NAMES}


def spread(column: pd.Series, words: list[str]) -> pd.Series:
    """Put the words in the place of what a column holds, its gaps left."""
    codes, _ = pd.factorize(column)
    return pd.Series([words[code % len(words)] if code >= 0 else None for code in codes], index=column.index)


def run(folder: Path, rows: pd.DataFrame, names: list[str] | None = None) -> Run:
    folder.mkdir()
    rows.to_csv(folder / "extract.csv", index=False)
    settings = {"name": "made up", "extract": {"path": "extract.csv"}, "clustering": {"k": len(NAMES)}}
    settings["typology"] = {"overrides": dict(enumerate(names or [], start=1))}
    config = Config.model_validate(settings)
    return run_in(folder, config)


@pytest.fixture(scope="module")
def force():
    return make_force(200, 5).incidents


@pytest.fixture(scope="module")
def both(tmp_path_factory, force) -> list[Run]:
    """A run with awkward words, and one with plain ones in their places."""
    base = tmp_path_factory.mktemp("words")
    outcomes = []
    for name, pick in (("awkward", list), ("plain", lambda words: list(words.values()))):
        rows = force.assign(
            offence=spread(force["offence_code"], pick(TITLES)),
            offender_ethnicity=spread(force["offender_id"], pick(ETHNICITIES)),
            borough=spread(force["borough"], pick(BOROUGHS)),
        )
        outcomes.append(run(base / name, rows, pick(NAMES)))
    return outcomes


def lines(frame: pd.DataFrame, column_words: dict[str, dict[str, str]]) -> list[str]:
    """Every row as text, in an order that does not hang on the words."""
    plain = frame.assign(**{c: frame[c].map(lambda cell, w=w: w.get(cell, cell)) for c, w in column_words.items()
                            if c in frame})  # fmt: skip
    return sorted(repr(tuple(None if pd.isna(cell) else cell for cell in row)) for row in plain.itertuples(index=False))


def test_every_table_is_that_of_plain_words(both):
    awkward, plain = both
    words = {"offence": TITLES, "value": ETHNICITIES, "typology": NAMES, "best": NAMES, "second": NAMES}
    words["title"] = {word[:1].upper() + word[1:]: other[:1].upper() + other[1:] for word, other in NAMES.items()}
    tables = [name for name in awkward.manifest["files"] if name.endswith(".csv")]
    assert len(tables) > 15
    for name in tables:
        one, other = awkward.frame(name), plain.frame(name)
        if "characteristic" in one:  # a sex called M is no ethnic group
            one, other = (table[table["characteristic"] == "offender_ethnicity"] for table in (one, other))
        own = words
        if "dimension" in one:  # of what harm is shared out by, typologies alone have names of the analyst's
            one, other = (table[table["dimension"] == "typology"] for table in (one, other))
            own = words | {"value": NAMES}
        if "area" in one:  # the notes name areas that stand together, in their own order
            own = own | {"area": BOROUGHS}
            one, other = (table.drop(columns="note", errors="ignore") for table in (one, other))
        if "breakdown" in one and "group" in one:
            own = own | {"group": ETHNICITIES}
            one, other = (table[table["breakdown"].isin(["all", "ethnicity"])] for table in (one, other))
        assert one.dtypes.astype(str).to_dict() == other.dtypes.astype(str).to_dict(), name
        assert lines(one, own) == lines(other, {}), name
        assert len(one) == len(other)
        assert len(one) or name in MAY_BE_EMPTY


def test_the_words_are_there_as_they_were_written(both):
    awkward = both[0]
    assert set(awkward.frame("quality/offences.csv")["offence"]) >= set(TITLES)
    assert set(awkward.frame("tables/medoids.csv")["offence"]) & set(TITLES) >= {"NA", "None"}
    assert awkward.frame("tables/clusters.csv")["typology"].tolist() == list(NAMES)
    audit = awkward.frame("tables/equality_audit.csv")
    audit = audit[audit["characteristic"] == "offender_ethnicity"]
    assert set(audit["value"]) == set(ETHNICITIES)
    assert audit.groupby("cluster")["share"].sum().tolist() == pytest.approx([1.0] * len(NAMES))
    assert audit.drop_duplicates("value")["cohort_share"].sum() == pytest.approx(1.0)


def test_the_report_shows_them(both):
    page = (both[0].out / "report/index.html").read_text(encoding="utf-8")
    for name in NAMES:
        title = html.escape(name[:1].upper() + name[1:], quote=False)
        assert f'-title">{title}</span>' in page
    ids = re.findall(r'id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    plain = (both[1].out / "report/index.html").read_text(encoding="utf-8")
    for word, stand_in in ETHNICITIES.items():
        heads = [text.count(f">{html.escape(cell)}</th>") for text, cell in ((page, word), (plain, stand_in))]
        assert heads[0] >= heads[1] > 0  # titles and names are heads too
    assert page.count("Women") == plain.count("Women")  # an ethnic group called M is no man
    assert page.count("Men<") == plain.count("Men<")


@pytest.mark.parametrize(("known", "titles"), [([], 0), ([3], 1), (range(0, 1000, 2), 20), (range(4, 9000), 20)])
def test_titles_that_are_missing(tmp_path, force, known, titles):
    some = force["offence"].where(force.index.isin(known))
    outcome = run(tmp_path / "run", force.assign(offence=some) if titles else force.drop(columns="offence"))
    found = outcome.frame("quality/offences.csv")["offence"]
    assert found.isna().any()
    assert found.nunique() == titles if titles < 2 else found.nunique() > titles
    assert (outcome.out / "report/index.html").is_file()
