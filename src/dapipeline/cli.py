"""The commands: they parse, call and print; the work is done elsewhere."""

from __future__ import annotations

import json
import os
import sys
import traceback
from datetime import datetime
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from dapipeline import answers, interruption, review, screen, screen_draft
from dapipeline.artefacts.folder import open_plain
from dapipeline.artefacts.new_file import refuse_existing, write_new_file
from dapipeline.clustering.choosing_k import range_of_k
from dapipeline.config import Config, load_config
from dapipeline.engine import shortages_told
from dapipeline.errors import DapipelineError
from dapipeline.extract.columns import COLUMNS, extract_schema
from dapipeline.extract.draft import draft_extracts, short_name
from dapipeline.extract.intake import take_in
from dapipeline.offenders.catalogue import CATALOGUE
from dapipeline.run import assign as assign_extract
from dapipeline.run import choose_k, locate_extract, resolve_inputs, run_pipeline
from dapipeline.synthetic import export_force

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
DAY = ["%Y-%m-%d"]
INTERRUPTED = 130  # what Typer makes of Ctrl-C
console, errors = Console(), Console(stderr=True, soft_wrap=True)

ConfigPath = Annotated[Path, typer.Argument(metavar="CONFIG", help="The YAML config.")]
RunPath = Annotated[Path, typer.Argument(metavar="RUN", help="The output folder of a run.")]
ExtractPath = Annotated[Path | None, typer.Option("--extract", help="The extract, instead of the config's path.")]


class EngineKind(StrEnum):
    """The engines there are."""

    duckdb = "duckdb"
    spark = "spark"


class SchemaOf(StrEnum):
    """What a schema is wanted of."""

    extract = "extract"
    config = "config"


class TableFormat(StrEnum):
    """How a made-up extract is written."""

    csv = "csv"
    parquet = "parquet"


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
    out: Annotated[
        Path | None, typer.Option(help="The config to write; configs/<the file's name>.yaml by default.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
) -> None:
    """Draft a config for an extract: every column looked at, every line with its reason, every doubt marked.

    Files of people, events and roles, or one with a row for each role, are joined first: the SQL that does it stands
    beside the config, the joined extract beside the first file.
    """
    names = sorted({short_name(extract).replace(" ", "_") for extract in extracts})
    place = out or Path("configs") / f"{'_'.join(names)}.yaml"
    refuse_existing(place)
    with screen.Progress(console, False) as progress:
        progress.begin("Looking at the extract")
        draft, joined = draft_extracts(extracts, place, sheet=sheet, say=progress.step)
    write_new_file(place, draft.text)
    if joined:
        screen_draft.print_joined(console, joined)
    screen_draft.print_draft(console, draft, place)
    refused = "" if draft.undecided else _checked(place)
    screen_draft.print_next(console, draft, place, refused)


def _checked(config: Path) -> str:
    """Run the check on a config just written, and return why a run would stop."""
    try:
        settings = load_config(config)
        with screen.Progress(console, False) as progress:
            progress.begin("Checking the extract with it")
            taken = take_in(locate_extract(settings, config.parent, None), settings, progress.step)
    except DapipelineError as error:
        return str(error)
    screen.print_check(console, taken)
    return str(taken.refusal or "")


@app.command()
def run(
    config: ConfigPath,
    extract: ExtractPath = None,
    out: Annotated[Path | None, typer.Option(help="Where outputs go; outputs/<config's name> by default.")] = None,
    engine: Annotated[EngineKind | None, typer.Option(help="The engine, instead of the config's.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each stage ran or was reused.")] = False,
) -> None:
    """Turn an extract into named typologies and a report."""
    settings = _settings(config, engine)
    inputs = resolve_inputs(settings, config.parent, extract)
    with screen.Progress(console, explain) as progress:
        place = out or Path("outputs") / config.stem
        outcome = run_pipeline(settings, inputs, place, progress.tell, progress.step)
    screen.print_summary(console, outcome)


@app.command()
def check(
    config: ConfigPath,
    extract: ExtractPath = None,
    out: Annotated[Path | None, typer.Option(help="Also write what is wrong, row by row, to this folder.")] = None,
) -> None:
    """Look at the extract alone: what is usable, what is wrong."""
    settings = _settings(config, None)
    with screen.Progress(console, False) as progress:
        progress.begin("Reading the extract")
        taken = take_in(locate_extract(settings, config.parent, extract), settings, progress.step)
    screen.print_check(console, taken)
    if out is not None:
        with open_plain(out) as write:
            by_row = ["source_file", "source_row", "rule", "column"]
            write("quality/quarantine.csv", taken.extracted.set_aside.order_by(by_row).to_pandas())
            write("quality/blanked.csv", taken.extracted.blanked.order_by(by_row).to_pandas())
            write("quality/extract.csv", taken.extracted.counts)
            write("quality/warnings.csv", taken.warnings)
        console.print(f"Row by row: {out / 'quality'}", soft_wrap=True, highlight=False, markup=False)
    if taken.refusal:
        raise taken.refusal


@app.command("choose-k")
def choose(
    config: ConfigPath,
    first: Annotated[int, typer.Option("--from", min=2, help="The first number of clusters to try.")] = 2,
    last: Annotated[int, typer.Option("--to", min=2, help="The last.")] = 40,
    extract: ExtractPath = None,
    out: Annotated[Path | None, typer.Option(help="outputs/<config's name>_choose_k by default.")] = None,
) -> None:
    """Measure every number of clusters in a range, and say what speaks for which."""
    settings, ks = _settings(config, None), range_of_k(first, last)
    inputs = resolve_inputs(settings, config.parent, extract)
    with screen.Progress(console, False) as progress:
        place = out or Path("outputs") / f"{config.stem}_choose_k"
        outcome = choose_k(settings, inputs, ks, place, progress.tell, progress.step)
    screen.print_choice(console, outcome)


@app.command()
def explain(
    run: RunPath,
    offender: Annotated[str, typer.Argument(metavar="OFFENDER", help="The offender's id, as in the extract.")],
) -> None:
    """Say why an offender is in a cluster: for audit and complaints, not for decisions. The run records who asked."""
    answers.print_explanation(console, review.explain(run, offender), run)


@app.command()
def assign(
    run: RunPath,
    extract: Annotated[Path, typer.Option("--extract", help="The refreshed extract, laid out as the run's.")],
    out: Annotated[Path, typer.Option(help="Where outputs go.")],
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="First day that counts, instead of the run's.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Last day, instead of the run's.")] = None,
) -> None:
    """Place a refreshed extract in the typology of a run, without refitting, and say how far it has drifted."""
    days = {"from": first and first.date(), "to": last and last.date()}
    with screen.Progress(console, False) as progress:
        outcome = assign_extract(run, extract, days, out, progress.tell, progress.step)
    answers.print_assignment(console, outcome)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN", help="The output folder of a run, or of assign.")],
    second: Annotated[Path, typer.Argument(metavar="RUN", help="That of another.")],
    out: Annotated[Path | None, typer.Option(help="Also write the tables to this folder.")] = None,
) -> None:
    """Say what differs between two runs: who moved between typologies, which features moved, which settings differ."""
    found = review.compare(first, second)
    answers.print_comparison(console, found)
    if out is not None:
        with open_plain(out) as write:
            write("comparison.csv", found.moves)
            write("comparison_features.csv", found.features)
            write("comparison_settings.csv", found.settings)
            write("comparison.json", found.about)
        console.print(f"Tables: {out}", soft_wrap=True, highlight=False, markup=False)


