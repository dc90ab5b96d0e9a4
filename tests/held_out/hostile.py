"""Files that no analyst means to send: each must end in a sound config, or in one clear error."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np

BASE = ["Incident No", "Suspect Id", "Victim Id", "Start", "DA", "Crime", "Offence", "Risk"]


def rows(n: int = 900) -> list[list[str]]:
    """Make the rows of a small sound file."""
    rng = np.random.default_rng(4)
    return [
        [
            f"I{k // 2:05d}",
            f"P{rng.integers(0, 250):05d}",
            f"P{rng.integers(0, 500):05d}",
            f"{rng.integers(1, 29):02d}/{rng.integers(1, 13):02d}/{2012 + k * 6 // n} {k % 24:02d}:30",
            "Y" if rng.random() < 0.5 else "N",
            "Y" if rng.random() < 0.8 else "N",
            ["Common assault", "Criminal damage", "Stalking"][k % 3],
            ["High", "Medium", "Standard"][k % 3],
        ]
        for k in range(n)
    ]


def renamed(*pairs: tuple[str, str]) -> Callable[[Path], Path]:
    """Give some headers another name."""
    names = dict(pairs)

    def make(folder: Path) -> Path:
        return written(folder, [names.get(h, h) for h in BASE], rows())

    return make


def written(folder: Path, header: list[str], cells: list[list[str]], name: str = "extract.csv") -> Path:
    """Write a file."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header, *cells])
    return path


def with_columns(*extra: tuple[str, Callable[[int], str]]) -> Callable[[Path], Path]:
    """Add columns to the sound file."""

    def make(folder: Path) -> Path:
        return written(
            folder, BASE + [h for h, _ in extra], [r + [f(k) for _, f in extra] for k, r in enumerate(rows())]
        )

    return make


def of(cells: Callable[[], list[list[str]]], name: str = "extract.csv") -> Callable[[Path], Path]:
    """Write other cells under the header."""
    return lambda folder: written(folder, BASE, cells(), name)


