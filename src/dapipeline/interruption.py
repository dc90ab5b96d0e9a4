"""Ctrl-C and SIGTERM: the process tidies up and ends at once.

Nothing is raised: an exception could be swallowed by a callback, or turned into an error of whichever import or library
it happened to meet. Imports nothing heavy, so that it can be in charge before anything else is loaded.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

MESSAGE = "Interrupted; outputs of an earlier run are as they were."
TOO_LATE = "Interrupted; the outputs are complete."
STATUSES = {signal.SIGINT: 130, signal.SIGTERM: 143}  # 128 and the signal's number, as shells say it

_actions: dict[object, Callable[[], None]] = {}
_complete = threading.Event()


def take_over() -> None:
    """End the process by `end` on Ctrl-C and SIGTERM from now on, unless whoever started it has them ignored."""
    if threading.current_thread() is not threading.main_thread():
        return  # only the main thread may
    _complete.clear()
    for number in STATUSES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)


def hold_off() -> None:
    """Ignore Ctrl-C and SIGTERM from now on: the command has ended, and the process is about to."""
    if threading.current_thread() is threading.main_thread():
        for number in STATUSES:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def tidied(action: Callable[[], None]) -> Iterator[None]:
    """Call an action where a signal ends the process within the block."""
    withdraw = before_end(action)
    try:
        yield
    finally:
        withdraw()


def before_end(action: Callable[[], None]) -> Callable[[], None]:
    """Register an action for the case that a signal ends the process.

    Parameters
    ----------
    action : callable
        The last one registered is called first; whatever it raises is ignored.

    Returns
    -------
    callable
        Withdraws the action.
    """
    key = object()
    _actions[key] = action
    return lambda: _actions.pop(key, None) and None


def outputs_are_complete() -> None:
    """Say from now on that the outputs are those of this run: they have been put in place."""
    _complete.set()


def end(number: int, frame: FrameType | None) -> None:
    """Tidy up, say so in one line, and end the process; further signals do not cut that short."""
    hold_off()
    for action in reversed(list(_actions.values())):
        with suppress(BaseException):
            action()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BaseException):  # it may have been in the middle of a write
            stream.flush()
    with suppress(OSError):
        os.write(2, f"{TOO_LATE if _complete.is_set() else MESSAGE}\n".encode())
    os._exit(STATUSES[signal.Signals(number)])
