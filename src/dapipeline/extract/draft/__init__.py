"""A first config for an unknown layout: every column looked at, every line with its reason, every doubt marked."""

from dapipeline.extract.draft.drafting import Draft, draft_config
from dapipeline.extract.draft.sections import short_name

__all__ = ["Draft", "draft_config", "short_name"]
