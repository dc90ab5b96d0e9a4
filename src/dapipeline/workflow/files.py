"""The stage that writes what people take away: a workbook, copies in CSV, and a dictionary of every table."""

from __future__ import annotations

import pandas as pd

from dapipeline.artefacts.spreadsheet import cell_types
from dapipeline.report.dictionary.tables import Written, data_package, dictionary
from dapipeline.report.notes import INTERNAL, notes_of
from dapipeline.report.sheets import sheet_of
from dapipeline.report.titles import typologies_table, with_titles
from dapipeline.report.workbook import workbook
from dapipeline.typology.definitions import load_definitions
from dapipeline.workflow import outputs
from dapipeline.workflow.output import SHAREABLE, Output, table_name, twin
from dapipeline.workflow.stage import Context, Outputs, Stage

TWINNED = (outputs.ASSIGNMENTS, outputs.FEATURES, outputs.QUARANTINE, outputs.BLANKED)


def files(context: Context) -> Outputs:
    """Write the workbook, the copies in CSV, the dictionary and the data package."""
    definitions = load_definitions(context.inputs.definitions) if context.inputs.definitions else None
    typologies = typologies_table(context.frame(outputs.CLUSTERS), definitions)
    titles = dict(zip(typologies["typology"], typologies["title"], strict=True))
    made: Outputs = {outputs.TYPOLOGIES: typologies}
    if _wants_twins(context):
        made |= {twin(of): with_titles(context.frame(of), titles) for of in TWINNED}
    written = [*_written(context), *(_as_written(output, frame) for output, frame in made.items())]
    written += [_as_written(outputs.DICTIONARY, dictionary(written))]
    made[outputs.DICTIONARY] = dictionary(written)
    made[outputs.WORKBOOK] = _workbook(context, {outputs.TYPOLOGIES: typologies}, titles)
    return made | {outputs.DATA_PACKAGE: data_package(context.config.name, written)}


def _wants_twins(context: Context) -> bool:
    """Return whether tables in Parquet get copies in CSV: as the config says, else in the internal edition."""
    asked = context.config.report.csv_twins
    return bool(context.config.report.edition == "internal" if asked is None else asked)


def _written(context: Context) -> list[Written]:
    """List the tables of the stages before this one."""
    found = [(output, context.types_if_there(output)) for output in outputs.ALL if output.made_by in FILES.after]
    return [Written(table_name(output), output, output.row, types) for output, types in found if types]


def _as_written(output: Output, frame: pd.DataFrame) -> Written:
    copy = output not in (outputs.TYPOLOGIES, outputs.DICTIONARY)
    return Written(table_name(output), output, output.row, cell_types(frame), copy)


def _workbook(context: Context, own: dict[Output, pd.DataFrame], titles: dict[str, str]) -> bytes:
    """Write every table of results and data quality but those with a row per person."""
    frames = own | {
        output: frame
        for output in outputs.BY_NAME.values()
        # Warnings name rows of the extract, whose order may change no byte here.
        if output.readers == SHAREABLE and output.made_by in FILES.after and output != outputs.WARNINGS
        if (frame := context.frame_if_there(output)) is not None
    }
    sheets = [sheet_of(table_name(output), output.row, frame, titles, output) for output, frame in frames.items()]
    settings = context.config.report
    about = [f"{context.config.name}: tables", *filter(None, [settings.marking]), INTERNAL,
             "Tables with a row per person have no sheet; they are files beside this one.",
             *([f"Whom to ask: {settings.contact}"] if settings.contact else [])]  # fmt: skip
    return workbook(sheets, notes_of(settings), about, settings.marking)


FILES = Stage(
    work=files, title="Writing files to take away", package="report",
    settings=(
        "name", "report.edition", "report.csv_twins", "report.csv_for_excel", "report.marking", "report.contact",
        "report.limit",
    ),
    inputs=("definitions",),
    after=(
        "extract", "incidents", "offenders", "clustering", "stability", "typology", "analysis", "harm", "course",
        "scrutiny", "markers", "edition",
    ),
)  # fmt: skip
