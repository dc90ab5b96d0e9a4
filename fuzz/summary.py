"""What a campaign found, as a table for the terminal and for docs/reliability.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from fuzz.campaign import Result

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGIN, END = "<!-- made by python -m fuzz: begin -->", "<!-- made by python -m fuzz: end -->"


def lines(results: list[Result]) -> list[str]:
    """Give the table: cases, how they ended, errors and kinds met, faults."""
    by_command = Counter(result.command for result in results)
    statuses = Counter(str(result.ended.status) for result in results)
    codes = Counter(code for result in results if (code := error_code(result)))
    kinds = Counter(kind for result in results for kind in result.kinds)
    faulty = [result for result in results if result.complaints]
    rows = [
        ("cases", ", ".join(f"{number:,} {command}" for command, number in sorted(by_command.items()))),
        ("exit status", _counted(statuses)),
        ("errors met", f"{len(codes)}: {_counted(codes)}"),
        ("kinds of trouble met", f"{len(kinds)}: {_counted(kinds)}"),
        ("cases at fault", f"{len(faulty):,}"),
    ]
    return ["| what | found |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)]


def faults(results: list[Result]) -> list[str]:
    """Give each different complaint with how often it came and a case to see it by."""
    seen: dict[str, list[Result]] = {}
    for result in results:
        for complaint in result.complaints:
            seen.setdefault(re.sub(r"\b\d+\b(?!\))", "…", complaint), []).append(result)
    return [f"{len(found):>4} x {complaint}  ({_again(found[0])})" for complaint, found in _often_first(seen)]


def error_code(result: Result) -> str | None:
    """Give the code a command ended with, if it did."""
    found = re.match(r"[A-Z]\d{3}(?=:)", result.ended.err)
    return found[0] if found else None


def write_page(table: Iterable[str], command: str) -> None:
    """Put the table between the marks of docs/reliability.md."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    inside = "\n".join([BEGIN, f"`{command}`:", "", *table, END])
    PAGE.write_text(before + inside + after, encoding="utf-8")


def _often_first(seen: dict[str, list[Result]]) -> list[tuple[str, list[Result]]]:
    return sorted(seen.items(), key=lambda item: -len(item[1]))


def _again(result: Result) -> str:
    """Give the command that makes a case once more."""
    return f"python -m fuzz {'--kill ' if 'signal' in result.kinds else ''}--seed {result.seed}"


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in sorted(counter.items()))
