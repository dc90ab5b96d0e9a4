"""The shareable edition of the sample: nothing withheld can be worked out, and nothing of a person is in it."""

import re
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.report.attack import MARK, tables_of
from tests.report.shareable.attack import attack, is_of_counts, page_of, printed_share
from tests.running import run_in

from dapipeline.config import Config
from dapipeline.synthetic import make_force

LIMIT = 10
SAMPLE = Path(__file__).parents[3] / "data/sample/incidents.csv"
SETTINGS = {
    "name": "Sample & force",
    "extract": {"path": str(SAMPLE)},
    "window": {"from": "2011-01-01", "to": "2020-12-31"},
    "features": {"transform": "log1p"},
    "report": {"edition": "shareable", "marking": "OFFICIAL", "contact": "Analysis <unit>"},
}


@pytest.fixture(scope="module")
def editions(tmp_path_factory) -> list[Path]:
    """Give two runs of the sample, with 50 and with 30 clusters."""
    folder = tmp_path_factory.mktemp("editions")
    made = []
    for k in (50, 30):
        out = folder / f"k{k}"
        if made:
            shutil.copytree(made[-1], out)
        config = Config.model_validate(SETTINGS | {"clustering": {"k": k, "metric": "euclidean"}})
        run_in(folder, config, out)
        made.append(out)
    return made


def count_of(cell: str) -> int:
    return int(cell.split(" ", maxsplit=1)[0].replace(",", ""))


def test_no_withheld_count_can_be_worked_out_of_editions_alone_or_together(editions):
    pages = [page_of(run) for run in editions]
    for page in pages:
        printed, every = printed_share([page])
        assert 300 < printed < every  # some are withheld, or there would be nothing to attack
        assert printed / every >= 0.5
        assert attack([page], LIMIT) == []
    assert attack(pages, LIMIT) == []


def test_the_attack_finds_what_a_careless_edition_tells(editions):
    page = page_of(editions[0])
    table = next(t for t in filter(is_of_counts, tables_of(page)) if any(MARK in row[2:] for row in t.rows))
    left = {}
    for row in (row for row in table.rows if MARK in row[2:]):
        left[tuple(row)] = count_of(row[1]) - sum(count_of(cell) for cell in row[2:] if cell != MARK)
    row = max(left, key=left.__getitem__)
    # Print all but one of its withheld numbers: what is left follows from its whole.
    hidden = [at for at, cell in enumerate(row) if cell == MARK]
    careless = ["10 (1%)" if at in hidden[1:] else cell for at, cell in enumerate(row)]
    at = page.index(f"<caption>{table.caption}")
    start = page.index(f'<tr><th scope="row">{row[0]}</th>', at)
    stop = page.index("</tr>", start)
    cells = "".join(f'<td class="n">{cell}</td>' for cell in careless[1:])
    leaking = f'{page[:start]}<tr><th scope="row">{row[0]}</th>{cells}{page[stop:]}'
    assert any(table.caption in line for line in attack([leaking], LIMIT))


def test_what_is_said_of_all_suspects_is_what_the_tables_print(editions):
    page = page_of(editions[0])
    said = re.search(r"Of all of them, (\d+%) are recorded as male, (\d+%) have one recorded victim of DA, ", page)
    found = {table.caption.split(",")[0]: table for table in tables_of(page)}
    for at, caption, category in ((1, "Sex of the suspects", "male"), (2, "Number of DA victims", "one victim")):
        table = found[caption]
        assert table.rows[-1][0] == "All"
        cell = table.rows[-1][table.columns.index(category)]
        assert said is not None and f"({said[at]})" in cell


def test_the_folder_holds_a_page_and_figures_and_nothing_else(editions):
    files = sorted(p.relative_to(editions[0] / "shareable").as_posix() for p in editions[0].rglob("shareable/**/*.*"))
    assert {re.sub(r"figures/\w+", "figures/NAME", name) for name in files} <= {
        "index.html", "tables.xlsx", "figures", "figures/NAME.svg", "figures/NAME.png",
    }  # fmt: skip
    assert "index.html" in files


def test_no_id_and_no_date_of_a_person_is_in_any_file(editions):
    rows = pd.read_csv(SAMPLE, dtype=str)
    ids = {value for name in ("incident_id", "offender_id", "victim_id", "offence_id") for value in rows[name].dropna()}
    days = {value[:10] for value in pd.concat([rows["occurred_from"], rows["offender_dob"]]).dropna()}
    days -= {"2011-01-01", "2020-12-31"}  # the window, which is a setting
    assert len(ids) > 5_000
    assert len(days) > 1_000
    for path in (p for p in (editions[0] / "shareable").rglob("*.*") if p.suffix in (".html", ".svg")):
        text = path.read_text(encoding="utf-8")
        assert not ids & set(re.findall(r"\w+", text)), path.name
        assert not days & set(re.findall(r"\d{4}-\d{2}-\d{2}", text)), path.name
        assert not re.findall(r"\d{2}/\d{2}/\d{4}", text), path.name


