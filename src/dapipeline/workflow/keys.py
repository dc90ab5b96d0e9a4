"""The key of a finished run: ids as the force writes them become ids as the run holds them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dapipeline.artefacts.secret_key import PSEUDONYM, Key, read_key
from dapipeline.errors import PrivacyError
from dapipeline.extract.forms import plain_id
from dapipeline.workflow import outputs
from dapipeline.workflow.run import Run
from dapipeline.workflow.traces import PERSONS, people_in


def key_of_run(run: Run, given: Path | None = None) -> Key | None:
    """Read the key that a run's pseudonyms were made with, and make sure that it is the same.

    Parameters
    ----------
    run : Run
    given : Path, optional
        The key file; by default the one that the run's config names.

    Returns
    -------
    Key or None
        None if the run's ids are as in the extract.

    Raises
    ------
    PrivacyError
        P001 to P003 if the file cannot be used, P004 if none is given and that of the config is not there, P005 if it
        is another key, P007 if the run has no pseudonyms.
    """
    check = _key_check(run)
    if check is None:
        if given:
            raise PrivacyError("P007", f"The ids in {run.out} are those of the extract.", "Leave the key out.")
        return None
    key = read_key(given or _named(run))
    key.refuse_within(run.out)
    if key.check != check:
        raise PrivacyError(
            "P005", f"{key.path} is not the key that the pseudonyms in {run.out} were made with.",
            "Give the right one with --key FILE (in Python: key=…).",
        )  # fmt: skip
    return key


def ids_of_run(run: Run, ids: Sequence[str], given: Path | None = None) -> list[str]:
    """Return ids as a run holds them.

    Parameters
    ----------
    run : Run
    ids : sequence of str
        As in the extract, or pseudonyms, which need no key. Where the extract was read with decimals, apostrophes or
        formulas taken off its ids, either form is found.
    given : Path, optional
        The key file; by default the one that the run's config names.

    Returns
    -------
    list of str
        In the same order.

    Raises
    ------
    PrivacyError
        As for `key_of_run`.
    """
    if _key_check(run) is not None and given is None and all(PSEUDONYM.fullmatch(one) for one in ids):
        return list(ids)
    key = key_of_run(run, given)
    held = [_held(one, key) for one in ids]
    if not _put_into_form(run):
        return held
    here = people_in(run)
    return [own if own in here else _held(plain_id(one), key) for one, own in zip(ids, held, strict=True)]


def _held(one: str, key: Key | None) -> str:
    return one if key is None or PSEUDONYM.fullmatch(one) else key.pseudonym(one)


def _put_into_form(run: Run) -> bool:
    """Return whether ids of people in the extract were written as decimals, formulas or after an apostrophe."""
    warned = run.frame(outputs.WARNINGS)
    return bool((warned["code"].eq("W210") & warned["column"].isin(PERSONS)).any())


def check_same_ids(first: Run, second: Run) -> None:
    """Refuse to compare two runs in which the same person has different ids.

    Parameters
    ----------
    first, second : Run

    Raises
    ------
    PrivacyError
        P006.
    """
    if _key_check(first) != _key_check(second):
        raise PrivacyError(
            "P006", f"The ids in {first.out} and {second.out} are not written alike: their pseudonyms were made with "
            "different keys, or one of them has none.",
            "Make one of the runs again with the key of the other.",
        )  # fmt: skip


def _key_check(run: Run) -> str | None:
    """Return the key check of a run; None if its ids are as in the extract."""
    about = run.manifest.get("privacy") or {}
    check: str | None = about.get("key_check")
    return check


def _named(run: Run) -> Path:
    named = Path(run.config.privacy.key_file or "").expanduser()
    if not named.is_file():
        raise PrivacyError(
            "P004", f"The ids in {run.out} are pseudonyms, and the key file that its config names, {named}, is not "
            "there.",
            "Give the file with --key FILE (in Python: key=…), or the pseudonym itself.",
        )  # fmt: skip
    return named
