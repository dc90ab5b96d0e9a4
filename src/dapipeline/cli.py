"""The commands: they parse, call and print; the work is done elsewhere.

Each imports what it needs when it runs, so that --help and wrong usage are answered at once.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

import dapipeline as dap
from dapipeline import interruption
from dapipeline.console.endings import run_to_its_end
from dapipeline.errors import DapipelineError

if TYPE_CHECKING:
    from dapipeline.config import Config
    from dapipeline.console.progress import Progress

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
DAY = ["%Y-%m-%d"]
console, errors = Console(), Console(stderr=True, soft_wrap=True)

ConfigPath = Annotated[Path, typer.Argument(metavar="CONFIG", help="The YAML config.")]
RunPath = Annotated[Path, typer.Argument(metavar="RUN", help="The output folder of a run.")]
EngineKind = Literal["duckdb", "spark"]
SchemaOf = Literal["extract", "config"]
TableFormat = Literal["csv", "parquet"]
ExtractPath = Annotated[Path | None, typer.Option("--extract", help="The extract, instead of the config's path.")]
KeyPath = Annotated[
    Path | None, typer.Option("--key", help="The secret key of the run's pseudonyms, instead of the config's key file.")
]


def _print_version(asked: bool) -> None:
    if asked:
        console.print(f"dapipeline {metadata.version('dapipeline')}", highlight=False)
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """Domestic abuse perpetrator typologies from police incident extracts. It describes cohorts, never a person."""


@app.command()
def init(
    extracts: Annotated[
        list[Path],
        typer.Argument(
            metavar="EXTRACT",
            help="The file, or a pattern over several of one layout; or the files of people, events and roles.",
        ),
    ],
    out: Annotated[Path | None, typer.Option(help="The config to write; configs/<its name>.yaml by default.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
) -> None:
    """Draft a config for an extract: every column looked at, every line with its reason, every doubt marked.

    Files of people, events and roles, or one with a row for each role, are joined first: the SQL that does it stands
    beside the config, the joined extract beside the first file.
    """
    from dapipeline.artefacts.new_file import refuse_existing, write_new_file
    from dapipeline.console import draft as screen
    from dapipeline.extract.draft import draft_extracts, short_name

    names = sorted({short_name(extract).replace(" ", "_") for extract in extracts})
    place = out or Path("configs") / f"{'_'.join(names)}.yaml"
    refuse_existing(place)
    with _progress() as progress:
        progress.begin("Looking at the extract")
        draft, joined = draft_extracts(extracts, place, sheet=sheet, say=progress.step)
    write_new_file(place, draft.text)
    if joined:
        screen.print_joined(console, joined)
    screen.print_draft(console, draft, place)
    refused = "" if draft.undecided else _checked(place)
    screen.print_next(console, draft, place, refused)


def _checked(config: Path) -> str:
    """Run the check on a config just written, and return why a run would stop."""
    from dapipeline.console.results import print_check

    try:
        with _progress() as progress:
            progress.begin("Checking the extract with it")
            found = dap.check(config, progress=progress.step)
    except DapipelineError as error:
        return str(error)
    print_check(console, found)
    return str(found.refusal or "")


@app.command()
def run(
    config: ConfigPath,
    extract: ExtractPath = None,
    out: Annotated[Path | None, typer.Option(help="Where outputs go; outputs/<config's name> by default.")] = None,
    engine: Annotated[EngineKind | None, typer.Option(help="The engine, instead of the config's.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each stage ran or was reused.")] = False,
) -> None:
    """Turn an extract into named typologies and a report."""
    from dapipeline.console.results import print_summary

    settings = _settings(config, engine)
    with _progress(explain) as progress:
        done = dap.run(settings, extract=extract, out=out, progress=progress)
    print_summary(console, done)


@app.command()
def check(
    config: ConfigPath,
    extract: ExtractPath = None,
    out: Annotated[Path | None, typer.Option(help="Also write what is wrong, row by row, to this folder.")] = None,
) -> None:
    """Look at the extract alone: what is usable, what is wrong."""
    from dapipeline.console.results import print_check

    with _progress() as progress:
        progress.begin("Reading the extract")
        found = dap.check(config, extract=extract, out=out, progress=progress.step)
    print_check(console, found)
    if out is not None:
        console.print(f"Row by row: {out / 'quality'}", soft_wrap=True, highlight=False, markup=False)
    if found.refusal:
        raise found.refusal


@app.command("choose-k")
def choose(
    config: ConfigPath,
    first: Annotated[int, typer.Option("--from", min=2, help="The first number of clusters to try.")] = 2,
    last: Annotated[int, typer.Option("--to", min=2, help="The last.")] = 40,
    extract: ExtractPath = None,
    out: Annotated[Path | None, typer.Option(help="outputs/<config's name>_choose_k by default.")] = None,
) -> None:
    """Measure every number of clusters in a range, and say what the evidence for each is."""
    from dapipeline.console.results import print_choice

    with _progress() as progress:
        tried = dap.choose_k(config, first=first, last=last, extract=extract, out=out, progress=progress)
    print_choice(console, tried)


@app.command()
def scrutiny(
    config: ConfigPath,
    extract: ExtractPath = None,
    out: Annotated[Path | None, typer.Option(help="A finished run to add to, or where to put them alone.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Published figures, one line each, to check.")] = None,
) -> None:
    """Count what inspectors, boards and boroughs ask for, by area and year."""
    from dapipeline.console.scrutiny import print_published, print_scrutiny

    with _progress() as progress:
        counted = dap.scrutinise(config, extract=extract, out=out, progress=progress)
    print_scrutiny(console, counted)
    if compare is not None:
        print_published(console, dap.check_published(counted, compare))


@app.command()
def explain(
    run: RunPath,
    offender: Annotated[
        str, typer.Argument(metavar="OFFENDER", help="The offender's id, as in the extract, or their pseudonym.")
    ],
    key: KeyPath = None,
) -> None:
    """Say why an offender is in a cluster: for audit and complaints, not for decisions. The run records who asked."""
    from dapipeline.console.answers import print_explanation

    print_explanation(console, dap.explain(run, offender, key=key), run)


@app.command()
def assign(
    run: RunPath,
    extract: Annotated[Path, typer.Option("--extract", help="The refreshed extract, laid out as the run's.")],
    out: Annotated[Path, typer.Option(help="Where outputs go.")],
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="First day that counts, instead of the run's.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Last day, instead of the run's.")] = None,
    key: KeyPath = None,
) -> None:
    """Place a refreshed extract in the typology of a run, without refitting, and say how far it has drifted."""
    from dapipeline.console.answers import print_assignment

    days = {"first": first and first.date(), "last": last and last.date()}
    with _progress() as progress:
        placed = dap.assign(run, extract, out=out, key=key, progress=progress, **days)
    print_assignment(console, placed)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN", help="The output folder of a run, or of assign.")],
    second: Annotated[Path, typer.Argument(metavar="RUN", help="That of another.")],
    out: Annotated[Path | None, typer.Option(help="Also write the tables to this folder.")] = None,
) -> None:
    """Say what differs between two runs: who moved between typologies, which features moved, which settings differ."""
    from dapipeline.console.answers import print_comparison

    print_comparison(console, dap.compare(first, second, out=out))
    if out is not None:
        console.print(f"Tables: {out}", soft_wrap=True, highlight=False, markup=False)


@app.command()
def erase(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The output folder of any command.")],
    ids: Annotated[Path, typer.Option(help="A file with one id per line: the people to erase.")],
    key: KeyPath = None,
) -> None:
    """Remove people from the tables of a finished run, as suspects and as victims, in one step or not at all."""
    from dapipeline.console.erasure import print_erased

    print_erased(console, dap.erase(run, ids, key=key), run)


@app.command()
def synth(
    offenders: Annotated[int, typer.Option(min=500, help="Offenders with a DA incident.")],
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same force.")] = 2022,
    preset: Annotated[str, typer.Option(help="Which made-up force.")] = "sample",
    faults: Annotated[bool, typer.Option("--faults", help="Add the recording faults of real extracts.")] = False,
    table_format: Annotated[TableFormat, typer.Option("--format", help="How incidents are written.")] = "csv",
) -> None:
    """Make up an extract with planted typologies; every person in it is invented."""
    from dapipeline.artefacts.folder import open_plain
    from dapipeline.synthetic import export_force

    with open_plain(out) as write:
        rows, people = export_force(offenders, seed, preset, faults=faults, ending=table_format, write=write)
    made = f"{rows:,} rows about {people:,} invented offenders: {out}"
    console.print(made, soft_wrap=True, highlight=False, markup=False)


@app.command()
def features() -> None:
    """List the feature catalogue."""
    from dapipeline.console.results import print_features
    from dapipeline.offenders.catalogue import CATALOGUE

    print_features(console, CATALOGUE)


@app.command()
def schema(of: Annotated[SchemaOf, typer.Argument(help="extract or config")]) -> None:
    """Print a JSON Schema, for editors and for other programs."""
    from dapipeline.config import Config
    from dapipeline.extract.columns import COLUMNS, extract_schema

    document = Config.model_json_schema(by_alias=True) if of == "config" else extract_schema(COLUMNS)
    sys.stdout.write(json.dumps(document, indent=2) + "\n")


def _progress(explain: bool = False) -> Progress:
    from dapipeline.console.progress import Progress

    return Progress(console, explain)


def _settings(path: Path, engine: EngineKind | None) -> Config:
    settings: Config = dap.load_config(path)
    if engine is None:
        return settings
    return settings.model_copy(update={"engine": settings.engine.of_kind(engine)})


def main() -> None:
    """Run a command; whatever goes wrong ends in one paragraph and an exit status, never in a traceback."""
    interruption.take_over()
    old_mask = os.umask(0o077)  # whatever is written is for its owner alone
    try:
        run_to_its_end(app, errors)
    finally:
        os.umask(old_mask)
        interruption.hold_off()
