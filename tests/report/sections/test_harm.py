"""The section on harm: what it prints of sums, and what it says where it prints nothing."""

import pandas as pd

from dapipeline.config import Config
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.harm import harm_section, printable_concentration

from ..reading import words_of


def test_the_strongest_associations_are_laid_out(make, may, typologies):
    first = harm_section(make(), typologies, may)["regression"].written()[0]
    assert first[1:] == ["Acquisitive crime", "14", "812", "617 to 1,008", "<0.001", "81.2"]


def test_associations_of_fewer_people_than_the_limit_are_left_out(make):
    settings = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": 20}}
    words = words_of("harm", make(config=Config.model_validate(settings)))
    assert "1 kind was asked, each with at least 20 people; for 0" in words  # 31 people with it; 14 were too few
    assert "Acquisitive crime" not in words


def test_no_sum_of_one_person_is_printed(make, may, typologies):
    section = harm_section(make(), typologies, may)
    # The top 1% are one person; from 5 people to 50 to 100 is the limit of 3 and more each time.
    assert printable_concentration(make(), 3)["offenders"].tolist() == [5, 50, 100]
    assert section["concentration"].written() == [
        ["5%", "5", "20,000", "37%"], ["50%", "50", "53,500", "98%"], ["100%", "100", "54,500", "100%"],
    ]  # fmt: skip


def test_the_lorenz_curve_names_its_marks(make, may, typologies):
    text = harm_section(make(), typologies, may)["figures"]["lorenz"]
    assert 'aria-label="Lorenz curve of recorded DA severity over people. top 5%: 37%."' in text
    assert "the top 5% have 37%" in text
    assert "the top 1% have" not in text
    assert "the top 50% have" not in text


def test_a_run_without_harm_has_no_bands(reduced, may):
    assert harm_section(reduced, reported_typologies(reduced), may)["bands"] == []


def test_where_everything_is_withheld_the_page_says_so(make):
    settings = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": 101}}
    contents = make(config=Config.model_validate(settings), severity_bands=pd.DataFrame())
    words = words_of("harm", make(config=contents.config))
    assert "cluster 1, cluster 2, cluster 3 and cluster 4." in words
    assert "Clusters by mean total severity" not in words
    assert "Not shown by typology" in words
    assert "no kind of non-DA offence has 101 people with it and 101 without" in words
    assert "There are too few people to show any of it." in words_of("equality", contents=make(config=contents.config))
    assert "Not shown: too few people, or the numbers" in words_of("overlap", make(config=contents.config))
