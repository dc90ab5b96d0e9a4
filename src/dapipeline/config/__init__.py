"""One typed model of the YAML configuration: every setting, its default and its reason."""

from dapipeline.config.engine import Engine
from dapipeline.config.extract import Action, Extract
from dapipeline.config.model import (
    Clustering,
    Config,
    DomesticAbuse,
    Features,
    RecordingBreak,
    Reference,
    Typology,
    Window,
    load_config,
)
from dapipeline.config.privacy import Privacy
from dapipeline.config.report import Report
from dapipeline.config.section import Section, checked

__all__ = [
    "Action", "Clustering", "Config", "DomesticAbuse", "Engine", "Extract", "Features", "Privacy", "RecordingBreak",
    "Reference", "Report",
    "Section", "Typology", "Window", "checked", "load_config",
]  # fmt: skip
