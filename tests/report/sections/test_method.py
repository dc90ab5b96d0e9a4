"""The settings of a run, as the report lists them."""

from dapipeline.report.sections.method import settings_table


def test_settings_are_listed_with_meaning_and_without_paths_or_threads(make):
    rows = {row[0]: row[1:] for row in settings_table(make().config).rows}
    assert rows["Clustering: k"][0] == "4" and rows["Clustering: k"][1].startswith("Number of clusters; the study")
    assert rows["Window: from"][0] == "1 January 2011"
    assert not [name for name in rows if "path" in name or "threads" in name]
    assert all(meaning for _, meaning in rows.values())
