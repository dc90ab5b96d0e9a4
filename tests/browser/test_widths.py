"""Nothing scrolls sideways but tables in their own box, from a telephone to a wide screen."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("details", ["closed", "open"])
@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
def test_the_page_is_as_wide_as_the_window(browser, report, width, details):
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    if details == "open":
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    context.close()
    assert wide == [width, width]
