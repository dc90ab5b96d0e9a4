"""Who is in which typology: the same numbers on the cards and in the audit."""

import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from dapipeline.report.compared import compared
from dapipeline.report.disclosure import TOGETHER
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.equality import differing_table, equality_tables, makeup_of

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


def test_comparisons_are_those_of_the_printed_counts(may):
    found = compared(may).set_index(["row", "value"])
    line = found.loc[("Cluster 1", "Women")]  # 20 of 60, and of the rest 10 of 40
    assert tuple(line[["offenders", "of", "rest_offenders", "rest_of"]]) == (20, 60, 10, 40)
    assert line["p"] == pytest.approx(proportions_ztest([20, 10], [60, 40])[1])
    assert set(found.index.get_level_values("row")) == {"Domestic abuse specialist", "Cluster 1", TOGETHER}
    by_hand = [(4, 25, 26, 75), (20, 60, 10, 40), (6, 15, 24, 85)]  # women; those of men are the rest of them
    wanted = [proportions_ztest([x, y], [n, m])[1] for x, n, y, m in by_hand for _ in range(2)]
    few = [p for p, (_, n, *_) in zip(wanted, [line for line in by_hand for _ in range(2)], strict=True) if n == 15]
    asked = [p for p in wanted if p not in few]  # of 15 people 4.5 women are expected
    assert found["q"].dropna().tolist() == pytest.approx(multipletests(asked, method="fdr_bh")[1].tolist())
    assert found.loc[TOGETHER, "representation"].tolist() == ["too few to say"] * 2


def test_nothing_withheld_is_compared(strict, may):
    for printed in (strict, may):
        cells = {
            (table.caption.split(" of ")[0].lower(), row[0], value): cell
            for table in equality_tables(printed)
            for row in table.rows
            for value, cell in zip(table.columns[2:], row[2:], strict=True)
        }
        for line in compared(printed).itertuples():
            by = line.characteristic.removeprefix("offender_")
            own, everyone = cells[by, line.row, line.value], cells[by, "All", line.value]
            assert (own.number, everyone.number) == (line.offenders, line.offenders + line.rest_offenders)


def test_shares_are_of_those_recorded_where_it_is_printed_how_many_are(make):
    audit = make().equality_audit
    gaps = audit[audit["value"] == "M"].assign(value="not recorded")
    gaps["offenders"] = gaps["cluster"].map({1: 15, 2: 6, 3: 3, 4: 0})
    men = audit["value"] == "M"
    audit.loc[men, "offenders"] -= audit.loc[men, "cluster"].map({1: 15, 2: 6, 3: 3, 4: 0})
    contents = make(equality_audit=pd.concat([audit, gaps], ignore_index=True))
    found = compared(printable(contents, reported_typologies(contents))).set_index(["row", "value"])
    women, gap = found.loc[("Cluster 1", "Women")], found.loc[("Cluster 1", "not recorded")]
    assert tuple(women[["offenders", "of", "rest_offenders", "rest_of"]]) == (20, 45, 10, 31)
    assert tuple(gap[["offenders", "of", "rest_offenders", "rest_of"]]) == (15, 60, 9, 40)
    words = words_of("equality", contents)
    assert "Sex: not recorded of 24 of 100 people who were sorted." in words


def test_the_section_says_what_was_found_and_what_stands_in(make):
    words = words_of("equality", make())
    assert "By sex: of 6 comparisons that may be printed, 0 found over-represented, 0 under-represented" in words
    assert "Sex: recorded of everybody who was sorted." in words
    assert "Sex can be told hardly at all from the clustered features together (AUC 0.58)" in words
    assert "by eta squared: “DA incidents” (0.03), “Non-DA incidents” (0.01)" in words
    assert "Age band can be told" not in words  # it is not audited in this run
    assert "“Age at first DA incident” is a clustered feature" in words


def test_a_real_difference_has_a_row_with_its_interval(make):
    audit = make().equality_audit
    more = {("F", 1): 50, ("M", 1): 10, ("F", 2): 3, ("M", 2): 22}
    for (value, cluster), number in more.items():
        audit.loc[(audit["value"] == value) & (audit["cluster"] == cluster), "offenders"] = number
    contents = make(equality_audit=audit)
    table = differing_table(compared(printable(contents, reported_typologies(contents))))
    row = next(row for row in table.written() if row[0] == "Cluster 1" and row[2] == "Women")
    assert row[3:5] == ["more than in the rest", "50 (83%)"]
    low, high = confint_proportions_2indep(50, 60, 9, 40, compare="ratio", method="score", correction=False)
    assert row[7] == f"3.7 ({low:.2f} to {high:.2f})"