def raw(content: bytes, name: str = "extract.csv") -> Callable[[Path], Path]:
    """Write bytes."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def changed(column: int, what: Callable[[int, str], str]) -> Callable[[], list[list[str]]]:
    """Change one column."""
    return lambda: [[what(k, c) if n == column else c for n, c in enumerate(r)] for k, r in enumerate(rows())]


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "plain": renamed(),
    "double quotes in a header": renamed(("Offence", 'Offence "as recorded"')),
    "single quote": renamed(("Suspect Id", "Suspect's Id")),
    "quote in a flag that is derived from": renamed(("DA", "DA"), ("Offence", 'Off\'ence "type"')),
    "colon": renamed(("Suspect Id", "Suspect: Id"), ("Start", "Start: date")),
    "hash": renamed(("Incident No", "Incident #"), ("Start", "# Start date")),
    "newline": renamed(("Suspect Id", "Suspect\nId"), ("Start", "Incident\r\nStart")),
    "very long": renamed(("Suspect Id", "Suspect Id " + "as recorded " * 90)),
    "emoji": renamed(("Suspect Id", "Suspect Id \U0001f46e"), ("Victim Id", "\U0001f600")),
    "braces": renamed(("Offence", "{{ Offence }}"), ("Risk", "${RISK}")),
    "leading equals": renamed(("Suspect Id", "=Suspect Id"), ("Victim Id", "@Victim Id"), ("Risk", "-Risk")),
    "yaml words": renamed(("DA", "yes"), ("Crime", "null"), ("Risk", "on"), ("Offence", "~"), ("Victim Id", "1.0")),
    "yaml marks": renamed(
        ("DA", "- DA"), ("Crime", "? Crime"), ("Risk", "!Risk"), ("Offence", "*Offence"), ("Victim Id", "%Victim Id")
    ),
    "yaml brackets": renamed(
        ("DA", "[DA]"), ("Crime", "{Crime}"), ("Risk", "&Risk"), ("Offence", "> Offence"), ("Victim Id", "| Victim Id")
    ),
    "backslash and tab": renamed(("DA", "DA\\flag"), ("Crime", "Cri\tme")),
    "spaces around": renamed(("DA", "  DA  "), ("Crime", " Crime")),
    "zero width": renamed(("DA", "DA\u200b"), ("Suspect Id", "\u00a0Suspect Id"), ("Victim Id", "Victim\u2028Id")),
    "control character": renamed(("DA", "DA\x07"), ("Suspect Id", "Suspect\x1bId")),
    "blank name": renamed(("Risk", "")),
    "all blank names": renamed(*((h, "") for h in BASE)),
    "same name by case": with_columns(("da", lambda k: "N"), ("SUSPECT ID", lambda k: f"X{k}")),
    "same name": with_columns(("DA", lambda k: "N")),
    "canonical names that lie": renamed(("Suspect Id", "victim_id"), ("Victim Id", "offender_id")),
    "canonical name over other cells": renamed(("Risk", "offender_dob"), ("Offence", "occurred_to")),
    "empty columns": with_columns(*[(f"Spare {n}", lambda k: "") for n in range(5)]),
    "empty column of a needed name": with_columns(("Offender Id", lambda k: ""), ("Offender DOB", lambda k: "")),
    "empty flags": of(changed(4, lambda k, c: "")),
    "all cells empty": of(lambda: [[""] * 8 for _ in range(50)]),
    "zero rows": of(list),
    "one row": of(lambda: rows()[:1]),
    "two rows": of(lambda: rows()[:2]),
    "nine rows": of(lambda: rows()[:9]),
    "one column": lambda folder: written(folder, ["Suspect Id"], [[r[1]] for r in rows()]),
    "one column of days": lambda folder: written(folder, ["x"], [[r[3]] for r in rows()]),
    "300 columns": with_columns(*[(f"Q{n}", lambda k, n=n: str((k * n) % 7)) for n in range(292)]),
    "300 columns of ids": with_columns(*[(f"Ref {n}", lambda k, n=n: f"R{n}{k % 300}") for n in range(292)]),
    "ids all the same": of(changed(1, lambda k, c: "P1")),
    "incidents all the same": of(changed(0, lambda k, c: "I1")),
    "every id the same": of(lambda: [["1", "1", "1", *r[3:]] for r in rows()]),
    "days all the same": of(changed(3, lambda k, c: "01/02/2019 00:00")),
    "days that are none": of(changed(3, lambda k, c: "soon")),
    "days of year 1900": of(changed(3, lambda k, c: "01/01/1900 00:00")),
    "days mixed": of(changed(3, lambda k, c: c if k % 2 else f"2019-0{1 + k % 9}-2{k % 9}T10:00:00")),
    "flag always Y": of(changed(4, lambda k, c: "Y")),
    "flag always N": of(changed(4, lambda k, c: "N")),
    "flag of notes": of(changed(4, lambda k, c: f"note {k}")),
    "cells with yaml": of(changed(7, lambda k, c: ["- a: [", "{{x}}", "null", "yes", "# no", "a'b\"c", "x\ny"][k % 7])),
    "cells of a mile": of(changed(6, lambda k, c: "assault " * 2000 if k % 50 == 0 else c)),
    "ragged": raw(b"Incident No,Suspect Id,Start,DA\nI1,P1,01/02/2019,Y\nI2,P2\nI3,P3,02/02/2019,N,x,y\n" * 50),
    "no bytes": raw(b""),
    "header without newline": raw(b"Incident No,Suspect Id"),
    "only newlines": raw(b"\n\n\n\n"),
    "nul bytes": raw(b"a,b\n\x00\x01,\x00\n" * 40),
    "utf-16": raw(("\r\n".join(",".join(r) for r in [BASE, *rows()])).encode("utf-16")),
    "cp1252": raw(
        ("\n".join(",".join(r) for r in [[*BASE, "Café"], *[[*r, "naïve–"] for r in rows()]])).encode("cp1252")
    ),
    "a picture named csv": raw(bytes([0x89]) + b"PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "a text named xlsx": raw(b"not a workbook", "extract.xlsx"),
    "html named xls": raw(b"<html><table><tr><td>1</td></tr></table></html>", "extract.xls"),
    "json": raw(b'[{"incident": 1, "suspect": 2}]', "extract.json"),
    "no header": raw("\n".join(",".join(r) for r in rows()).encode()),
    "name with spaces and quotes": of(rows, 'it\'s a "file" #1: yes.csv'),
    "name with a star": of(rows, "extract[1]*.csv"),
    "name that starts with a dash": of(rows, "-x.csv"),
    "total row at the end": of(lambda: [*rows(), ["Total", "", "", "", "", "", "", "900"]]),
    "footnotes": of(lambda: [*rows(), [], ["Source: the force"], ["Official"]]),
    "header again in the middle": of(lambda: [*rows()[:400], BASE, *rows()[400:]]),
    "separator hint of Excel": raw(("sep=;\n" + "\n".join(";".join(r) for r in [BASE, *rows()])).encode()),
    "delimiter in quotes": of(changed(6, lambda k, c: f"{c}; a, b | c\td")),
}
