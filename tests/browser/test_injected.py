"""HTML, script and formulas in every text of an extract and of a config stay text, under the page's policy."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
import yaml
from pandas.api import types

import dapipeline

from .conftest import ROOT, THROUGH, Watched

HOSTILE = (
    "<script>window.harmed=1</script>", "<img src=x onerror=window.harmed=2>", '"><svg onload=window.harmed=3>',
    "</style></table><b onclick=window.harmed=4>x</b>", "=HYPERLINK(\"https://example.org/?\"&A1,\"x\")", "@SUM(1+1)",
    "javascript:window.harmed=5", "{{ 7*7 }}{% raw %}", "' onmouseover='window.harmed=6", "-2+3+cmd|' /C calc'!A0",
)  # fmt: skip
LEFT = {"occurred_from", "occurred_to", "reported_at", "offender_dob", "victim_dob"}  # days: others are quarantined


def hostile(column: pd.Series, every: int) -> pd.Series:
    """Put hostile words into some of what a column holds: the same into equal values, so that people stay people."""
    codes, values = pd.factorize(column)
    swapped = [
        f"{HOSTILE[at // every % len(HOSTILE)]} {value}" if at % every == 0 else value
        for at, value in enumerate(values)
    ]
    return pd.Series([swapped[code] if code >= 0 else None for code in codes], index=column.index)


def attacked(folder: Path) -> Path:
    """Write the extract, the definitions and the config of an attacker; return the config."""
    rows = pd.read_csv(ROOT / "data/sample/incidents.csv", dtype=str)
    people = hostile(pd.concat([rows["offender_id"], rows["victim_id"]]), 40)
    rows["offender_id"], rows["victim_id"] = people.iloc[: len(rows)], people.iloc[len(rows) :]
    for name in rows.columns.difference([*LEFT, "offender_id", "victim_id"]):
        assert types.is_object_dtype(rows[name])
        few = rows[name].nunique() < 30  # codes: of some rows alone, so that most can be read
        if few:
            rows.loc[rows.index % 97 == 0, name] = [
                HOSTILE[at % 10] for at in range(len(rows.index[rows.index % 97 == 0]))
            ]
        else:
            rows[name] = hostile(rows[name], 5)
    rows["offender_ethnicity"] = hostile(rows["offender_ethnicity"], 1)
    rows["borough"] = hostile(rows["borough"], 2)
    rows.to_csv(folder / "extract.csv", index=False)
    definitions = yaml.safe_load((ROOT / "configs/typologies/west_midlands_2022.yaml").read_text(encoding="utf-8"))
    for key, words in definitions["typologies"].items():
        at = len(key)
        for name in ("title", "description", "is_not", "source"):
            words[name] = f"{HOSTILE[at % len(HOSTILE)]} {words[name]}"
            at += 1
    definitions["name"] = definitions["source"] = HOSTILE[0]
    definitions["response"] = {key: f"{HOSTILE[1]} {words}" for key, words in definitions["response"].items()}
    (folder / "definitions.yaml").write_text(yaml.safe_dump(definitions, allow_unicode=True), encoding="utf-8")
    config = {
        "name": " ".join(HOSTILE[:4]), "extract": {"path": "extract.csv"}, "clustering": {"k": 12},
        "typology": {"definitions": "definitions.yaml", "overrides": {1: HOSTILE[0], 2: HOSTILE[2], 3: HOSTILE[4]}},
    }  # fmt: skip
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder / "config.yaml"


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    dapipeline.run(attacked(folder), out=folder / "run")
    return folder / "run/report/index.html"


@pytest.fixture
def watched(context, hostile_report) -> Watched:
    found = Watched(context)
    found.page.goto(hostile_report.as_uri())
    return found


def test_the_words_are_there_and_nothing_of_them_runs(watched, hostile_report):
    page = watched.page
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.wait_for_load_state("networkidle")
    text = page.locator("body").text_content()
    for words in HOSTILE:
        assert words in text, words
    assert page.evaluate("window.harmed") is None
    assert watched.asked == [hostile_report.as_uri()]
    assert watched.complaints == []
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, link, form, base").count() == 0
    handlers = (
        "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames()).filter(name => /^on/.test(name))"
    )
    assert page.evaluate(handlers) == []
    assert page.evaluate("[...document.querySelectorAll('a')].filter(a => a.protocol !== 'file:').length") == 0


def test_choosing_searching_sorting_and_pointing_at_them_runs_nothing(watched):
    page = watched.page
    select = page.get_by_label("Highlight a typology")
    titles = select.locator("option").all_text_contents()
    assert HOSTILE[0] in [title.strip() for title in titles]
    for at in range(1, len(titles)):
        select.select_option(index=at)
    for words in HOSTILE:
        page.get_by_label("Search this page").fill(words)
    page.get_by_label("Search this page").fill(HOSTILE[0])
    assert page.locator(".hits li").count() > 0
    page.locator(".hits button").first.click()
    for press in page.locator("button.sort:visible").all()[:10]:
        press.click()
    for mark in page.locator("[data-says]:visible").all()[:10]:
        mark.dispatch_event("pointerover")
    page.reload()
    assert page.get_by_label("Search this page").input_value() == HOSTILE[0]
    assert page.evaluate("window.harmed") is None
    assert watched.complaints == []
    assert page.locator("script").count() == 1


def test_what_is_taken_away_holds_no_formula_and_no_script(watched):
    page = watched.page
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(THROUGH)
    page.evaluate(
        """() => { window.taken = []; const make = URL.createObjectURL;
        URL.createObjectURL = blob => { window.taken.push(blob.text()); return make.call(URL, blob); };
        HTMLAnchorElement.prototype.click = () => {};
        document.querySelectorAll('.tools button').forEach(one => one.click()); }"""
    )
    texts = page.evaluate("Promise.all(window.taken)")
    tables = [text for text in texts if not text.startswith("<svg")]
    assert len(tables) > 20
    cells = [cell for text in tables for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    cells = [cell.removeprefix("\ufeff") for cell in cells]
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"-[\d.]+%?", cell)] == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    pictures = [text for text in texts if text.startswith("<svg")]
    assert len(pictures) > 5
    for text in pictures:
        tags = {element.tag.rsplit("}", 1)[-1] for element in ElementTree.fromstring(text).iter()}
        assert tags <= {
            "svg",
            "g",
            "path",
            "text",
            "tspan",
            "line",
            "rect",
            "circle",
            "use",
            "defs",
            "style",
            "clipPath",
        }
