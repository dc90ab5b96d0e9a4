"""Sorting, filtering, searching, highlighting, taking away, and a view that can be sent."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest

SVG = "{http://www.w3.org/2000/svg}"
CLUSTERS = "The clusters: means of an offender"


@pytest.fixture
def clusters(opened):
    """The table of clusters, with its details open."""
    opened.page.locator("summary", has_text="For analysts: every cluster").click()
    table = opened.page.locator("table", has=opened.page.locator("caption", has_text=CLUSTERS))
    table.locator("button.sort").first.wait_for()
    return table


def column(table, heading: str, shown: bool = True) -> list[str]:
    heads = [words.strip() for words in table.locator("thead th").all_inner_texts()]
    cells = table.locator(f"tbody tr{':not([hidden])' if shown else ''} > :nth-child({heads.index(heading) + 1})")
    return [words.strip() for words in cells.all_inner_texts()]


def sort(table, heading: str) -> None:
    table.get_by_role("button", name=heading, exact=True).click()


def tools(table):
    """What stands above a table."""
    return table.locator("xpath=ancestor::div[@class='scroll']/preceding-sibling::div[@class='tools'][1]")


def saved(page, press) -> tuple[str, str]:
    with page.expect_download() as waiting:
        press()
    name = waiting.value.suggested_filename
    return name, Path(waiting.value.path()).read_bytes().decode("utf-8")


def run_of(report) -> Path:
    return report.parent.parent


# sort


def test_numbers_are_sorted_as_numbers_and_back(clusters, report):
    sizes = pd.read_csv(run_of(report) / "tables/clusters.csv").sort_values("cluster")["size"].tolist()
    as_printed = [f"{size:,}" for size in sizes]
    assert column(clusters, "People") == as_printed
    sort(clusters, "People")
    assert column(clusters, "People") == [f"{size:,}" for size in sorted(sizes)]
    sort(clusters, "People")
    assert column(clusters, "People") == [f"{size:,}" for size in sorted(sizes, reverse=True)]
    sort(clusters, "People")
    assert column(clusters, "People") == as_printed
    assert clusters.locator("[aria-sort]").count() == 0


def test_what_is_withheld_comes_last_both_ways(clusters):
    cells = column(clusters, "DA incidents")
    withheld = cells.count("*")
    assert withheld > 0
    for _ in range(2):
        sort(clusters, "DA incidents")
        found = column(clusters, "DA incidents")
        assert found[-withheld:] == ["*"] * withheld
        assert "*" not in found[:-withheld]
        numbers = [float(cell.replace(",", "")) for cell in found[:-withheld]]
        down = clusters.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
        assert numbers == sorted(numbers, reverse=down)


def test_words_are_sorted_as_words_and_their_numbers_as_numbers(clusters):
    sort(clusters, "Typology")
    found = column(clusters, "Typology")
    assert found == sorted(found, key=str.casefold)
    sort(clusters, "Cluster")
    assert column(clusters, "Cluster") == [str(n) for n in range(1, 51)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["12%", "<0.1%", "0.1%", ">99.9%", "100%", "–"], ["<0.1%", "0.1%", "12%", ">99.9%", "100%", "–"]),
        (["−3", "2.5", "−12.5 (−20 to −5)", "1,204", "*"], ["−12.5 (−20 to −5)", "−3", "2.5", "1,204", "*"]),
        (["3 years", "40 minutes", "12 days", "5.3 hours"], ["40 minutes", "5.3 hours", "12 days", "3 years"]),
        (["Cluster 10", "cluster 9", "Éa", "ed"], ["cluster 9", "Cluster 10", "Éa", "ed"]),
        (["<0.001", "0.041", "0.001"], ["<0.001", "0.001", "0.041"]),
    ],
)
def test_every_way_in_which_the_page_writes_numbers_has_an_order(clusters, cells, expected):
    clusters.evaluate(
        """(table, cells) => [...table.tBodies[0].rows].forEach((row, at) => {
            if (at < cells.length) row.cells[4].textContent = cells[at]; else row.remove(); })""",
        cells,
    )
    # Rows that are gone come back in an order of their own: only those with the cells are asked for.
    sort(clusters, "People")
    found = [cell for cell in column(clusters, "People") if cell in cells]
    assert found == expected


# filter


def test_a_filter_leaves_the_rows_with_its_words_and_says_how_many(clusters):
    bar = tools(clusters)
    assert bar.get_by_role("status").inner_text() == "50 rows"
    bar.get_by_label("Rows with").fill("UNNAMED stable")
    cells = (column(clusters, heading, shown=False) for heading in ("Cluster", "Typology", "Stability"))
    expected = [n for n, name, firm in zip(*cells, strict=True) if "unnamed" in name and "stable" in firm]
    assert 0 < len(expected) < 50
    assert column(clusters, "Cluster") == expected
    assert bar.get_by_role("status").inner_text() == f"{len(expected)} of 50 rows"
    bar.get_by_label("Rows with").fill("")
    assert len(column(clusters, "Cluster")) == 50


def test_small_tables_have_no_filter(opened):
    for table in opened.page.locator("main .scroll:visible table").all():
        table.scroll_into_view_if_needed()
        tools(table).wait_for()
        rows = table.locator("tbody tr").count()
        assert tools(table).get_by_label("Rows with").count() == (rows > 8)


# highlight


def test_a_typology_is_highlighted_in_tables_figures_and_cards(opened):
    page = opened.page
    card = page.locator("article.card[id^=typology-]").first
    title = card.locator("[id$=-title]").first.inner_text()
    anchor = card.get_attribute("id")
    page.get_by_label("Highlight a typology").select_option(label=title)
    assert anchor in page.url
    rows = page.locator("main tbody tr").evaluate_all(
        "(rows, title) => rows.filter(row => [...row.cells].some(cell => cell.textContent.trim() === title))"
        ".map(row => row.classList.contains('chosen'))",
        title,
    )
    assert len(rows) >= 5
    assert all(rows)
    texts = page.locator("svg text").evaluate_all(
        "(texts, title) => texts.filter(one => one.textContent.trim() === title)"
        ".map(one => one.classList.contains('chosen'))",
        title,
    )
    assert len(texts) >= 2
    assert all(texts)
    assert "chosen" in card.get_attribute("class")
    said = page.locator(".explore .said").last.inner_text()
    assert re.fullmatch(r"Highlighted in \d+ rows of tables and in figures", said)
    page.get_by_label("Highlight a typology").select_option(label="None")
    assert page.locator(".chosen, .choosing").count() == 0


def test_clicking_its_name_chooses_it_and_again_lets_it_go(opened):
    page = opened.page
    title = page.locator("article.card[id^=typology-] [id$=-title]").first.inner_text()
    # A figure in a closed part of the page has the name too.
    name = page.locator("svg text", has_text=re.compile(f"^{re.escape(title)}$")).locator("visible=true").first
    for chosen in (title, "None"):
        name.click()
        select = page.get_by_label("Highlight a typology")
        assert select.evaluate("select => select.selectedOptions[0].textContent") == chosen
    press = page.get_by_role("button", name=f"Highlight everywhere: {title}")
    press.click()
    assert press.get_attribute("aria-pressed") == "true"


# search


def test_search_finds_headings_cards_tables_and_the_glossary(opened):
    page = opened.page
    box = page.get_by_label("Search this page")
    for words, kind in (("medoid", "glossary"), ("clusters means", "table"), ("typologies", "section")):
        box.fill(words)
        kinds = page.locator(".hits span").all_inner_texts()
        assert any(found.startswith(kind) for found in kinds), (words, kinds)
    title = page.locator("article.card[id^=typology-] [id$=-title]").first.inner_text()
    box.fill(title)
    assert page.locator(".hits button").first.inner_text() == title
    box.fill("no such words anywhere")
    assert page.locator(".hits:visible").count() == 0
    assert page.get_by_role("search").get_by_role("status").inner_text() == "0 places"


def test_a_hit_in_closed_details_opens_them_and_is_seen(opened):
    page = opened.page
    page.get_by_label("Search this page").fill(CLUSTERS)
    page.locator(".hits button", has_text=CLUSTERS).first.click()
    caption = page.locator("caption", has_text=CLUSTERS)
    assert caption.is_visible()
    page.wait_for_function(
        "words => { const box = [...document.querySelectorAll('caption')].find(one => one.textContent.includes(words))"
        ".getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }",
        arg=CLUSTERS,
    )


# the address


def test_a_view_that_is_sent_opens_as_it_was(opened, context, clusters):
    page = opened.page
    sort(clusters, "People")
    sort(clusters, "People")
    tools(clusters).get_by_label("Rows with").fill("unnamed")
    page.get_by_label("Highlight a typology").select_option(index=2)
    page.get_by_label("Search this page").fill("medoid & <b>")
    before = column(clusters, "Cluster")
    other = context.new_page()
    other.goto(page.url)
    table = other.locator("table", has=other.locator("caption", has_text=CLUSTERS))
    assert table.is_visible()  # its details are open
    assert column(table, "Cluster") == before
    assert table.locator("[aria-sort=descending]").count() == 1
    assert tools(table).get_by_label("Rows with").input_value() == "unnamed"
    assert other.get_by_label("Search this page").input_value() == "medoid & <b>"
    chosen = "select => select.selectedIndex"
    assert other.get_by_label("Highlight a typology").evaluate(chosen) == 2
    assert other.url == page.url


def test_links_within_the_page_keep_the_view(opened):
    page = opened.page
    page.get_by_label("Highlight a typology").select_option(index=1)
    view = page.url.split("#")[1]
    page.locator("nav.contents a[href='#glossary']").click()
    page.wait_for_function("() => location.hash.startsWith('#glossary&')")
    assert page.url.split("#")[1] == f"glossary{view}"


def test_a_link_to_something_in_closed_details_opens_them(opened):
    page = opened.page
    page.evaluate("document.querySelector('#volume details table').id = 'within'")
    page.evaluate("location.hash = '#within'")
    page.locator("#within").wait_for(state="visible")


@pytest.mark.parametrize(
    "address", ["#found&sort.x=9999d&open=nobody&typology=none", "#%E0%A4%A&find=%", "#&&=&sort.=1u"]
)
def test_an_address_that_says_nothing_sensible_does_no_harm(context, report, address):
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(report.as_uri() + address)
    assert page.get_by_label("Search this page").is_visible()
    assert errors == []


def test_the_contents_follow_the_scroll(opened):
    page = opened.page
    for section in ("volume", "harm", "glossary"):
        page.locator(f"#{section}").evaluate("one => window.scrollTo({top: one.offsetTop + 40, behavior: 'instant'})")
        page.wait_for_function(
            "name => [...document.querySelectorAll('nav.contents [aria-current]')].map(a => a.hash).join()"
            " === '#' + name",
            arg=section,
        )


# figures


def test_every_figure_has_a_picture_and_a_table_to_take_away(opened):
    page = opened.page
    for figure in page.locator("main figure").all():
        labels = figure.locator(".tools button").all_text_contents()
        assert labels == ["Figure as SVG", "See its table", "Its table as CSV"], figure.text_content()[:80]


def test_a_figure_as_svg_stands_alone(opened):
    page = opened.page
    for press in page.get_by_role("button", name=re.compile("^Figure as SVG")).all():
        if not press.is_visible():
            continue
        name, text = saved(page, press.click)
        assert name.endswith(".svg")
        root = ElementTree.fromstring(text)
        assert root.tag == f"{SVG}svg"
        assert float(root.get("width")) > 300
        assert "var(" not in text
        assert not re.findall(r'(?:href|src)="(?!#)', text)


def test_a_picture_from_dark_paper_has_the_colours_of_light_paper(browser, report):
    context = browser.new_context(color_scheme="dark", offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    _, text = saved(page, page.locator("#volume").get_by_role("button", name="Figure as SVG").first.click)
    context.close()
    assert "#3f6285" in text
    assert "#85aed6" not in text


def test_a_table_as_csv_has_the_cells_of_the_table_as_it_is_seen(opened, clusters, report):
    page = opened.page
    sort(clusters, "People")
    sort(clusters, "People")
    tools(clusters).get_by_label("Rows with").fill("unnamed")
    name, text = saved(page, tools(clusters).get_by_role("button", name="Table as CSV").click)
    assert name == "the-clusters-means-of-an-offender.csv"
    assert text.startswith("\ufeff")
    head, *rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    own = pd.read_csv(run_of(report) / "tables/clusters.csv")
    own = own[own["typology"] == "unnamed"]
    people = [int(row[head.index("People")]) for row in rows]
    assert sorted(people) == sorted(own["size"])
    assert people == sorted(people, reverse=True)
    by_number = own.set_index("cluster")["size"].to_dict()
    assert {int(row[0]): int(row[head.index("People")]) for row in rows} == by_number


def test_cells_of_a_csv_are_numbers_for_machines_and_no_formula(opened, clusters):
    page = opened.page
    cells = ["1,204", "−3.5", "62%", "=1+1", "+44", "-x", "@y", "'=1", 'a "b", c', "*", "<0.1%"]
    clusters.evaluate(
        "(table, cells) => cells.forEach((cell, at) => { table.tBodies[0].rows[at].cells[1].textContent = cell; })",
        cells,
    )
    _, text = saved(page, tools(clusters).get_by_role("button", name="Table as CSV").click)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row[1] for row in rows[1 : len(cells) + 1]] == [
        "1204", "-3.5", "62%", "'=1+1", "'+44", "'-x", "'@y", "''=1", 'a "b", c', "*", "<0.1%",
    ]  # fmt: skip


@pytest.mark.parametrize(("cells", "heads", "first", "second"), [
    (["1,021 (84%)", "1 (<0.1%)", "*", "cohort 4 (1%)"], ["", ": share"], ["1021", "84%"], ["1", "<0.1%"]),
    (["−3.5 (−5 to 1)", "1.98 (1.29 to 2,072)", "*", "0.2 (men)"], ["", ": from", ": to"], ["-3.5", "-5", "1"],
     ["1.98", "1.29", "2072"]),
])  # fmt: skip
def test_several_numbers_of_a_cell_are_columns_of_their_own_in_the_csv(opened, clusters, cells, heads, first, second):
    clusters.evaluate(
        """(table, cells) => [...table.tBodies[0].rows].forEach((row, at) => {
          row.cells[1].textContent = cells[at] ?? "7";
        })""",
        cells,
    )
    head = clusters.locator("thead th").nth(1).inner_text().strip()
    _, text = saved(opened.page, tools(clusters).get_by_role("button", name="Table as CSV").click)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    width = len(heads)
    taken = [row[1 : 1 + width] for row in rows]
    blank = [""] * (width - 1)
    assert taken[0] == [head + end for end in heads]
    assert taken[1:6] == [first, second, ["*", *blank], [cells[3], *blank], ["7", *blank]]
    assert len({len(row) for row in rows}) == 1


def test_a_mark_says_its_figures_which_are_in_the_table_too(opened, report):
    page = opened.page
    table = pd.read_csv(run_of(report) / "tables/cohort_hexagons.csv").query("plane == 'volume'")
    fullest = int(table.groupby(["across", "up"])["offenders"].sum().max())
    mark = page.locator(f'#volume path[data-says^="{fullest:,} people with 1 incident"]')
    mark.hover()
    tip = page.get_by_role("tooltip")
    assert tip.inner_text().startswith(f"{fullest:,} people with 1 incident")
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_the_address_holds_no_words_of_the_page_but_names(opened, clusters):
    sort(clusters, "People")
    assert set(unquote(opened.page.url.split("#")[1]).split("&")[1:]) == {
        "open=for-analysts-every-cluster-with-its-mean", "sort.the-clusters-means-of-an-offender=4u",
    }  # fmt: skip


# without script


def test_without_script_the_page_is_whole_and_has_no_dead_controls(browser, report):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    text = page.content()
    context.close()
    assert not re.findall("<(?:button|input|select|textarea)\\b", text)
    assert text.count("<table") > 20
