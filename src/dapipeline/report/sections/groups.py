"""Groups A to E: how many people, and which clusters lie mostly in each."""

from __future__ import annotations

from typing import Any

from dapipeline.report.contents import Contents
from dapipeline.report.reported import Kind
from dapipeline.report.words import count, listed, share


def group_rows(contents: Contents, kinds: list[Kind]) -> list[dict[str, Any]]:
    """Give a row a group: letter, title, people, share, and the typologies with their clusters."""
    columns = contents.groups[["group", "title", "offenders", "share"]]
    return [
        {
            "group": group,
            "title": title,
            "people": count(people),
            "share": share(part),
            "width": round(100 * float(part), 1),
            "kinds": _kinds(str(group), kinds),
        }
        for group, title, people, part in columns.itertuples(index=False)
    ]


def _kinds(group: str, kinds: list[Kind]) -> list[str]:
    words, unnamed = [], []
    for kind in kinds:
        inside = sorted(kind.clusters.loc[kind.clusters["group"] == group, "cluster"])
        if inside and kind.named:
            clusters = f"cluster{'s' * (len(inside) > 1)} {listed(str(n) for n in inside)}"
            words.append(f"{kind.title} ({clusters})")
        elif inside:
            unnamed += [str(n) for n in inside]
    if unnamed:
        words.append(f"{'unnamed: ' if words else ''}cluster{'s' * (len(unnamed) > 1)} {listed(unnamed)}")
    return words
