import base64
import hashlib
import html
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest

import dapipeline
from dapipeline.report.figure import inline
from dapipeline.report.page import SECTIONS, anchor
from dapipeline.report.sections.typologies import STANDING

from .reading import files_of

ROOT = Path(__file__).parents[2]
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Collects what the tests ask of the page; every element must be closed in its order."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.articles, self.text = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "article":
            self.articles.append("")

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)
            if "article" in self.open:
                self.articles[-1] += data

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())


BESIDE = {f"{name}.html" for name in ("model_card", "atrs", "dpia_annex", "datasheet")}


@pytest.fixture(scope="module")
def outputs(make):
    return files_of(make())


@pytest.fixture(scope="module")
def page(outputs):
    return Page(outputs["report/index.html"])


def test_every_section_stands_in_order_and_in_the_contents(page):
    sections = [attrs["id"] for tag, attrs in page.tags if tag == "section"]
    assert sections == [anchor(section) for section in SECTIONS]
    assert len(sections) == 11
    ids = {attrs.get("id") for _, attrs in page.tags}
    assert {anchor(inner) for within in SECTIONS.values() for inner in within} <= ids
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert {f"#{section}" for section in sections} <= set(links)


def test_headings_step_down_one_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_figures_have_labels_and_links_lead_somewhere(page):
    tags = [tag for tag, _ in page.tags]
    assert tags.count("caption") == tags.count("table") > 10
    pictures = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert len(pictures) == 26
    assert all(picture["role"] == "img" and picture["aria-label"] for picture in pictures)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    wanted = {
        attrs[name] for _, attrs in page.tags for name in ("href", "xlink:href", "aria-labelledby") if name in attrs
    }
    assert {link for link in wanted if link.endswith(".html")} == BESIDE
    assert {link.lstrip("#") for link in wanted - BESIDE} <= set(ids)


