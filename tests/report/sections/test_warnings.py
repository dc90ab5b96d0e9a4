"""Warnings on the page: on the first screen and with the quality of the data, in words, and never as markup."""

from __future__ import annotations

import pandas as pd

from dapipeline.extract.warnings import BY_CODE, COLUMNS

from ..reading import words_of


def test_a_warning_says_what_was_found_what_it_means_and_what_to_do(make):
    told = words_of("quality", make())
    assert "Of 5 suspects and 4 &lt;victims&gt;, 0 share an id." in told
    assert BY_CODE["W201"].meaning.replace("'", "&#39;") in told
    assert "For the analyst: Link them. (W201)" in told
    assert "One thing to mend." in told
    first = words_of("found", make())
    assert "To look at before anything here is relied on Of 5 suspects and 4 &lt;victims&gt;" in first
    assert first.index("To look at") < first.index("What this report is, and what it is not")


def test_without_a_warning_the_page_says_so(make):
    none = make(warnings=pd.DataFrame(columns=COLUMNS))
    assert "Nothing in the extract as a whole looks wrong" in words_of("quality", none)
    assert "To look at" not in words_of("found", none)
