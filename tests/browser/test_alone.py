"""The page stands alone: it opens from its file, asks for nothing else and complains of nothing."""

from __future__ import annotations


def test_it_asks_for_itself_alone(opened, report):
    opened.page.wait_for_load_state("networkidle")
    assert opened.asked == [report.as_uri()]


def test_nothing_complains(opened):
    assert opened.complaints == []


def test_its_script_runs_under_its_policy(opened):
    assert "js" in opened.page.evaluate("document.documentElement.className")