def test_nothing_is_loaded_and_one_script_runs_which_the_policy_names(outputs, page):
    assert not {"link", "iframe", "img", "object", "embed", "base", "form"} & {tag for tag, _ in page.tags}
    assert all("src" not in attrs and not any(name.startswith("on") for name in attrs) for _, attrs in page.tags)
    text = outputs["report/index.html"]
    assert "@import" not in text
    for name in BESIDE:  # links to the records, which load nothing
        text = text.replace(f'<a href="{name}">', "<a>")
    assert not re.findall(r'\s(?:src|href)\s*=\s*["\']?(?![#"\'])|url\(\s*["\']?(?![#"\'])', text)
    scripts = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    (policy,) = (attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert [rules["default-src"], rules["img-src"], rules["style-src"]] == ["'none'", "data:", "'unsafe-inline'"]
    assert [rules["script-src"]] == [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    ]


def test_a_hostile_title_stays_text(outputs, page):
    for name, text in outputs.items():
        assert text.lower().count("<script") == (name == "report/index.html"), name
    assert page.words.count('<script>alert("x")</script> & $theft$') >= 3
    assert "Example & force" in page.words


def test_no_id_no_day_and_no_path_is_printed(make, outputs):
    contents = make()
    shown = (contents.medoids, contents.timeline_records)
    ids = {known for table in shown for known in (*table["offender_id"], *table["incident_id"])}
    for name, text in outputs.items():
        assert not [known for known in ids if known in text], name
        assert "secret_folder" not in text
        for start in pd.concat([table["occurred_from"] for table in shown]):
            assert f"{start:%Y-%m-%d}" not in text
            assert f"{start.day} {start:%B %Y}" not in text


def test_the_day_of_an_offence_changes_nothing(make, outputs):
    tables = {name: getattr(make(), name).copy() for name in ("medoids", "timeline_records")}
    for moved in tables.values():
        earlier = moved["occurred_from"].dt.day - 1
        for column in ("occurred_from", "occurred_to", "reported_at"):
            moved[column] = moved[column] - pd.to_timedelta(earlier, unit="D")
    assert files_of(make(**tables)) == outputs


def test_figures_are_well_formed_and_are_those_of_the_page(outputs):
    figures = {name: text for name, text in outputs.items() if name.endswith(".svg")}
    assert sorted(figures) == [
        "figures/components.svg", "figures/concentration.svg", "figures/course_again.svg",
        "figures/course_escalation.svg", "figures/course_outcomes.svg", "figures/example_01.svg",
        "figures/harm_groups.svg", "figures/harm_history.svg", "figures/harm_order.svg", "figures/harm_shares.svg",
        "figures/hexagons_components.svg", "figures/hexagons_volume.svg", "figures/lorenz.svg",
        "figures/medoid_01.svg", "figures/medoid_02.svg", "figures/medoid_03.svg", "figures/medoid_04.svg",
        "figures/overlap.svg", "figures/regression.svg", "figures/rows.svg", "figures/scrutiny_areas.svg",
        "figures/scrutiny_charge_rate.svg", "figures/scrutiny_funnel.svg", "figures/scrutiny_funnel_crime.svg",
        "figures/scrutiny_hours.svg",
    ]  # fmt: skip
    for text in figures.values():
        ElementTree.fromstring(text)
        assert inline(text) in outputs["report/index.html"]


def test_every_card_says_what_it_is_and_is_not(make, page):
    typologies = make().definitions.typologies
    cards = [" ".join(card.split()) for card in page.articles]
    assert len(cards) == 4
    assert all("It is a" in card and "It is not a" in card and " ".join(STANDING.split()) in card for card in cards)
    violent, specialist, analyst, unnamed = cards
    for card, key in ((violent, "prolific_violent_offender"), (specialist, "domestic_abuse_specialist")):
        definition = typologies[key]
        assert definition.title in card
        assert definition.description in card
        assert definition.is_not.removeprefix("Not ") in card
        assert make().definitions.response[definition.response] in card
    assert "stable 0.81" in specialist
    assert "highly stable 0.92" in violent
    assert "stability not assessed" in analyst
    assert "0.55, unstable" in unnamed
    assert "Town centre group" in analyst
    assert "Named by an analyst" in analyst
    assert "Named by an analyst" not in violent + specialist + unnamed
    assert "come closest to Catastrophic offender" in unnamed or "comes closest to Catastrophic offender" in unnamed
    assert "scores 40%, and a name needs 75%" in unnamed


def test_numbers_are_those_of_the_tables(make, page):
    contents = make()
    clusters = contents.clusters
    da, other = (sum(clusters[f"mean_{k}_incidents"] * clusters["size"]) for k in ("da", "non_da"))
    assert (da, other) == (60 + 175 + 216 + 6, 25 + 144 + 117)
    for sentence in (
        "106 people are recorded as suspects of domestic abuse (DA); 100 of them are sorted here, the others lack a "
        "feature, with 457 DA incidents and 286 other incidents",
        "40% of those sorted (40) are in clusters that show 3 named patterns (typologies), the largest of them "
        "Domestic abuse "
        "specialist with 25 people; the records of the other 60% fit none plainly",
        "1 is unnamed because no typology fits (60 people, 60%)",
        "the largest group is E (DA only, low volume): 55 people, 55% of all",
        "The 3% of people with the most recorded DA harm (3 of 100) account for 22% of it",  # 12,000 of 54,500
        "is Prolific violent offender: 88% of it, from 12% of the people, who also have the most a person, 4,000 "
        "severity points on average",
        "6 rules were asked of every row; 1 found nothing and is not listed",
        "1 of 2 kinds of offence outside DA goes with more DA harm",
    ):
        assert sentence in page.words, sentence
    assert "Defined, but found in no cluster: Catastrophic offender." in page.words


def test_an_extract_without_severity_victims_or_definitions_is_told_so(reduced):
    outputs = files_of(reduced)
    page = Page(outputs["report/index.html"])
    gone = {"concentration", "harm_shares", "regression", "lorenz", "overlap"}
    assert {f"figures/{name}.svg" for name in gone}.isdisjoint(outputs)
    assert [attrs["id"] for tag, attrs in page.tags if tag == "section"] == [anchor(section) for section in SECTIONS]
    for sentence in (
        "The extract gives offences no severity, so nothing is said of harm",
        "Sorted by likeness, the records make 4 clusters, which have numbers alone: no definitions were used",
        "2 features of the catalogue could not be computed, because the extract has no offence, offence_code, "
        "offender_dob",
        "No offender lacks a feature",
        "Nothing is said of harm: not who does it, which other offences go with it, nor how few hold most of it",
        "The extract records no protected characteristic, so no audit can be made",
        "no cluster was given a name by criteria",
        "the extract names no victims (victim_id), so nobody can be found among them",
        "the extract gives no age of suspects",
        "Single, repeat and serial offenders are not told apart: the extract names no victims (victim_id)",
    ):
        assert sentence in page.words, sentence
    assert len(page.articles) == 4
    assert all("It is a" in card and "It is not a" in card for card in page.articles)
    assert [f"Cluster {n}" in page.articles[n - 1] for n in (1, 2, 3, 4)] == [True] * 4
    assert not re.search(r"\b(nan|NaN|None|NaT|<NA>)\b", html.unescape(page.words))


def test_no_missing_value_shows_through(page):
    assert not re.search(r"\b(nan|NaN|None|NaT|<NA>)\b", page.words)


def test_the_same_contents_give_the_same_bytes_under_another_hash_seed_and_locale():
    code = (
        "import importlib.util, hashlib, sys\n"
        "spec = importlib.util.spec_from_file_location('c', sys.argv[1]); c = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(c)\n"
        "from dapipeline.report.contents import Contents\n"
        "from dapipeline.report.page import render_report\n"
        "page = render_report(Contents(**c.everything()))\n"
        "print(hashlib.sha256(repr(page).encode()).hexdigest())\n"
    )
    source, found = str(Path(dapipeline.__file__).parents[1]), set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        done = subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).with_name("conftest.py"))],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": "", "PYTHONPATH": f"{source}{os.pathsep}{ROOT}"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        found.add(done.stdout.strip())
    assert len(found) == 1
    assert len(found.pop()) == len(hashlib.sha256().hexdigest())


