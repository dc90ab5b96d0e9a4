"""One case: an extract, a config and a command, made from one seed and made again from it."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fuzz import cells, formats, rows, texts
from fuzz.settings import config_text
from fuzz.sheet import NEEDED, OPTIONAL, Sheet, canaries, small_force

RUN_EVERY = 8  # of so many seeds one goes through a whole run
RARE = {rows.many_columns: 0.2, cells.odd_titles: 0.6, rows.no_header: 0.5, rows.no_rows: 0.3}


@dataclass(frozen=True)
class Case:
    """What is run, and what is known beforehand of how it may end.

    Attributes
    ----------
    seed : int
    command : str
        check or run.
    kinds : list of str
        What was done to the extract and the config.
    rows : list of int or None
        The fewest and the most rows that may be read, where the lines of the file tell.
    secrets : list of str
        Cells about people, which no terminal may show.
    """

    seed: int
    command: str
    kinds: list[str]
    rows: list[int] | None
    secrets: list[str]

    def arguments(self) -> list[str]:
        """Give the command line, to be run in the folder of the case."""
        return [self.command, "config.yaml", "--out", "out"]

    def as_dict(self) -> dict[str, Any]:
        """Give it as what JSON can hold."""
        return asdict(self)


def command_of(seed: int) -> str:
    """Say which command the case of a seed is about."""
    return "run" if seed % RUN_EVERY == 0 else "check"


def make(seed: int, folder: Path) -> Case:
    """Write the extract and the config of a seed to an empty folder."""
    rng, command = random.Random(f"case {seed}"), command_of(seed)  # hashed: seeds in a row would be alike
    sheet = small_force(rng, rng.choice((20, 60, 90)) if command == "run" else rng.choice((3, 20, 40, 80)))
    kinds: list[str] = []
    # A run is worth its seconds where it comes to an end: less is done to its extract.
    most = rng.choice((0, 1, 1) if command == "run" else (0, 1, 1, 2, 2, 3))
    for _ in range(most):
        kind = rng.choice((*cells.KINDS, *cells.KINDS, *rows.KINDS))
        if rng.random() < RARE.get(kind, 1):
            kind(sheet, rng)
            kinds.append(kind.__name__)
    known = canaries(sheet)
    settings, counted = _write_extract(sheet, folder, rng, kinds, 0.25 if command == "run" else 0.6)
    base = {"name": "made up", "extract": settings, "typology": {"definitions": "none"}}
    base |= {"clustering": {"k": rng.choice((1, 2, 4))}, "features": {"missing": "median"}}
    text, done = config_text(base, rng, 0.03 if command == "run" else 0.08)
    (folder / "config.yaml").write_text(text, encoding="utf-8", newline="")
    other_file = any(word in done for word in ("config_text", "wrong_settings", "derive", "rules", "settings_to_come"))
    secrets = sorted(cell for cell in known if cell not in text)
    return Case(seed, command, [*kinds, *done], None if other_file else counted, secrets)


def _write_extract(
    sheet: Sheet, folder: Path, rng: random.Random, kinds: list[str], trouble: float
) -> tuple[dict[str, Any], list[int] | None]:
    """Write the extract in one of its forms; give the settings to read it, and how many rows it has."""
    columns = _renamed(sheet, rng) if rng.random() < 0.3 else {}
    form = rng.random()
    if form < 0.08 and len(sheet.header) < 500:
        kinds.append("workbook")
        settings = formats.write_workbook(sheet, folder / "extract.xlsx", rng)
        return {"path": "extract.xlsx", "columns": columns, **settings}, None
    if form < 0.16:
        kinds.append("parquet")
        formats.write_parquet(sheet, folder / "extract.parquet", rng)
        return {"path": "extract.parquet", "columns": columns}, None
    text = texts.lay_out(sheet, rng.choice(",,,,;|\t"))
    for _ in range(2):
        if rng.random() < trouble:
            kind = rng.choice(texts.KINDS)
            kind(text, rng)
            kinds.append(kind.__name__)
    if form < 0.24:
        kinds.append("parts")
        return _write_parts(text, folder, rng) | {"columns": columns}, None
    name = rng.choice(
        ("extract.csv",) * 6 + ("extract.csv.gz", "extract.txt", "extract.tsv", "extract.parquet", "a [1].csv")
    )
    counted = texts.write(text, folder / name, rng)
    return {"path": name, "columns": columns, **text.settings}, counted


def _renamed(sheet: Sheet, rng: random.Random) -> dict[str, str]:
    """Give some columns names of the force's own, and the config what they stand for."""
    renamed = {}
    for at, meaning in enumerate(sheet.meanings):
        if meaning == sheet.header[at] and meaning in (*NEEDED, *OPTIONAL) and rng.random() < 0.4:
            form = rng.choice(("{}_X", "Force {}", "{}ä", "x.{}"))
            sheet.header[at] = renamed[meaning] = form.format(meaning.upper())
    return renamed


def _write_parts(text: texts.Text, folder: Path, rng: random.Random) -> dict[str, Any]:
    """Spread the rows over several files, each with the header."""
    header, *records = text.lines
    (folder / "parts").mkdir()
    for part in range(3):
        own = header if rng.random() < 0.9 else header + rng.choice((f"{text.delimiter}more", " ", "x"))
        text.lines = [own, *records[part::3]]
        texts.write(text, folder / "parts" / f"{part}.csv", rng)
    return {"path": "parts/*.csv", **text.settings}
