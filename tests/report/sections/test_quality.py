"""What became of every row."""

from dapipeline.report.sections.quality import fates, quality_section


def test_rows_add_up_and_silent_rules_are_hidden(make):
    counts = fates(make().reconciliation)
    assert counts.to_dict() == {"used": 870, "out of scope": 110, "quarantined": 13, "duplicate": 7}
    assert counts.sum() == 1000
    section = quality_section(make())
    assert section["fates"].rows[-1] == ("Read", "1,000", "100%")
    assert [(row[0], row[2], row[3]) for row in section["rules"].rows] == [
        ("Known to the police before or after the days that count.", "row not used", "80"),
        ("Nobody in the row is suspected of a DA incident.", "row not used", "30"),
        ("No start date.", "row quarantined", "13"),
        ("The row is the same as another in every field.", "counted once", "7"),
        ("The incident ends before it starts.", "value left blank", "5"),
    ]
    assert [row[1:] for row in section["offences"].rows] == [
        ("1", "40", "0"), ("2", "9", "30"), ("0", "0", "0"), ("2", "5", "2"),
    ]  # fmt: skip
    listed = [("titles of fewer than 3 rows", "no", "2")]
    assert [row for row in section["untold"].rows if row[1] == "no"] == listed
    assert [row[1:] for row in section["untold"].rows if row[1] == "yes"] == [("yes", "5")]


def test_an_extract_in_which_no_rule_is_broken_has_an_empty_table(make):
    spotless = make().reconciliation.query("effect in ('read', 'used', 'quarantined', 'duplicate')").copy()
    spotless.loc[spotless["effect"].isin(["quarantined", "duplicate"]), "rows"] = 0
    section = quality_section(make(reconciliation=spotless))
    assert section["rules"].rows == ()
    assert (section["asked"], section["silent"]) == ("3 rules were asked", 3)
