"""The page on paper."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

INNER = 794 - 2 * 53  # CSS pixels of an A4 page between its margins of 14 mm


def printed(page) -> list[str]:
    """The text of each printed page."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [sheet.extract_text() for sheet in reader.pages]


def test_it_takes_at_most_15_pages(opened):
    assert len(printed(opened.page)) <= 15


def test_no_figure_is_cut_off(opened):
    page = opened.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": INNER, "height": 1000})
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('figure svg, .strip svg')].filter(svg => svg.checkVisibility())
            .map(svg => {
                const own = svg.getBoundingClientRect();
                const all = [...svg.querySelectorAll('text, path, rect, circle')];
                const parts = all.map(one => one.getBoundingClientRect());
                return {
                    label: svg.getAttribute('aria-label').slice(0, 60),
                    left: own.left, right: own.right, height: own.height,
                    least: Math.min(...parts.map(box => box.left)), most: Math.max(...parts.map(box => box.right)),
                };
            })"""
    )
    assert len(boxes) >= 3
    for box in boxes:
        assert box["left"] >= 0, box
        assert box["right"] <= INNER + 1, box
        assert box["least"] >= -1, box
        assert box["most"] <= INNER + 1, box
        assert box["height"] < 970, box  # of A4 between margins: a figure that is not broken fits a page


def test_what_is_sorted_filtered_highlighted_and_searched_is_printed_as_it_was_written(opened):
    page = opened.page
    before = printed(page)
    page.get_by_label("Search this page").fill("harm")
    page.get_by_label("Highlight a typology").select_option(index=1)
    table = page.locator("main table:has(button.sort)").first
    table.locator("button.sort").first.click()
    table.locator("button.sort").first.click()
    box = page.locator("main .tools input:visible").first
    box.scroll_into_view_if_needed()
    box.fill("no row has this")
    assert page.locator("tr.chosen").count() > 0
    assert page.locator("tbody tr[hidden]").count() > 0
    assert printed(page) == before
    assert table.locator("th[aria-sort]").count() == 1  # and on the screen it is as it was


def test_controls_are_not_printed(opened):
    text = " ".join(printed(opened.page))
    assert "Search this page" not in text
    assert "as CSV" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white(browser, report, scheme):
    context = browser.new_context(color_scheme=scheme, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    page.emulate_media(media="print", color_scheme=scheme)
    colours = page.evaluate("['backgroundColor', 'color'].map(name => getComputedStyle(document.body)[name])")
    context.close()
    assert colours == ["rgb(255, 255, 255)", "rgb(29, 39, 51)"]
