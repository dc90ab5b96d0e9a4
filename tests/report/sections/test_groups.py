"""Groups A to E with the typologies that lie mostly in them."""

from dapipeline.report.sections.groups import group_rows, largest


def test_groups_name_their_typologies(make, typologies):
    rows = {row["group"]: row for row in group_rows(make(), typologies)}
    assert rows["A"]["typologies"] == ["Domestic abuse specialist (cluster 2)"]
    assert rows["E"]["typologies"] == ["cluster 1"]
    assert rows["C"]["typologies"] == []
    assert (rows["E"]["people"], rows["E"]["share"], rows["E"]["width"]) == ("55", "55%", 55.0)


def test_the_largest_group_is_named_first(make):
    assert largest(make().groups) == "By volume, the largest group is E (DA only, low volume): 55 people, 55% of all."
