"""Everything can be done with the keyboard alone."""

from __future__ import annotations


def focused(page) -> str:
    return page.evaluate(
        "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
    )


def tab_to(page, words: str, most: int = 400) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"{words} was not reached")


def test_the_first_stop_skips_to_what_was_found(opened):
    page = opened.page
    page.keyboard.press("Tab")
    assert "Skip to" in focused(page)
    box = page.evaluate("document.activeElement.getBoundingClientRect().left")
    assert box >= 0  # it shows itself
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('{target}').contains(document.activeElement)")


def test_the_contents_lead_to_sections(opened):
    page = opened.page
    title = page.locator("#typologies > h2").inner_text()
    tab_to(page, title)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#typologies').getBoundingClientRect().top < 300")
    assert "typologies" in page.url


def test_details_open_and_their_table_sorts(opened):
    page = opened.page
    summary = page.locator("#volume summary").first
    words = summary.inner_text()
    page.locator("#volume").evaluate("section => { section.tabIndex = -1; section.focus(); }")
    tab_to(page, words)
    page.keyboard.press("Enter")
    assert summary.evaluate("one => one.parentElement.open")
    page.locator("#volume button.sort").first.wait_for()  # a table gets its controls once it is seen
    tab_to(page, "People")
    page.keyboard.press("Enter")
    heading = page.locator("#volume th[aria-sort]").first
    assert heading.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert heading.get_attribute("aria-sort") == "descending"
    assert focused(page) == "People"  # the place is kept


def test_search_goes_by_arrows_and_enter_to_a_place_that_then_has_the_focus(opened):
    page = opened.page
    tab_to(page, "")
    page.get_by_label("Search this page").focus()
    page.keyboard.type("medoid")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    first = focused(page)
    assert page.locator(".hits button").first.inner_text() == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.get_by_label("Search this page").focus()
    page.keyboard.press("Escape")
    assert page.locator(".hits li").count() == 0


def test_wide_tables_can_be_scrolled(browser, report):
    context = browser.new_context(viewport={"width": 360, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    stuck = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(one =>
            /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
            && one.tabIndex < 0 && !one.querySelector('a, button, summary, input')
        ).map(one => one.outerHTML.slice(0, 90))"""
    )
    context.close()
    assert stuck == []
