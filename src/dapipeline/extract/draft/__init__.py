"""A first config for an unknown layout: every column looked at, every line with its reason, every doubt marked."""

from dapipeline.extract.draft.drafting import Draft, draft_config
from dapipeline.extract.draft.joining import Joined
from dapipeline.extract.draft.linked import draft_extracts
from dapipeline.extract.draft.sections import short_name

__all__ = ["Draft", "Joined", "draft_config", "draft_extracts", "short_name"]
