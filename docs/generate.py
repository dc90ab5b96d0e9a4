"""Writes data_dictionary.md, errors.md, scrutiny_catalogue.md and warnings.md from the declarations in the code.

The records of responsible use in records/ are those of a run on the sample, which is kept in outputs/sample_records.

python docs/generate.py          writes it anew
python docs/generate.py --check  exit status 1 where it is out of date
"""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from dapipeline.analysis.measures import MEASURES
from dapipeline.config import Config, Section, load_config
from dapipeline.extract.columns import COLUMNS
from dapipeline.extract.rules import READING_RULES, ROW_RULES, VALUE_RULES
from dapipeline.extract.warnings import CATALOGUE as CATALOGUE_OF_WARNINGS
from dapipeline.offenders.catalogue import CATALOGUE, PRESETS
from dapipeline.offenders.feature import missing_columns
from dapipeline.reference import tables, titles
from dapipeline.report.material import material_of
from dapipeline.report.records.facts import facts_of
from dapipeline.report.records.written import RECORDS, markdown_of
from dapipeline.scrutiny.catalogue import CATALOGUE as INDICATORS
from dapipeline.scrutiny.catalogue import NEVER
from dapipeline.scrutiny.indicator import BREAKDOWNS, Indicator
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.outputs import SHAREABLE, Output
from dapipeline.workflow.pipeline import STAGES, contents_of
from dapipeline.workflow.runner import run_stages
from dapipeline.workflow.stage import Context, Outputs

DOCS = Path(__file__).parent
SOURCE = DOCS.parent / "src" / "dapipeline"
READING = {
    "malformed_row": "A record with more or fewer fields than the header.",
    "repeated_header": "A row that repeats the header, as when parts were joined.",
}


