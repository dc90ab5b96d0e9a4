"""No violation that axe-core knows, run inside the page under its policy."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from .conftest import THROUGH, Watched

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
BESIDE = (
    "shareable/index.html", "report/model_card.html", "report/atrs.html", "report/dpia_annex.html",
    "report/datasheet.html",
)  # fmt: skip


def violations(page) -> list[str]:
    """Every violation with the elements that it is of."""
    page.evaluate(f"() => {{ {AXE} }}")
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{v['id']}: {node['target']} {node['html'][:120]}" for v in found for node in v["nodes"]]


def as_read(browser, report, width: int, scheme: str, details: str):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    if details == "open":
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(THROUGH)
    return context, page


# Every width, scheme and state once: axe takes half a minute over the whole page.
@pytest.mark.parametrize(("width", "scheme", "details"), [(1280, "light", "closed"), (360, "dark", "open")])
def test_axe_finds_nothing(browser, report, width, scheme, details):
    context, page = as_read(browser, report, width, scheme, details)
    found = violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("name", BESIDE)
def test_axe_finds_nothing_in_the_pages_beside_it(browser, report, name, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    watched = Watched(context)
    watched.page.goto((report.parents[1] / name).as_uri())
    watched.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    watched.page.evaluate(THROUGH)
    found = violations(watched.page)
    across = watched.page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found == []
    assert watched.complaints == []
    assert watched.asked == [(report.parents[1] / name).as_uri()]
    assert across <= width


def test_axe_finds_nothing_in_a_view_with_everything_chosen(opened):
    page = opened.page
    page.get_by_label("Search this page").fill("harm")
    page.get_by_label("Highlight a typology").select_option(index=1)
    page.locator("#volume summary").first.click()
    page.locator("#volume button.sort").first.click()
    assert violations(page) == []
    assert opened.complaints == []


def test_axe_would_find_something(opened):
    opened.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [line for line in violations(opened.page) if line.startswith("button-name")]
