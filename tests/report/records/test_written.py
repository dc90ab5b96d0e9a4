"""Records as pages: whole in themselves, nothing loaded, and nothing of the run is markup."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from dapipeline.config import Config
from dapipeline.report.material import material_of
from dapipeline.report.page import render_page
from dapipeline.report.records.facts import facts_of
from dapipeline.report.records.written import RECORDS, markdown_of, render_records
from dapipeline.workflow import outputs

EVIL = '<script>alert("x")</script> & `code` | *bold* <img src=x>'
NAMES = ["model_card", "atrs", "dpia_annex", "datasheet"]


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.said = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.said.append(data)

    @property
    def words(self):
        return " ".join(" ".join(self.said).split())


@pytest.fixture(scope="module")
def pages(make):
    return render_records(material_of(make()))


def test_the_records_are_those_that_outputs_and_the_page_name(make, pages):
    assert list(pages) == NAMES == list(outputs.RECORDS)
    html = render_page(material_of(make())).html
    assert re.findall(r'href="([^"#]+)"', html) == [f"{name}.html" for name in NAMES]
    assert {str(output) for output in outputs.RECORDS.values()} == {f"report/{name}.html" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_stands_alone(pages, name):
    page = Tags(pages[name])
    names = {tag for tag, _ in page.tags}
    assert not {"script", "link", "iframe", "img", "object", "embed", "base", "form"} & names
    assert all("src" not in attrs and not any(key.startswith("on") for key in attrs) for _, attrs in page.tags)
    assert not re.findall(r"@import|url\(", pages[name])
    (policy,) = (attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'none'")
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    links = [attrs["href"].removeprefix("#") for tag, attrs in page.tags if tag == "a"]
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert "size: A4" in pages[name]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_all_that_the_record_does(make, pages, name):
    record = RECORDS[NAMES.index(name)](facts_of(material_of(make())))
    words = Tags(pages[name]).words
    for field in record.fields:
        assert field.heading in words
        for part in field.answer:
            if isinstance(part, str):
                assert " ".join(part.split()) in words
    assert words.count("[for the force to fill: ") == sum(len(field.blanks) for field in record.fields)


def test_names_and_markings_of_the_config_stay_text(make):
    settings = make().config.model_dump(mode="json", by_alias=True)
    settings |= {"name": EVIL, "report": {"limit": 3, "marking": EVIL, "contact": EVIL}}
    material = material_of(make(config=Config.model_validate(settings), inputs={EVIL: "ab" * 32}, columns=(EVIL,)))
    for name, html in render_records(material).items():
        page = Tags(html)
        assert not {"script", "img"} & {tag for tag, _ in page.tags}, name
        assert 'alert("x")' in page.words
    for write in RECORDS:
        written = markdown_of(write(facts_of(material)))
        assert "<script>" not in written.replace("\\<script>", "")
        assert not re.search(r"(?<!\\)`code", written)
        for line in written.splitlines():
            if line.startswith("| ") and "alert" in line:
                assert len(re.findall(r"(?<!\\)\|", line)) == 3


def test_no_id_day_or_path_is_in_a_record(make, pages):
    contents = make()
    ids = {
        *contents.medoids["offender_id"],
        *contents.medoids["incident_id"],
        *contents.timeline_records["offender_id"],
    }
    for html in pages.values():
        assert not [known for known in ids if known in html]
        assert "secret_folder" not in html