def table(header: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def columns() -> str:
    """The canonical columns."""
    return table(
        ["column", "kind", "needed", "meaning", "values"],
        [[f"`{c.name}`", c.kind, "yes" if c.needed else "", c.meaning, ", ".join(c.values)] for c in COLUMNS],
    )


def rules() -> str:
    """The rules and what they do unless configured."""
    rows = [[f"`{code}`", "the whole row", "quarantine", READING[code]] for code in READING_RULES]
    for rule in (*ROW_RULES, *VALUE_RULES):
        rows.append([f"`{rule.code}`", f"`{rule.column}`", rule.action, rule.meaning])
    return table(["rule", "column", "action", "meaning"], rows)


def features() -> str:
    """The feature catalogue."""
    return table(
        ["feature", "label", "theme", "kind", "unit", "meaning", "empty history", "presets"],
        [
            [
                f"`{f.name}`",
                f.label,
                f.theme,
                f.kind,
                f.unit,
                f.meaning,
                f"{f.empty:g}",
                ", ".join(f"`{name}`" for name, preset in PRESETS.items() if f.name in preset),
            ]
            for f in CATALOGUE
        ],
    )


def measures() -> str:
    """The measures behind the study's recommendations."""
    return table(
        ["measure", "title", "what it is", "of", "over", "source", "needs"],
        [
            [f"`{m.name}`", m.title, m.definition, m.of, m.whose, m.source,
             "; ".join(missing_columns(m.needs, ()))]
            for m in MEASURES
        ],
    )  # fmt: skip


def kinds() -> str:
    """The kinds of non-crimes that titles tell."""
    found = titles.non_crime_patterns().dropna(subset=["kind"]).drop_duplicates("kind")
    return table(["kind", "family"], [[f"`{line.kind}`", f"`{line.family}`"] for line in found.itertuples()])


def settings(section: type[Section], path: str = "") -> list[list[str]]:
    """The settings of a section and of the sections in it."""
    rows = []
    for name, field in section.model_fields.items():
        key = f"{path}{field.alias or name}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            rows += settings(field.annotation, f"{key}.")
        else:
            default = "needed" if field.is_required() else repr(field.get_default(call_default_factory=True))
            rows.append([f"`{key}`", f"`{default}`", field.description or ""])
    return rows


def families() -> str:
    """The offence families."""
    return table(
        ["family", "title", "what it holds"],
        [[f"`{f.family}`", str(f.title), str(f.meaning)] for f in tables.families().itertuples(index=False)],
    )


def subgroups() -> str:
    """The shipped severity of each offence subgroup."""
    return table(
        ["subgroup", "severity in days", "source"],
        [[str(s.title), f"{s.severity:g}", str(s.source)] for s in tables.subgroups().itertuples(index=False)],
    )


def words(node: ast.expr) -> str:
    """The text of a message, with … for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(words(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return "…"


def errors() -> str:
    """Every error the program raises, by its code."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) != 3 or not isinstance(node.args[0], ast.Constant):
                continue
            code = node.args[0].value
            if isinstance(code, str) and len(code) == 4 and code[0].isupper() and code[1:].isdigit():
                found.setdefault(code, (words(node.args[1]), words(node.args[2])))
    return table(["code", "what was found", "how to mend it"], [[f"`{c}`", *found[c]] for c in sorted(found)])


def error_page() -> str:
    """The page of errors."""
    return "\n".join(
        [
            "# Errors",
            "",
            "Made from the code by `make docs`. Exit status 1: the data cannot be used (D, E, R, O); "
            "2: wrong usage or config (C, P, X). `…` stands for what the message fills in.",
            "",
            errors(),
        ]
    )


def missing() -> str:
    """The words that stand for nothing."""
    words = tables.missing_words()
    kinds = {
        "program": "of databases, drivers and languages", "word": "of people", "error": "of spreadsheets",
        "number": "that stand for nobody, as noughts do, in ids alone",
        "no crime": "that say, as noughts do, that there is no offence code",
    }  # fmt: skip
    listed = {kind: ", ".join(f"`{word}`" for word in words.loc[words["kind"] == kind, "word"]) for kind in kinds}
    return table(["words", "which"], [[kinds[kind], listed[kind]] for kind in kinds])


def warning_page() -> str:
    """The page of warnings."""
    return "\n".join(
        [
            "# Warnings",
            "",
            "Made from the code by `make docs`. A warning is about what is likely wrong with an extract though no rule "
            "was broken: it stands in `quality/warnings.csv`, at the end of `run` and `check`, in `run.json`, and near "
            "the top of the page. None stops a run; a rule that sets aside more than `extract.tolerance` of the rows "
            "does (`E121`).",
            "",
            table(
                ["code", "when", "what it means", "what to do"],
                [[f"`{kind.code}`", kind.when, kind.meaning, kind.remedy] for kind in CATALOGUE_OF_WARNINGS],
            ),
        ]
    )


def interval(indicator: Indicator) -> str:
    """How an indicator is counted, and where its interval comes from."""
    if indicator.kind in ("count", "rate"):
        return f"{'a count' if indicator.kind == 'count' else f'per {indicator.per:,}'}; Byar"
    if indicator.kind == "share":
        return f"a share; {'bootstrap by person' if indicator.recurs else 'Wilson'}"
    return {"people": "a share of persons; Wilson", "ratio": "a ratio; Wilson", "days": "a median; quartiles"}[
        indicator.kind
    ]


def scrutiny_page() -> str:
    """The catalogue of indicators."""
    rows = [
        [f"`{i.key}`", i.title, i.numerator, i.denominator, "; ".join(filter(None, [i.unit, i.over_unit])), interval(i),
         ", ".join(BREAKDOWNS[name] for name in (*i.within, *i.shared_by)),
         "; ".join([*missing_columns(i.needs, ()), *(["all recorded crime"] if i.all_crime else []),
                    *(["reference.population"] if i.over_unit == "population" else [])]), i.says_not, i.source]
        for i in INDICATORS
    ]  # fmt: skip
    heads = ["indicator", "title", "above the line", "below the line", "unit", "kind; interval", "groups", "needs",
             "what it does not say", "source"]  # fmt: skip
    return "\n".join(
        [
            "# Catalogue of indicators",
            "",
            "Made from the code by `make docs`; change the code, not this page. [How they are counted](scrutiny.md). "
            "DA is what the run calls DA; an incident is, if one of its rows is.",
            "",
            table(heads, rows),
            "## What no extract of these columns can give",
            "",
            table(["key", "title", "what an extract would have to hold", "source"],
                  [[f"`{key}`", title, wanted, source] for key, title, wanted, source in NEVER]),
        ]
    )  # fmt: skip


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# Data dictionary",
            "",
            "Made from the code by `make docs`; change the code, not this page.",
            "",
            "## Canonical columns",
            "",
            "One row for each suspect and victim in one recorded offence or non-crime incident.",
            "",
            columns(),
            "## Rules",
            "",
            "What is done where a rule is broken is set under `extract.rules`, by rule or by `rule.column`.",
            "",
            rules(),
            "## Words for missing",
            "",
            "In ids they mean nobody, in dates, numbers, codes and areas that nothing is known, unless the column's "
            "own codes or `extract.values` give them a meaning. In titles of offences and in ethnic groups they stay "
            "as they are written, but for errors of a spreadsheet. `extract.missing_values` adds words for every "
            "column, `extract.missing_values_only` takes the place of the list.",
            "",
            missing(),
            "## Features",
            "",
            f"{len(CATALOGUE)} features; each preset has {len(PRESETS['west_midlands_2022'])} of them. An "
            "offender's sex and ethnicity are never among them.",
            "",
            features(),
            "## Measures",
            "",
            "In `tables/measures.csv` and on the page; decisions/measures.md says how the study's words were read.",
            "",
            measures(),
            "## Settings",
            "",
            table(["setting", "default", "meaning"], settings(Config)),
            "## Offence families",
            "",
            families(),
            "## Kinds of non-crimes",
            "",
            "Told by titles; `quality/offences.csv` has family and kind of every title of a run. `other` stands where "
            "the config says non_crime of a title that says something else.",
            "",
            kinds(),
            "## Shipped severity",
            "",
            subgroups(),
        ]
    )


