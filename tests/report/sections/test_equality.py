"""Who is in which typology: the same numbers on the cards and in the audit."""

from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.equality import equality_tables, makeup_of

from ..reading import words_of


def test_people_by_sex(may):
    (table,) = equality_tables(may)
    assert table.written() == [
        ["Domestic abuse specialist", "25", "4 (16%)", "21 (84%)"],
        ["Cluster 1", "60", "20 (33%)", "40 (67%)"],
        ["Smaller ones together", "15", "6 (40%)", "9 (60%)"],  # 5 and 1 women of 12 and 3 people
        ["All", "100", "30 (30%)", "70 (70%)"],
    ]
    assert table.note.endswith("too few: Prolific violent offender and Town centre group.")


def test_a_card_has_the_numbers_of_the_audit(may, by_key):
    found = makeup_of(may, "offender_sex", by_key["cluster_1"])
    assert [(m.value, str(m.offenders), str(m.cohort)) for m in found] == [
        ("Women", "20 (33%)", "30 (30%)"), ("Men", "40 (67%)", "70 (70%)"),
    ]  # fmt: skip
    assert makeup_of(may, "offender_sex", by_key["town_centre_group"]) == []


def test_a_small_number_puts_together_the_rows_that_would_give_it_away(make):
    # Without the 5 women of cluster 3, clusters 3 and 4 have 1 woman of 15: withheld, and found by subtraction from the
    # 25 of all unless others are withheld too. So the next in size joins: 4 + 1 women of 25 + 15 people.
    audit = make().equality_audit.query("not (cluster == 3 and value == 'F')").copy()
    audit.loc[(audit["cluster"] == 3), "offenders"] = 12
    contents = make(equality_audit=audit)
    (table,) = equality_tables(printable(contents, reported_typologies(contents)))
    assert table.written() == [
        ["Cluster 1", "60", "20 (33%)", "40 (67%)"],
        ["Smaller ones together", "40", "5 (12%)", "35 (88%)"],
        ["All", "100", "25 (25%)", "75 (75%)"],
    ]


def test_an_empty_audit_says_why(make, reduced):
    assert "There are too few people to show any of it." not in words_of("equality", make())
    assert "The extract records no protected characteristic" in words_of("equality", reduced)
