"""What can go wrong, said once: a stable code, the fact, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DapipelineError(Exception):
    """An expected failure, shown to the user as one paragraph and never as a traceback.

    Parameters
    ----------
    code : str
        Stable identifier, such as ``E103``; documented in ``docs/errors.md``.
    fact : str
        What was found, in one sentence, without personal data.
    remedy : str
        What the user can do about it.

    Attributes
    ----------
    exit_status : int
        1 where the data cannot be used, 2 for wrong usage or configuration.
    """

    exit_status = 1

    def __init__(self, code: str, fact: str, remedy: str) -> None:
        self.code, self.fact, self.remedy = code, fact, remedy
        text = f"{code}: {fact} {remedy}"
        super().__init__(text.encode("utf-8", "backslashreplace").decode())  # a path may hold bytes that no text has


class ConfigError(DapipelineError):
    """The configuration or the command line is wrong (codes C...)."""

    exit_status = 2


class ExtractError(DapipelineError):
    """The extract cannot be read or used (codes E...)."""


class ReferenceTableError(DapipelineError):
    """A reference table that the force supplies cannot be used (codes R...)."""


class CohortError(DapipelineError):
    """The rows are readable, but no cohort or clustering can be made of them (codes D...)."""


class RunError(DapipelineError):
    """The output directory cannot be written, or a run in it cannot be read (codes O...)."""


class PrivacyError(DapipelineError):
    """The secret key or a list of people to erase cannot be used, or the erased would come back (codes P...)."""

    exit_status = 2


class PrivacyWarning(UserWarning):
    """What a person responsible for the data should know, though nothing stops; the commands print it as one line."""


class MissingExtraError(ConfigError):
    """An optional package is needed and not installed (code X001)."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            "X001",
            f"{purpose} needs the package {package}, which is not installed.",
            f'Install it with: pip install "dapipeline[{extra}]"',
        )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint at the name that was probably meant.

    Parameters
    ----------
    name : str
        As it was written.
    known : iterable of str
        The names there are.

    Returns
    -------
    str
        In brackets, with a blank before them; empty where none is near.
    """
    by_case = {other.lower(): other for other in known}
    near = get_close_matches(name.lower(), by_case, n=1, cutoff=0.75)
    return f" (did you mean {by_case[near[0]]!r}?)" if near else ""