def records(context: Context) -> Outputs:
    """Fill in the records, on one day and with one version, so that they change with what they say alone."""
    contents = contents_of(context)
    only = {"dapipeline": contents.versions["dapipeline"]}
    facts = facts_of(material_of(replace(contents, made_on=date(2024, 2, 29), versions=only)))
    filled = [make(facts) for make in RECORDS]
    return {Output(f"records/{r.name}.md", "records", "one record", SHAREABLE): markdown_of(r) for r in filled}


def records_of_the_sample() -> dict[Path, str]:
    """The records of a run on the sample, which is reused while nothing it depends on has changed."""
    config = load_config(DOCS.parent / "configs/sample.yaml")
    before = [stage for stage in STAGES if stage.name not in ("report", "files")]
    stages = (*before, *(replace(stage, work=records) for stage in STAGES if stage.name == "report"))
    run = run_stages("run", stages, config, resolve_inputs(config), DOCS.parent / "outputs/sample_records")
    made = "*Made from the invented force in data/sample by `make docs`; change the code, not this page.*\n\n"
    return {
        DOCS / name: made + (run.out / name).read_text("utf-8") for name in run.manifest["files"]
        if name.startswith("records/")
    }  # fmt: skip


def main() -> int:
    """Write the pages, or say which are out of date."""
    pages = records_of_the_sample() | {DOCS / "data_dictionary.md": page(), DOCS / "errors.md": error_page(),
             DOCS / "warnings.md": warning_page(), DOCS / "scrutiny_catalogue.md": scrutiny_page()}  # fmt: skip
    stale = [path.name for path, text in pages.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        print(f"Out of date, run make docs: {', '.join(stale)}" if stale else "docs/ is up to date.")
        return 1 if stale else 0
    (DOCS / "records").mkdir(exist_ok=True)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
