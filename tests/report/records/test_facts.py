"""What the records say of a run is what its tables say; nothing else has a figure."""

import re

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.report.material import material_of
from dapipeline.report.records.facts import NOTHING_AUDITED, facts_of
from dapipeline.report.records.record import Points
from dapipeline.report.records.written import RECORDS, markdown_of
from dapipeline.report.table import Part

# Figures that are no measurement: sources, sections of acts, methods, thresholds.
SOURCES = {
    "256",  # SHA-256
    "90", "0.05", "18", "2007",  # dominance, threshold of q, children, Hennig
    "4.0", "2.4.3.4", "2.4.3.6", "2.4.3.8", "2.4.3.9", "2.2",  # the standard, and fields that refer to others
    "1992", "2010", "149", "2018", "3", "31", "33", "4", "8", "35", "36", "41", "46", "49", "50", "59", "64",  # acts
    "65",
}  # fmt: skip


def test_the_facts_are_those_of_the_tables(facts):
    assert facts.name == "Example & force"
    assert facts.made == "29 February 2024"
    assert facts.window == "incidents that became known from 1 January 2011 until 31 December 2020"
    assert facts.rows == "1,000 rows read: 870 used, 110 out of scope, 13 quarantined and 7 exact duplicates"
    assert facts.blanked == "5 values that broke a rule were left blank"
    assert facts.cohort.startswith("100 people recorded as suspects of domestic abuse are sorted into clusters; 6 more")
    assert facts.clusters == "4 clusters; 3 typologies found among them"
    assert facts.features.startswith("7 features of each person's record formed the clusters; 1 more")
    assert "k = 4" in facts.training
    assert "2 principal components" in facts.training
    assert facts.settings_sha256 == "cd" * 32
    assert ("extract.csv", "ab" * 32) in facts.files.rows
    assert facts.people_columns == ("sex of suspects", "dates of birth of suspects")
    assert facts.shown == "The page shows the records of 5 people"
    assert facts.review == "The config sets a review of the outputs 365 days after the extract was read."
    assert facts.ids.startswith("Ids stand as the extract has them")
    assert "shareable/" not in facts.sharing
    assert facts.equality.items[0].startswith("By sex: of 6 comparisons that may be printed")


def test_typologies_of_few_people_stand_together(make):
    settings = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": 10}}
    contents = make(config=Config.model_validate(settings))
    found = facts_of(material_of(contents))
    assert found.typologies.written() == [
        ["Prolific violent offender or Town centre group", "15 (15%)", "–"],
        ["Domestic abuse specialist", "25 (25%)", "Firm"],
        ["In clusters without a name", "60 (60%)", "–"],
    ]
    assert "; some more could not be" in found.cohort  # 6 lack a feature
    assert found.limit == 10


def test_no_count_of_people_below_the_limit_stands_in_a_record(make):
    settings = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": 20}}
    facts = facts_of(material_of(make(config=Config.model_validate(settings))))
    for write in RECORDS:
        for field in write(facts).fields:
            for part in field.answer:
                for row in getattr(part, "rows", ()):
                    assert all(cell.number >= 20 for cell in row if isinstance(cell, Part))
                if isinstance(part, Points):
                    assert not re.search(r"not recorded of 1?\d of", " ".join(part.items))


def test_a_run_with_little_fills_in_what_it_has(reduced):
    facts = facts_of(material_of(reduced))
    assert facts.severity == "none: no offence has one"
    assert facts.definitions == ""
    assert facts.clusters == "4 clusters; none of them has a name"
    assert facts.victims.startswith("how many people are named as victims of it was not counted")
    assert facts.off.startswith("2 features were switched off: the extract lacks offence, offence_code and")
    assert facts.equality.items == facts.stand_ins.items == (NOTHING_AUDITED,)
    for write in RECORDS:
        record = write(facts)
        assert all(field.answer for field in record.fields)
        assert "found over-represented" not in markdown_of(record)
        assert "West Midlands" not in markdown_of(record)


def test_every_figure_of_a_record_is_measured_or_cited(make, facts, records):
    """Take away what the facts say; only numbers of fields, sections of acts and sources are left."""
    said = " ".join(
        " ".join(value.items) if isinstance(value, Points) else str(value)
        for value in vars(facts).values() if isinstance(value, str | Points | int)
    )  # fmt: skip
    measured = set(re.findall(r"\d[\d.,]*\d|\d", said))
    for record in records.values():
        for field in record.fields:
            for part in field.answer:
                if not isinstance(part, str):
                    continue
                found = set(re.findall(r"\d[\d.,]*\d|\d", part)) - measured
                assert found <= SOURCES, (field.heading, found - SOURCES)


def test_warnings_of_the_run_are_in_the_record_and_their_absence_is_told(make, records):
    assert "5 suspects and 4 \\<victims>" in markdown_of(records["datasheet"])
    calm = facts_of(material_of(make(warnings=make().warnings.iloc[:0])))
    assert "No warning was raised" in markdown_of(RECORDS[3](calm))


def test_what_is_missing_is_told_where_it_may_be(make):
    audit = make().equality_audit
    audit = pd.concat([audit, pd.DataFrame([("offender_sex", "not recorded", 1, "any", 1)], columns=list(audit)[:5])])
    found = facts_of(material_of(make(equality_audit=audit)))
    assert found.gaps.items == ("Sex: not recorded of some; how many is not shown.",)


def test_the_records_say_whether_ids_are_pseudonyms_and_what_may_be_shared(make):
    config = make().config
    given = config.model_copy(update={
        "privacy": config.privacy.model_copy(update={"pseudonymise": True}),
        "report": config.report.model_copy(update={"edition": "shareable"}),
    })  # fmt: skip
    facts = facts_of(material_of(make(config=given)))
    assert facts.ids.startswith("Ids of suspects, victims and incidents are keyed pseudonyms")
    assert "shareable/" in facts.sharing


@pytest.mark.parametrize("at", range(4))
def test_the_same_run_gives_the_same_record(make, at):
    one, other = (markdown_of(RECORDS[at](facts_of(material_of(make())))) for _ in range(2))
    assert one == other
