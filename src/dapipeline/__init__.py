"""Domestic abuse perpetrator typologies from police incident extracts.

What is named here is the public face, described in docs/api.md; everything else may move without notice.

>>> import dapipeline as dap
>>> run = dap.run("my_force.yaml", out="outputs/my_force")
>>> run.frame("clusters").columns[:2].tolist()
['cluster', 'typology']
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for editors and type checkers alone
    from dapipeline.config import load_config as load_config
    from dapipeline.errors import DapipelineError as DapipelineError
    from dapipeline.extract.draft import draft_config as draft_config
    from dapipeline.kmedoids import KMedoids as KMedoids
    from dapipeline.synthetic import synthesise as synthesise
    from dapipeline.workflow.check import check as check
    from dapipeline.workflow.commands import assign as assign
    from dapipeline.workflow.commands import choose_k as choose_k
    from dapipeline.workflow.commands import open_run as open_run
    from dapipeline.workflow.commands import run as run
    from dapipeline.workflow.compare import compare as compare
    from dapipeline.workflow.erase import erase as erase
    from dapipeline.workflow.explain import explain as explain
    from dapipeline.workflow.scrutinise import check_published as check_published
    from dapipeline.workflow.scrutinise import scrutinise as scrutinise

# Where each name is at home: imported when it is first asked for, because the libraries take seconds to load.
_HOMES = {
    "DapipelineError": "errors",
    "KMedoids": "kmedoids",
    "assign": "workflow.commands",
    "check": "workflow.check",
    "check_published": "workflow.scrutinise",
    "choose_k": "workflow.commands",
    "compare": "workflow.compare",
    "draft_config": "extract.draft",
    "erase": "workflow.erase",
    "explain": "workflow.explain",
    "load_config": "config",
    "open_run": "workflow.commands",
    "run": "workflow.commands",
    "scrutinise": "workflow.scrutinise",
    "synthesise": "synthetic",
}

__all__ = sorted([*_HOMES, "__version__"])  # noqa: PLE0605  each name stands once, above


def __getattr__(name: str) -> object:
    """Import what is asked for when it is."""
    if name == "__version__":
        return version("dapipeline")
    if name in _HOMES:
        return getattr(import_module(f"dapipeline.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'dapipeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public face."""
    return __all__