def test_readers_settings_of_matplotlib_change_nothing(make, outputs):
    with matplotlib.rc_context({"font.size": 20, "svg.fonttype": "path", "axes.facecolor": "red"}):
        assert files_of(make()) == outputs


def test_the_head_and_every_sheet_name_day_version_marking_and_contact(make):
    config = make().config
    evil = 'OFFICIAL"; } </style><script>alert(1)</script> \\'
    report = config.report.model_copy(update={"marking": evil, "contact": "Analysis & Insight"})
    text = files_of(make(config=config.model_copy(update={"report": report})))["report/index.html"]
    words = Page(text).words
    assert "Made on 29 February 2024 with dapipeline 0.1.0." in words
    assert "Questions to: Analysis & Insight." in words
    assert evil in words
    assert text.count("<script") == 1
    style = re.search("<style>(.*?)</style>", text, re.DOTALL).group(1)
    (sheet,) = re.findall(r'@top-right { content: "(.*?)"; }', style)
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]{6})*", sheet)
    assert re.sub(r"\\([0-9a-f]{6})", lambda sign: chr(int(sign[1], 16)), sheet) == evil


def test_without_a_marking_none_is_made_up(outputs):
    head = outputs["report/index.html"].split('<div class="frame">')[0]
    assert not re.search("restricted|official|protect", head.split("</style>")[1], re.IGNORECASE)
    assert '@top-right { content: ""; }' in head
