"""Writes docs/layouts.md: how init maps the layouts tried here.

python -m tests.layouts.page          writes it anew
python -m tests.layouts.page --check  exit status 1 where it is out of date
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from . import LAYOUTS, PUBLISHED
from .judging import Drafted, counts, drafted, verdicts
from .layout import Layout

PAGE = Path(__file__).parents[2] / "docs" / "layouts.md"
SEED = 3
BEGIN, END = (
    "<!-- made by python -m tests.layouts.page: begin -->\n",
    "<!-- made by python -m tests.layouts.page: end -->\n",
)


def table(header: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def summary() -> str:
    """Every layout in a line, named and blind."""
    rows, whole, blind = [], Counter[str](), Counter[str]()
    for layout in LAYOUTS:
        found, blinded = drafted(layout.name, SEED), drafted(layout.name, SEED, blinded=True)
        named, alone = counts(layout, found), counts(layout, blinded)
        whole, blind = whole + named, blind + alone
        ends = "what domestic abuse is" if found.draft.undecided else "runs"
        rows.append(
            [f"[{layout.name}](#{layout.name})", *_figures(named), f"{alone['right']} of {alone['expected']}", ends]
        )
    rows.append(["all", *_figures(whole), f"{blind['right']} of {blind['expected']}", ""])
    header = ["layout", "right", "of these certain", "certain and wrong", "right without names", "without an edit"]
    return table(header, rows)


def _figures(found: Counter[str]) -> list[str]:
    return [f"{found['right']} of {found['expected']}", str(found["certain"]), str(found["wrong"])]


def section(layout: Layout, found: Drafted) -> str:
    """How one layout is mapped, column by column."""
    rows = []
    for column, (got, confidence, right) in verdicts(layout, found).items():
        wanted = "" if right else f"a person would take `{layout.expected[column]}`"
        rows.append([f"`{column}`", f"`{got}`" if got else "", confidence or "not found", wanted])
    source = "as published" if layout.name in PUBLISHED else "invented after what such systems export"
    return (
        f"### {layout.name}\n{layout.source} ({source}). {layout.note}\n\n"
        + table(["canonical column", "column of the file", "how sure", ""], rows)
        + f"\nNot mapped: {', '.join(f'`{name}`' for name in found.draft.unmapped) or 'nothing'}.\n"
    )


def body() -> str:
    """The generated part of the page."""
    sections = [section(layout, drafted(layout.name, SEED)) for layout in LAYOUTS]
    return "\n".join([summary(), *sections])


def main() -> int:
    """Write the page, or say that it is out of date."""
    old = PAGE.read_text(encoding="utf-8")
    before, after = old.split(BEGIN)[0], old.split(END)[1]
    new = f"{before}{BEGIN}{body()}{END}{after}"
    if "--check" in sys.argv:
        if new != old:
            print("docs/layouts.md is out of date: make docs")
        return int(new != old)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