def test_figures_say_nothing_that_no_table_says(editions):
    printed = {cell for table in tables_of(page_of(editions[0])) for row in table.rows for cell in row}
    spoken = re.findall(r'data-says="[^"]*: ([\d,.]+) per 100 people', page_of(editions[0]))
    assert len(spoken) > 30
    assert set(spoken) <= printed


def test_the_first_screen_answers_its_question(editions):
    found = re.sub(r"<[^>]*>", "", page_of(editions[0]).split('<section id="found"')[1].split("</section>")[0])
    assert re.search(r"About [\d,]+ people are recorded as suspects", found)
    assert re.search(
        r"The typology with the most recorded DA harm[^.]*: [\d.]+% of it, from [\d.]+% of the people", found
    )
    assert re.search(r"The 5% of people with the most recorded DA harm account for [\d.]+% of it", found)


def test_names_and_settings_are_text(editions):
    page = page_of(editions[0])
    assert "Sample &amp; force" in page
    assert "Analysis &lt;unit&gt;" in page
    assert "OFFICIAL" in page


def test_every_row_of_counts_adds_up_to_its_whole_within_rounding(editions):
    for table in filter(is_of_counts, tables_of(page_of(editions[0]))):
        for row in table.rows:
            cells, whole = [count_of(cell) for cell in row[2:] if cell != MARK], count_of(row[1])
            assert all(cell % 5 == 0 and cell >= LIMIT for cell in cells)
            if len(cells) == len(row) - 2:
                assert abs(sum(cells) - whole) <= 2 * (len(cells) + 1)


def test_the_same_rows_in_another_order_give_the_same_bytes_in_every_file(tmp_path):
    rows = make_force(400, 11).incidents
    written = {}
    for name, order, threads in (("one", 1, 1), ("other", -1, 2)):
        folder = tmp_path / name
        folder.mkdir()
        rows.iloc[::order].to_csv(folder / "extract.csv", index=False)
        config = {"extract": {"path": "extract.csv"}, "clustering": {"k": 8}, "engine": {"threads": threads}}
        out = run_in(folder, Config.model_validate({**SETTINGS, **config})).out
        files = [path for path in out.rglob("*") if path.parent.name in ("tables", "shareable", "figures")]
        written[name] = {path.relative_to(out).as_posix(): path.read_bytes() for path in files if path.is_file()}
    assert len(written["one"]) > 100
    assert [name for name, held in written["one"].items() if written["other"].get(name) != held] == []
    assert written["one"].keys() == written["other"].keys()


def as_number(cell: str) -> float | str:
    """What a cell of the page says, without the share beside it."""
    found = re.match(r"([\d,.]+)(%?)", cell)
    if not found:
        return cell
    value = float(found[1].replace(",", ""))
    return value / 100 if found[2] else value


def test_every_sheet_is_a_table_of_the_page(editions):
    book = openpyxl.load_workbook(editions[0] / "shareable/tables.xlsx")
    listed = [row[0] for row in book["Contents"].iter_rows(values_only=True)]
    captions = listed[listed.index("Table") + 1 :][:-3]  # then what the columns mean, and the notes
    pages = {table.caption: table for table in tables_of(page_of(editions[0]))}
    sheets = [name for name in book.sheetnames if name not in ("Contents", "Columns", "Notes")]
    assert len(sheets) == len(captions) > 20
    for caption, name in zip(captions, sheets, strict=True):
        heading, *rows = book[name].iter_rows(values_only=True)
        table = pages[caption]
        assert [str(words).casefold() for words in heading] == [words.casefold() for words in table.columns]
        for row, printed in zip(rows, table.rows, strict=True):
            assert row[0] == printed[0]
            for cell, words in zip(row[1:], printed[1:], strict=True):
                if words == MARK:
                    assert cell == MARK
                else:  # the page writes shares of people with fewer figures
                    assert cell == pytest.approx(as_number(words), rel=0.005, abs=0.0005)


def test_counts_in_the_workbook_are_rounded(editions):
    book = openpyxl.load_workbook(editions[0] / "shareable/tables.xlsx")
    cells = [cell for row in book["sex"].iter_rows(min_row=2, min_col=2, values_only=True) for cell in row]
    assert cells
    assert all(cell == MARK or (isinstance(cell, int) and cell % 5 == 0 and cell >= 10) for cell in cells)


def test_the_page_with_records_of_people_calls_itself_internal(editions):
    page = (editions[0] / "report/index.html").read_text(encoding="utf-8")
    assert "Internal edition, for readers inside the force" in page
    assert "hareable edition, for readers inside" not in page
