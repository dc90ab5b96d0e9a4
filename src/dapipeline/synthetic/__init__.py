"""A made-up force with planted typologies, to test and show the pipeline without real people's records."""

from dapipeline.synthetic.export import export_force, synthesise
from dapipeline.synthetic.faults import add_faults
from dapipeline.synthetic.force import Force, make_blocks, make_force

__all__ = ["Force", "add_faults", "export_force", "make_blocks", "make_force", "synthesise"]
