"""How a command ends: an error as one paragraph, a warning as one line, never a traceback."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console

from dapipeline import interruption
from dapipeline.errors import DapipelineError, PrivacyWarning

INTERRUPTED = 130  # what Typer makes of Ctrl-C


def run_to_its_end(command: Callable[[], Any], errors: Console) -> None:
    """Run a command; whatever goes wrong ends in one paragraph and an exit status.

    Parameters
    ----------
    command : callable
        Takes nothing.
    errors : rich.console.Console
        Of standard error.

    Raises
    ------
    SystemExit
        With the exit status.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", PrivacyWarning)
            warnings.showwarning = _in_one_line(errors, warnings.showwarning)
            command()
    except DapipelineError as error:
        _end_with(error, errors)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            errors.print(interruption.MESSAGE)
        raise
    except Exception as error:
        from dapipeline.engine import shortage  # noqa: PLC0415  takes seconds

        if told := shortage(error):
            _end_with(told, errors)
        # The message of an unforeseen error may hold somebody's data, so only its place is shown.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        errors.print(
            f"U999: The program failed where it should not ({type(error).__name__} at {Path(frame.filename).name}:"
            f"{frame.lineno}); outputs of an earlier run are as they were. Please report this line; it holds no data.",
            style="red", markup=False, highlight=False,
        )  # fmt: skip
        sys.exit(1)


def _in_one_line(errors: Console, otherwise: Callable[..., Any]) -> Callable[..., None]:
    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, PrivacyWarning):
            errors.print(f"Warning: {message}", style="yellow", markup=False, highlight=False)
        else:
            otherwise(message, category, *place, **more)

    return show


def _end_with(error: DapipelineError, errors: Console) -> NoReturn:
    errors.print(str(error), style="red", markup=False, highlight=False)
    sys.exit(error.exit_status)
