"""Warnings on the page: near the top, in words, and never as markup."""

from __future__ import annotations

import pandas as pd

from dapipeline.extract.warnings import BY_CODE, COLUMNS
from dapipeline.report.page import render_report

from ..reading import words_of


def test_a_warning_says_what_was_found_what_it_means_and_what_to_do(make):
    told = words_of("warnings", make())
    assert "Of 5 suspects and 4 &lt;victims&gt;, 0 share an id." in told
    assert BY_CODE["W201"].meaning.replace("'", "&#39;") in told
    assert "For the analyst: Link them. (W201)" in told
    assert "One point about the extract should be looked at" in words_of("found", make())
    page = render_report(make()).html
    assert (
        page.index('<section id="found"') < page.index('<section id="warnings"') < page.index('<section id="quality"')
    )


def test_without_a_warning_the_page_says_so(make):
    none = make(warnings=pd.DataFrame(columns=COLUMNS))
    assert "Nothing in the extract looks wrong" in words_of("warnings", none)
    assert "about the extract" not in words_of("found", none)
