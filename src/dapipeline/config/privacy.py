"""The settings of privacy: whether ids are pseudonyms, and when a run is due for review."""

from __future__ import annotations

from pydantic import Field, model_validator

from dapipeline.config.section import Section


class Privacy(Section):
    """How ids are written, and how long outputs may stand without a review."""

    pseudonymise: bool = Field(
        False,
        description="Whether the ids of suspects, victims, incidents and offences are replaced by keyed pseudonyms in "
        "every output of every command.",
    )
    key_file: str | None = Field(
        None,
        description="The file with the force's secret key, of at least 32 bytes; outside the outputs.",
    )
    keep_raw_rows: bool = Field(
        False,
        description="With pseudonyms, whether quality/quarantine and quality/blanked still hold the rows and values "
        "that were set aside as the extract writes them, with the real ids. Without pseudonyms they always do.",
    )
    review_after_days: int = Field(
        365,
        ge=1,
        le=36_500,
        description="Days after the extract was read from which every command warns that the outputs are due for "
        "review.",
    )

    @model_validator(mode="after")
    def _has_a_key(self) -> Privacy:
        if self.pseudonymise and not self.key_file:
            raise ValueError("pseudonymise needs key_file, the path of the file with the secret key")
        return self
