"""Domestic abuse perpetrator typologies from police incident extracts."""

from importlib import import_module

__all__ = ["draft_config"]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is: the package's libraries take seconds to load."""
    if name == "draft_config":
        return import_module("dapipeline.extract.draft").draft_config
    raise AttributeError(f"module 'dapipeline' has no attribute {name!r}")
