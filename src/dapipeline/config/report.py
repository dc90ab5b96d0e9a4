"""The settings of the report."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dapipeline.config.section import Section


class Report(Section):
    """What the report shows."""

    edition: Literal["internal", "shareable"] = Field(
        "internal",
        description="internal: for readers inside the force. shareable: beside it, in the folder shareable/, a page, a "
        "workbook and figures that may leave the force.",
    )
    marking: str = Field(
        "", description="Protective marking, such as OFFICIAL-SENSITIVE, at the head of the page and of every sheet."
    )
    contact: str = Field("", description="Whom to ask about the report: a team, a mailbox or a telephone number.")
    limit: int = Field(
        10,
        ge=3,
        description="Numbers of people below it are withheld where they tell a characteristic, and so are means and "
        "sums over fewer. Ten, because whoever knows some of fewer people could work out the others.",
    )
    csv_twins: bool | None = Field(
        None,
        description="Whether assignments, features, quarantine and blanked, which are Parquet, also come as CSV, for "
        "Excel. null: in the internal edition alone.",
    )
    csv_for_excel: bool = Field(
        False,
        description="Whether every CSV of a run begins with the mark (UTF-8 with BOM) by which Excel on Windows knows "
        "that it is UTF-8; without it, Excel may show accents wrongly when a file is opened by a double click.",
    )
