"""The page that stands in place of a report from which people were erased."""

from __future__ import annotations

from datetime import date

from dapipeline.config import Config
from dapipeline.report.template import policy, template
from dapipeline.report.words import day, several


def render_notice(config: Config, on: date, people: int) -> str:
    """Write the page that says why there is no report.

    Parameters
    ----------
    config : Config
        With the name, the marking and the contact of the report.
    on : date
        The day of the erasure.
    people : int
        How many people were erased on that day.

    Returns
    -------
    str
        HTML.
    """
    return template("erased.html").render(
        policy=policy(), name=config.name, marking=config.report.marking, contact=config.report.contact, on=day(on),
        people=several(people, "person was", "people were"),
    )  # fmt: skip
