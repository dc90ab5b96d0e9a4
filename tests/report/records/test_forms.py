"""Each record has every field of its form, in the form's order.

ATRS_4: Algorithmic Transparency Recording Standard, template v4.0 of May 2025 (GOV.UK, "Algorithmic transparency
template"). Fields 0.1 to 0.5, 1.1 to 1.4, 2.1.1 to 2.2.1 and a third of the others were compared with records published
in that version and with a crosswalk of it; docs/decisions/records.md says which.
GEBRU: Gebru et al. 2021, Communications of the ACM 64 (12), section 3, its questions without what follows in brackets.
MITCHELL: Mitchell et al. 2019, figure 1. ICO: sample DPIA template 20180209, its steps.
"""

import re

import pytest

from dapipeline.report.records.record import Blank

ATRS_4 = """
0.1 Title | 0.2 Organisation name | 0.3 Phase | 0.4 Region | 0.5 One sentence description
1.1 Name | 1.2 Description | 1.3 Website URL | 1.4 Contact email
2.1.1 Organisation or department | 2.1.2 Team | 2.1.3 Senior responsible owner | 2.1.4 Third party involvement
2.1.4.1 Third party | 2.1.4.2 Companies House Number | 2.1.4.3 Third party role | 2.1.4.4 Procurement procedure type
2.1.4.5 Third party data access terms
2.2.1 Detailed description | 2.2.2 Benefits | 2.2.3 Previous process | 2.2.4 Alternatives considered
2.3.1 Integration into broader operational process | 2.3.2 Human review | 2.3.3 Frequency and scale of usage
2.3.4 Required training | 2.3.5 Appeals and review
2.4.1.1 System architecture | 2.4.1.2 System-level input | 2.4.1.3 System-level output | 2.4.1.4 Maintenance
2.4.1.5 Models
2.4.2.1 Model name | 2.4.2.2 Model version | 2.4.2.3 Model task | 2.4.2.4 Model input | 2.4.2.5 Model output
2.4.2.6 Model architecture | 2.4.2.7 Model performance | 2.4.2.8 Datasets and their purposes
2.4.3.1 Development data description | 2.4.3.2 Data modality | 2.4.3.3 Data quantities | 2.4.3.4 Sensitive attributes
2.4.3.5 Data completeness and representativeness | 2.4.3.6 Data cleaning | 2.4.3.7 Data collection
2.4.3.8 Data access and storage | 2.4.3.9 Data sharing agreements
2.4.4.1 Data sources | 2.4.4.2 Sensitive attributes | 2.4.4.3 Data processing methods
2.4.4.4 Data access and storage | 2.4.4.5 Data sharing agreements
2.5.1 Impact assessments | 2.5.2 Risks and mitigations
"""
METADATA = ["Standard version", "Organisation type", "Function", "Capability", "Task", "Tags", "Date of completion",
            "Date updated", "Date archived"]  # fmt: skip
MITCHELL = {
    "Model details": 9, "Intended use": 3, "Factors": 2, "Metrics": 3, "Evaluation data": 3, "Training data": 1,
    "Quantitative analyses": 3, "Ethical considerations": 5, "Caveats and recommendations": 1,
}  # fmt: skip
GEBRU = {  # section to its numbers of questions
    "Motivation": 4, "Composition": 12, "Composition: people": 4, "Collection process": 12,
    "Preprocessing, cleaning, labelling": 4, "Uses": 6, "Distribution": 7, "Maintenance": 8,
}  # fmt: skip
ICO = [
    "Step 1: Identify the need for a DPIA", "Step 2: Describe the processing", "Step 3: Consultation process",
    "Step 4: Assess necessity and proportionality", "Step 5: Identify and assess risks",
    "Step 6: Identify measures to reduce risk", "Step 7: Sign off and record outcomes",
]  # fmt: skip
PART_3 = ["s.35", "s.35(8)", "Schedule 8", "s.36", "s.37", "s.38", "s.39", "s.40", "s.42", "s.47", "s.49 and 50",
          "s.56", "s.57", "s.58", "s.61", "s.62", "s.64", "s.65", "s.66", "s.67 and 68"]  # fmt: skip


def test_the_transparency_record_has_every_field_of_version_4_in_order(records):
    wanted = [name.strip() for line in ATRS_4.strip().splitlines() for name in line.split("|")]
    assert len(wanted) == 56
    found = [field.heading for field in records["atrs"].fields]
    assert [heading for heading in found if heading not in METADATA] == wanted
    assert found[5:14] == METADATA
    assert "v4.0" in records["atrs"].source


def test_the_model_card_has_the_sections_of_mitchell_and_the_datasheet_those_of_gebru(records):
    for name, form in (("model_card", MITCHELL), ("datasheet", GEBRU)):
        assert {section.title: len(section.fields) for section in records[name].sections} == form
    assert [field.number for field in records["datasheet"].fields] == [str(at) for at in range(1, 58)]


def test_the_annex_goes_through_the_steps_of_the_ico_and_names_part_3(records):
    annex = records["dpia_annex"]
    titles = [section.title for section in annex.sections]
    steps = [next(step for step in ICO if title.startswith(step[:7])) for title in titles if title.startswith("Step")]
    assert list(dict.fromkeys(steps)) == ICO
    assert steps == sorted(steps)
    headings = " ".join(field.heading for field in annex.fields)
    assert [part for part in PART_3 if part not in headings] == []
    assert "Data Protection Act 2018" in annex.source


def test_each_risk_is_assessed_and_has_measures(records):
    annex = {field.number: field for field in records["dpia_annex"].fields}
    numbers = [number for number in annex if number.startswith("5.")]
    assert len(numbers) > 8
    for number in numbers:
        other = annex[f"6.{number[2:]}"]
        assert other.blanks
        assert annex[number].blanks
        assert other.name == annex[number].name or "ther risks" in other.name
    names = " ".join(annex[number].name for number in numbers)
    for word in ("record that is shown", "small numbers", "bias", "score"):
        assert word in names


@pytest.mark.parametrize("name", ["model_card", "atrs", "dpia_annex", "datasheet"])
def test_no_field_is_empty_and_blanks_are_marked(records, name):
    record = records[name]
    assert all(field.answer for field in record.fields)
    blanks = [blank for field in record.fields for blank in field.blanks]
    assert blanks
    assert all(str(blank).startswith("[for the force to fill: ") and str(blank).endswith("]") for blank in blanks)
    left = sum(bool(field.blanks) for field in record.fields)
    assert record.to_fill.startswith(f"{left} of the {len(record.fields)} fields wait for the force")


def test_only_blanks_look_like_blanks(records):
    for record in records.values():
        for field in record.fields:
            plain = [part for part in field.answer if isinstance(part, str) and not isinstance(part, Blank)]
            assert not [part for part in plain if re.search(r"for the force to fill|TODO|TBC|\.\.\.", part)]
