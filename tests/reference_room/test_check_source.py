"""The comparison with the source list finds what is wrong."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.reference import tables


@pytest.fixture(scope="module")
def check():
    spec = importlib.util.spec_from_file_location("check_source", Path(__file__).with_name("check_source.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def source_of(offences):
    """Titles the patterns know, one a family: a stand-in for the source, not its text."""
    known = {
        "homicide": "Murder",
        "violence": "Common assault",
        "sexual": "Rape",
        "stalking_harassment": "Stalking",
        "controlling_coercive": "Coercive behaviour",
        "child_vulnerable": "Child neglect",
        "criminal_damage": "Criminal damage",
        "acquisitive": "Theft",
        "drugs": "Controlled drug",
        "weapons": "Possession of a knife",
        "public_order": "Affray",
        "breach": "Breach of bail",
    }
    titles = offences["family"].map(known).fillna("Offences under an Act")
    return pd.DataFrame({"offence_code": offences["code"], "title": titles})


def test_no_gap(check, tmp_path, capsys):
    path = tmp_path / "source.csv"
    source_of(tables.offences()).to_csv(path, index=False)
    assert check.main([str(path)]) == 0
    assert "3039 codes in the source, 3039 in the table" in capsys.readouterr().out


def test_missing_and_unknown_codes(check):
    source = source_of(tables.offences())
    source.loc[0, "offence_code"] = "98765"
    _, gaps = check.measure(source)
    assert gaps == [
        "1 codes of the source are not in the table: ['98765'].",
        "1 codes of the table are not in the source: ['00000'].",
    ]


def test_patterns_that_slip(check):
    source = source_of(tables.offences()).assign(title="Nothing that says a word")
    _, gaps = check.measure(source)
    assert gaps == ["The title patterns find 0.0%, not more than 90%."]


def test_wrong_usage(check):
    assert check.main([]) == 1
