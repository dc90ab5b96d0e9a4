"""Nothing that the page withholds can be worked out of what it prints, and what can be printed is."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dapipeline as dap
from dapipeline.analysis.course.records import OUTCOME_GROUPS
from dapipeline.reference.codes import RISK_GRADES as GRADES
from dapipeline.report.breakdown import ALL, Breakdown
from dapipeline.report.course.breakdowns import nested, steps
from dapipeline.report.course.risk import transitions_gated
from dapipeline.report.disclosure import gate, gate_part
from dapipeline.report.sums import DOMINANCE, Sums, hide, steps_allowed
from dapipeline.report.table import WITHHELD, Part

from .attack import (
    MARK,
    Printed,
    counts_of,
    narrowed,
    number,
    of_the_course,
    shared_apart,
    tables_of,
    told_by_difference,
)

ROOT = Path(__file__).parents[2]
LIMIT = 10


def breakdown(rows: dict[str, list[int]], columns=("F", "M", "U"), exclusive=True, people=None) -> Breakdown:
    counts = np.array(list(rows.values()))
    whole = counts.sum(axis=1) if people is None else np.array(people)
    return Breakdown(tuple(rows), whole, tuple(columns), counts, np.repeat(whole[:, None], counts.shape[1], axis=1),
                     exclusive)  # fmt: skip


def printed(gated) -> dict[str, list[str]]:
    return {row: [str(cell) for cell in gated.cells(row).values()] for row in gated.rows}


def test_a_row_that_subtraction_would_solve_stands_together_with_another():
    # People 100, Women <10, Men 96: the women would be 4.
    found = gate(breakdown({"A": [4, 96], "B": [40, 60], "C": [8, 52]}, "FM"), LIMIT)
    assert found.together == ("A", "C")
    assert printed(found) == {
        "B": ["40 (40%)", "60 (60%)"], "Smaller ones together": ["12 (7.5%)", "148 (92%)"],
        ALL: ["52 (20%)", "208 (80%)"],
    }  # fmt: skip


def test_a_lone_small_number_takes_others_along_that_look_like_it():
    rows = {"A": [4, 16, 80], "B": [9, 14, 77], "C": [9, 12, 79], "D": [40, 30, 30]}
    found = gate(breakdown(rows), LIMIT)
    assert printed(found)["A"] == [MARK, MARK, "80 (80%)"]
    assert printed(found)["D"] == ["40 (40%)", "30 (30%)", "30 (30%)"]
    assert narrowed(as_printed(found.as_table("Sex of", "Typology", LIMIT)), {}, LIMIT) == []


def test_rows_of_few_people_stand_together():
    found = gate(breakdown({"A": [50, 50], "B": [12, 6], "C": [10, 5], "D": [30, 40]}, "FM"), LIMIT)
    assert found.together == ("B", "C")
    assert found.cells("B") == {}
    assert printed(found)["Smaller ones together"] == ["22 (67%)", "11 (33%)"]


def test_too_few_to_stand_together_take_the_next_in_size_along():
    found = gate(breakdown({"A": [50, 50], "B": [5, 3], "D": [20, 20]}, "FM"), LIMIT)
    assert found.together == ("B", "D")
    assert printed(found)["Smaller ones together"] == ["25 (52%)", "23 (48%)"]


def test_of_too_few_people_nothing_is_printed():
    found = gate(breakdown({"A": [9, 10]}, "FM"), LIMIT)
    assert found.as_table("x", "y", LIMIT) is None
    assert printed(found) == {ALL: [MARK, MARK]}


def test_a_column_of_few_people_stands_together_with_the_next():
    found = gate(breakdown({"A": [30, 40, 1], "B": [20, 50, 2]}), LIMIT)
    assert found.columns == ("F or U", "M")
    assert printed(found)["A"] == ["31 (44%)", "40 (56%)"]


def test_a_measure_that_few_people_have_is_left_out_and_named():
    found = gate(breakdown({"A": [30, 4], "B": [20, 2]}, ("victim", "suspect"), False, [80, 70]), LIMIT)
    shown = found.as_table("Suspects of DA who are", "Typology", LIMIT)
    assert shown.columns == ("Typology", "People", "victim")
    assert "Not shown, of too few people or of all but too few: suspect." in shown.note


def test_nearly_everybody_tells_of_the_few_others():
    assert gate_part(95, 100, LIMIT) is WITHHELD
    assert gate_part(100, 100, LIMIT) == Part(100, 100)
    assert gate_part(9, 100, LIMIT) is WITHHELD
    assert gate_part(10, 100, LIMIT) == Part(10, 100)


def as_printed(shown) -> Printed:
    return Printed(shown.caption, list(shown.columns), shown.written(), shown.note)


SMALL = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SMALL)
def test_every_table_of_whole_numbers_that_fits_what_is_printed_is_tried(rows):
    """The slow obvious oracle: all tables with the same printed cells, people and totals."""
    limit = 3
    found = gate(breakdown({f"R{r}": row for r, row in enumerate(rows)}), limit)
    if found.withheld.all() or len(found.rows) == 1:
        return
    body, total = found.counts[:-1], found.counts[-1]
    hidden, last = found.withheld[:-1], found.withheld[-1]
    seen = {tuple(at): set() for at in np.argwhere(hidden)}
    choices = [
        [row for row in itertools.product(range(people + 1), repeat=len(found.columns))
         if sum(row) == people and all(gone or a == b for gone, a, b in zip(hidden[r], row, body[r], strict=True))]
        for r, people in enumerate(found.people[:-1])
    ]  # fmt: skip
    if np.prod([float(len(c)) for c in choices]) > 200_000:
        return
    for table in itertools.product(*choices):
        sums = np.sum(table, axis=0)
        if all(gone or a == b for gone, a, b in zip(last, sums, total, strict=True)):
            for (r, c), values in seen.items():
                values.add(table[r][c])
    for values in seen.values():
        assert {*range(1, limit)} <= values


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4), min_size=2, max_size=12), st.booleans())
def test_no_random_table_gives_itself_away(rows, exclusive):
    columns = ("A", "B", "C", "D")
    people = None if exclusive else [sum(row) for row in rows]
    found = gate(breakdown({f"R{r}": row for r, row in enumerate(rows)}, columns, exclusive, people), LIMIT)
    shown = found.as_table("Sex of" if exclusive else "Suspects of DA who are", "y", LIMIT)
    if shown is not None:
        left_out = dict(zip(found.rows, found.people.tolist(), strict=True))
        assert narrowed(as_printed(shown), left_out, LIMIT) == []


# incidents, and the people behind them


def incidents(rows, columns, behind, apart=False, of_all=None) -> Breakdown:
    counts, told = np.array(list(rows.values())), np.array(behind)
    last = told.max(axis=0) if of_all is None else np.array(of_all)
    of = np.repeat(counts.sum(axis=1)[:, None], counts.shape[1], axis=1)
    return Breakdown(
        tuple(rows), told.max(axis=1), tuple(columns), counts, of, behind=np.vstack([told, last]), apart=apart
    )


def test_many_incidents_of_few_people_are_withheld():
    rows = {"A": [50, 200, 300], "B": [90, 400, 300], "C": [80, 70, 60]}
    found = gate(incidents(rows, "XYZ", [[3, 90, 80], [40, 90, 80], [30, 30, 30]]), LIMIT)
    assert found.cells("A")["X"] is WITHHELD
    assert gate(incidents(rows, "XYZ", [[30, 90, 80], [40, 90, 80], [30, 30, 30]]), LIMIT).cells("A")["X"] == Part(
        50, 550
    )


def test_rows_that_share_people_are_never_added_up():
    """Six people in A and the same six in B are twelve only on paper."""
    rows = {"A": [20, 20], "B": [20, 20], "C": [400, 500], "D": [300, 300]}
    told = [[6, 6], [6, 6], [90, 90], [80, 80]]
    found = gate(incidents(rows, "XY", told), LIMIT)
    assert found.together == ()
    assert {"A", "B"} < set(found.silent)  # and a row of enough people, or both would follow from the others
    assert "C" not in found.silent
    assert gate(incidents(rows, "XY", told, apart=True), LIMIT).together != ()


def test_cells_that_are_withheld_together_are_of_enough_people():
    """Two cells of a row of the same nine people: what they are together would follow from the row."""
    rows = {"A": [30, 30, 200, 300], "B": [300, 300, 300, 300]}
    found = gate(incidents(rows, "WXYZ", [[9, 9, 90, 90], [90, 90, 90, 90]]), LIMIT)
    assert [cell is WITHHELD for cell in found.cells("A").values()][:3] == [True, True, True]


def test_sums_that_stand_in_other_tables_are_the_same_in_each():
    """How the total row is gated depends on the total alone, whatever the rows."""
    of_all = [4, 90, 60, 80]
    one = gate(incidents({"A": [5, 100, 30, 80], "B": [0, 90, 60, 70]}, "WXYZ", [[4, 60, 30, 50], [0, 40, 40, 40]],
                         True, of_all), LIMIT)  # fmt: skip
    other = gate(incidents({"A": [5, 60, 50, 75], "B": [0, 130, 40, 75]}, "WXYZ", [[4, 50, 5, 50], [0, 80, 58, 40]],
                           True, of_all), LIMIT)  # fmt: skip
    assert one.withheld[-1].tolist() == other.withheld[-1].tolist() == [True, False, True, False]


CHAIN = {"1": "All", "2": "A second", "3": "A third", "5": "A fifth", "10": "A 10th or later"}


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 60), min_size=5, max_size=5), min_size=2, max_size=6))
def test_nested_counts_tell_of_none_by_their_differences(rows):
    chains = np.cumsum(np.array(rows)[:, ::-1], axis=1)[:, ::-1]
    wide = pd.DataFrame(chains, columns=list(CHAIN)).assign(title=[f"R{r}" for r in range(len(rows))])
    shown = steps(gate(nested(wide, CHAIN, "1"), LIMIT)).as_table("People with another DA incident", "y", LIMIT)
    if shown is not None:
        assert told_by_difference(as_printed(shown), LIMIT) == []


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=3, max_size=3), st.integers(0, 12))
def test_two_tables_with_a_margin_in_common_are_gated_as_one(rows, moved):
    table = []
    for first, (standard, medium, high, none) in zip(GRADES, rows, strict=True):
        step = min(moved, high)
        for later, numbers in (("highest", (standard, medium, high)), ("next", (standard + step, medium, high - step))):
            for grade, people in zip((*GRADES, "no later grade"), (*numbers, none), strict=True):
                table.append((first, later, grade, people, standard + medium + high + none))
    found = transitions_gated(pd.DataFrame(table, columns=["first_grade", "later", "grade", "people", "of"]), LIMIT)
    if found[0] is None:
        return
    laid = [gated.as_table("People by the first risk grade", "First grade", LIMIT) for gated in found]
    if None not in laid:
        highest, following = (as_printed(one) for one in laid)
        assert shared_apart(highest, following) == []
        people = dict(zip(found[0].rows, found[0].people.tolist(), strict=True))
        assert [line for one in (highest, following) for line in narrowed(one, people, LIMIT)] == []


# sums and means


def sums_of(**people):
    clusters = pd.Series([int(name[1:]) for name, values in people.items() for _ in values])
    return Sums.of(clusters, pd.Series([float(value) for values in people.values() for value in values]))


def test_a_sum_needs_people_of_whom_no_two_hold_nine_tenths():
    sums = sums_of(c1=[5] * 10, c2=[5] * 9, c3=[1] * 18 + [90, 90], c4=[1] * 20 + [5, 5], c5=[0] * 10)
    assert [sums.allowed([c], LIMIT) for c in (1, 2, 3, 4, 5)] == [True, False, False, True, True]
    assert sums.allowed([2, 1], LIMIT)


def test_a_mean_that_subtraction_would_give_is_withheld_with_the_next():
    sums = sums_of(c1=[5] * 40, c2=[5] * 4, c3=[5] * 30, c4=[5] * 50)
    hidden = hide(sums, {"A": [1, 2], "Cluster 3": [3], "Cluster 4": [4]}, LIMIT)
    assert hidden.clusters == {1, 2}  # A's mean less cluster 1's would give that of four people
    assert hidden.typologies == frozenset()
    alone = hide(sums, {"Cluster 1": [1], "Cluster 2": [2], "Cluster 3": [3], "Cluster 4": [4]}, LIMIT)
    assert alone.clusters == {2, 3}  # the cohort's mean less the others' would


def test_of_a_running_sum_only_steps_of_enough_people_are_printed():
    ordered = np.array([100.0] * 10 + [10.0] * 90)
    assert steps_allowed(ordered, [1, 5, 10, 12, 20, 95, 100], LIMIT) == [2, 4, 6]
    assert steps_allowed(np.array([1e6, *[1.0] * 99]), [10, 20, 50, 100], LIMIT) == [3]
    assert DOMINANCE == 0.9


# the page


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    dap.synthesise(500, seed=11).incidents.to_csv(folder / "incidents.csv", index=False)
    definitions = ROOT / "configs/typologies/west_midlands_2022.yaml"
    (folder / "config.yaml").write_text(
        f"name: small\nextract: {{path: incidents.csv}}\nclustering: {{k: 20}}\n"
        f"typology: {{definitions: {definitions}}}\n"
    )
    return dap.run(folder / "config.yaml", out=folder / "out")


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory):
    return dap.run(ROOT / "configs/sample.yaml", out=tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="module", params=["small_run", "sample_run"])
def a_run(request):
    return request.getfixturevalue(request.param)


def people_of(run) -> dict[str, int]:
    clusters = run.frame("clusters")
    unnamed = clusters[clusters["typology"] == "unnamed"]
    return {f"Cluster {c}": int(n) for c, n in zip(unnamed["cluster"], unnamed["size"], strict=True)} | {
        title: int(n) for title, n in typologies_of(run).items()
    }


def typologies_of(run) -> dict[str, int]:
    (table,) = [t for t in tables_of(run.report.read_text()) if t.caption.startswith("The typologies: their share")]
    return {name: number(cell) for name, cell in table.column("People").items() if name != "In no named cluster"}


def test_no_table_of_the_page_can_be_solved(a_run):
    printed = tables_of(a_run.report.read_text())
    shared = {
        table.caption for table in of_the_course(printed)
    }  # their rows share people: attacked by themselves below
    tables = [table for table in counts_of(printed) if table.caption not in shared]
    assert len(tables) >= 5
    assert [line for table in tables for line in narrowed(table, people_of(a_run), LIMIT)] == []


def test_the_tables_of_scrutiny_are_attacked_and_their_totals_hide_nothing(a_run):
    """Tables of one whole by year and by area know of each other only its total: what that hides, one may tell."""
    found = [table for table in counts_of(tables_of(a_run.report.read_text())) if table.caption.startswith("Scrutiny:")]
    assert len(found) >= 6
    totals: dict[tuple[str, ...], list[list[str]]] = {}
    for table in found:
        last = [row for row in table.rows if row[0] == ALL]
        if last:
            assert MARK not in last[0], table.caption
            totals.setdefault(tuple(table.columns[1:]), []).append(last[0][1:])
    assert all(row == same[0] for same in totals.values() for row in same)
    assert any(MARK in row for table in found for row in table.rows)  # there was something to withhold


def test_no_figure_of_scrutiny_shows_what_a_table_withholds(a_run):
    page = a_run.report.read_text()
    tables = {table.caption: table for table in tables_of(page)}
    years = tables.get("Scrutiny: DA incidents by year, by area")
    drawn = (a_run.out / "figures/scrutiny_areas.svg").read_text() if years and "scrutiny_areas" in page else ""
    hidden = [row[0] for row in years.rows if MARK in row] if years else []
    assert not [area for area in hidden if f"{area} " in drawn.partition("aria-label=")[2].partition(">")[0]]


def test_no_count_below_the_limit_is_printed(a_run):
    for table in counts_of(tables_of(a_run.report.read_text())):
        cells = [number(cell) for row in table.rows for cell in row[2:]]
        assert all(cell is None or cell >= LIMIT for cell in cells), table.caption


def counts_asked(run) -> int:
    """Counted anew from the offences of the run: who is behind each printed number of DA crimes."""
    tables = [
        t for t in of_the_course(tables_of(run.report.read_text())) if t.caption.startswith("DA crimes by outcome")
    ]
    offences = pd.read_parquet(run.out / "work/offences.parquet")
    grades = pd.read_parquet(run.out / "work/incidents.parquet", columns=["offender_id", "incident_id", "risk"])
    crimes = offences[offences["is_da"] & offences["is_crime"]].merge(grades, on=["offender_id", "incident_id"])
    crimes = crimes.assign(
        outcome=crimes["outcome_code"].map(OUTCOME_GROUPS),
        grade=crimes["risk"].map({1: "Standard", 2: "Medium", 3: "High"}).fillna("Not graded"),
    )
    asked = 0
    for table in tables:
        for row in table.rows if table.columns[0] == "Risk grade" else []:
            for name, cell in zip(table.columns[2:], row[2:], strict=True):
                own = crimes[(crimes["grade"] == row[0]) & (crimes["outcome"].str.capitalize() == name.capitalize())]
                if cell != MARK:
                    asked += 1
                    assert number(cell) == len(own)
                    assert own["offender_id"].nunique() >= LIMIT, (row[0], name)
    return asked


def test_every_count_of_the_course_is_of_enough_people(sample_run, small_run):
    assert counts_asked(sample_run) > 0
    counts_asked(small_run)  # where no grade has enough people for any outcome, there is none to ask about


def test_nothing_of_the_course_follows_from_differences(a_run):
    tables = of_the_course(tables_of(a_run.report.read_text()))
    reached = [t for t in tables if t.caption.startswith("People with another DA incident")]
    assert [line for table in reached for line in told_by_difference(table, LIMIT)] == []
    grades = [t for t in tables if t.caption.startswith("People by the first risk grade")]
    assert len(grades) != 2 or shared_apart(*grades) == []
    shared = ("risk grade", "gravest offence", "outcome of the crime")
    for table in tables:
        if table.columns[0].lower() in shared and not table.caption.startswith("People"):
            assert all(row[0] != "Smaller ones together" for row in table.rows), table.caption


def test_what_one_table_withholds_no_other_prints(a_run):
    """Cards and the equality audit share every number; patterns of the cohort stand in two tables."""
    tables = tables_of(a_run.report.read_text())
    whole = {t.caption.split(" of ")[0]: t for t in tables if " of the people in each typology" in t.caption}
    cards = [t for t in tables if t.caption in ("Sex", "Ethnicity")]
    assert len(cards) >= 4 or (people_of(a_run).keys() and max(typologies_of(a_run).values()) < 3 * LIMIT)
    for card in cards:
        table = whole[card.caption]
        own = [row[1] for row in card.rows]
        rows = [[row[table.columns.index(name[0])] for name in card.rows] for row in table.rows]
        assert own in rows or set(own) == {MARK}


def test_no_mean_of_few_people_follows_from_the_others(a_run):
    """Known sums are the printed means times people, of clusters, typologies and the cohort: which others follow?"""
    tables = tables_of(a_run.report.read_text())
    clusters = a_run.frame("clusters").set_index("cluster")
    numbers = list(clusters.index)
    bubble = next(t for t in tables if t.caption.startswith("The clusters: means"))
    ranking = next((t for t in tables if t.caption.startswith("Typologies by mean")), None)
    definitions = a_run.frame("harm_ranking").set_index("typology") if ranking else pd.DataFrame()
    titles = {row[0].lower(): row for row in ranking.rows} if ranking else {}
    for column in ("Non-DA incidents", "DA incidents", "DA severity points"):
        cells = bubble.column(column)
        known = [[int(n == int(name)) for n in numbers] for name, cell in cells.items() if cell != MARK]
        known.append([1] * len(numbers))
        for key in definitions.index if column == "DA severity points" else []:
            if key.replace("_", " ") in {title.replace("-", " ").replace("/", " ") for title in titles}:
                known.append([int(clusters.loc[n, "typology"] == key) for n in numbers])
        known += [[int(n in own) for n in numbers] for own in shared_out(tables, clusters, column)]
        known += [[int(n in own) for n in numbers] for own in on_cards(a_run.report.read_text(), clusters, column)]
        rank = np.linalg.matrix_rank(np.array(known))
        few = [n for n in numbers if clusters.loc[n, "size"] < LIMIT]
        assert all(cells[str(n)] == MARK for n in few)
        for some in [*itertools.combinations(few, 1), *itertools.combinations(few, 2), *itertools.combinations(few, 3)]:
            if clusters.loc[list(some), "size"].sum() < LIMIT:
                asked = [int(n in some) for n in numbers]
                assert np.linalg.matrix_rank(np.array([*known, asked])) > rank, (column, some)


def on_cards(page: str, clusters, column: str) -> list[set[int]]:
    """The clusters of which the sentences of a card tell an average, or harm added up."""
    said = {
        "DA incidents": r"are suspects in [\d.,]+ DA incident",
        "Non-DA incidents": r"in ([\d.,]+|hardly any|no) other incident",
        "DA severity points": r"accounts? for \S+% of recorded domestic abuse harm",
    }[column]
    found = []
    for key in clusters["typology"].unique():
        anchor = "unnamed" if key == "unnamed" else f"typology-{key.replace('_', '-')}"
        card = re.search(f'<article class="card[^"]*" id="{anchor}".*?</article>', page, re.DOTALL).group(0)
        who = re.search('<p class="who">(.*?)</p>', card, re.DOTALL).group(1)
        if re.search(said, who):
            found.append(set(clusters.index[clusters["typology"] == key]))
    return found


def test_cards_tell_averages_of_enough_people_alone(a_run):
    clusters, page = a_run.frame("clusters").set_index("cluster"), a_run.report.read_text()
    told = [own for column in ("DA incidents", "DA severity points") for own in on_cards(page, clusters, column)]
    assert told
    assert all(clusters.loc[list(own), "size"].sum() >= LIMIT for own in told)


def shared_out(tables, clusters, column: str) -> list[set[int]]:
    """The clusters whose sum a row of the shares of harm prints."""
    table = next(t for t in tables if t.caption.startswith("By typology: people"))
    heading = {"DA severity points": "Share of DA severity", "DA incidents": "Share of DA incidents"}.get(column)
    if heading is None:
        return []
    at = table.columns.index(heading)
    names = {"In no named cluster": "unnamed"}
    words = {key: key.replace("_", " ") for key in clusters["typology"].unique()}
    found = []
    for row in table.rows:
        title = names.get(row[0], row[0].lower().replace("-", " ").replace("/", " "))
        keys = [key for key, said in words.items() if said in (title, f"female {title}")]
        assert keys, row[0]
        if row[at] != MARK:
            found.append(set(clusters.index[clusters["typology"].isin(keys)]))
    return found


def test_most_of_what_was_printed_still_is(sample_run):
    """Before there was a second look, every count of ten or more was printed."""
    audit, overlap = sample_run.frame("equality_audit"), sample_run.frame("overlap")
    row = audit["typology"].where(audit["typology"] != "unnamed", "Cluster " + audit["cluster"].astype(str))
    counts = audit.groupby([row, "characteristic", "value"])["offenders"].sum()
    before = int((counts >= LIMIT).sum()) + int(
        (audit.groupby(["characteristic", "value"])["offenders"].sum() >= LIMIT).sum()
    )
    measures = overlap.groupby(["typology", "measure"])["offenders"].sum()
    before += int((measures >= LIMIT).sum()) + int((overlap.groupby("measure")["offenders"].sum() >= LIMIT).sum())
    tables = [
        t for t in counts_of(tables_of(sample_run.report.read_text()))
        if t.caption.startswith("Suspects") or " of the people in each typology" in t.caption
    ]  # fmt: skip
    now = sum(cell != MARK for table in tables for row in table.rows for cell in row[2:])
    print(f"{now} of {before} counts are printed")
    assert now >= before / 2


def test_every_typology_of_thirty_people_keeps_its_people_and_its_harm(sample_run):
    tables = tables_of(sample_run.report.read_text())
    ranking = next(t for t in tables if t.caption.startswith("Typologies by mean"))
    large = {title for title, people in typologies_of(sample_run).items() if people >= 30}
    assert large
    assert large <= {row[0] for row in ranking.rows}


def test_the_limit_is_a_setting(small_run, tmp_path):
    config = small_run.config.model_copy(update={"report": small_run.config.report.model_copy(update={"limit": 40})})
    again = dap.run(config.read_from(small_run.out.parent / "config.yaml"), out=tmp_path / "out")
    for table in counts_of(tables_of(again.report.read_text())):
        assert all(cell == MARK or number(cell) >= 40 for row in table.rows for cell in row[2:]), table.caption
    assert small_run.report.read_text() != again.report.read_text()