@app.command()
def synth(
    offenders: Annotated[int, typer.Option(min=500, help="Offenders with a DA incident.")],
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same force.")] = 2022,
    preset: Annotated[str, typer.Option(help="Which made-up force.")] = "sample",
    faults: Annotated[bool, typer.Option("--faults", help="Add the recording faults of real extracts.")] = False,
    table_format: Annotated[TableFormat, typer.Option("--format", help="How incidents are written.")] = TableFormat.csv,
) -> None:
    """Make up an extract with planted typologies; every person in it is invented."""
    with open_plain(out) as write:
        ending = table_format.value
        rows, people = export_force(offenders, seed, preset, faults=faults, ending=ending, write=write)
    made = f"{rows:,} rows about {people:,} invented offenders: {out}"
    console.print(made, soft_wrap=True, highlight=False, markup=False)


@app.command()
def features() -> None:
    """List the feature catalogue."""
    screen.print_features(console, CATALOGUE)


@app.command()
def schema(of: Annotated[SchemaOf, typer.Argument(help="extract or config")]) -> None:
    """Print a JSON Schema, for editors and for other programs."""
    document = Config.model_json_schema(by_alias=True) if of is SchemaOf.config else extract_schema(COLUMNS)
    sys.stdout.write(json.dumps(document, indent=2) + "\n")


def _settings(path: Path, engine: EngineKind | None) -> Config:
    settings = load_config(path)
    if engine is None:
        return settings
    return settings.model_copy(update={"engine": settings.engine.of_kind(engine.value)})


def main() -> None:
    """Run a command; whatever goes wrong ends in one paragraph and an exit status, never in a traceback."""
    interruption.take_over()
    old_mask = os.umask(0o077)  # whatever is written is for its owner alone
    try:
        _main()
    finally:
        os.umask(old_mask)
        interruption.hold_off()


def _main() -> None:
    try:
        with shortages_told():
            app(standalone_mode=True)
    except DapipelineError as error:
        errors.print(str(error), style="red", markup=False, highlight=False)
        sys.exit(error.exit_status)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            errors.print(interruption.MESSAGE)
        raise
    except Exception as error:
        # The message of an unforeseen error may hold somebody's data, so only its place is shown.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        errors.print(
            f"U999: The program failed where it should not ({type(error).__name__} at {Path(frame.filename).name}:"
            f"{frame.lineno}); outputs of an earlier run are as they were. Please report this line; it holds no data.",
            style="red", markup=False, highlight=False,
        )  # fmt: skip
        sys.exit(1)
