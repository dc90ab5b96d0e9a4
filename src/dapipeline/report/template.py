"""The templates of the pages; whatever is filled in is text and never markup."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from dapipeline.report.colours import PAPER


def policy(script: str = "") -> str:
    """Write what a page may load: nothing but its own styles, its own script and pictures inside it.

    Parameters
    ----------
    script : str
        As it stands between its tags; a page without one runs none.

    Returns
    -------
    str
        A Content-Security-Policy, which names the script by its hash.
    """
    runs = f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else "'none'"
    return (
        f"default-src 'none'; script-src {runs}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dapipeline.report"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["colours"] = PAPER
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
