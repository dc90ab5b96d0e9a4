"""The templates of the pages; whatever is filled in is text and never markup."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from dapipeline.report.colours import ON_PAGE


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dapipeline.report"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["colours"] = ON_PAGE
    return environment


def template(name: str) -> Template:
    """Return a template.

    Parameters
    ----------
    name : str
        Of its file under templates/.

    Returns
    -------
    jinja2.Template
    """
    return _environment().get_template(name)
