"""Ctrl-C and SIGTERM: the process tidies up and ends at once.

No exception is raised, because a callback or a library could catch it. This module imports nothing heavy, so that it
works before anything else is loaded.
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
    """Let Ctrl-C and SIGTERM call `end` from now on, unless the parent process made this one ignore them."""
    if threading.current_thread() is not threading.main_thread():
        return  # Python lets only the main thread set signal handlers
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
    """Call an action if a signal ends the process within the block.

    Parameters
    ----------
    action : callable
        Takes no argument.

    Yields
    ------
    None
        The block.
    """
    withdraw = before_end(action)
    try:
        yield
    finally:
        withdraw()


def before_end(action: Callable[[], None]) -> Callable[[], None]:
    """Register an action to be called if a signal ends the process.

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
    """Record that the outputs of this run are in place, so that the message of an interruption is right."""
    _complete.set()


def end(number: int, frame: FrameType | None) -> None:
    """Tidy up, print one line on the interruption, and end the process; further signals are ignored meanwhile.

    Parameters
    ----------
    number : int
        The signal.
    frame : frame or None
        Where it interrupted the program; not used.
    """
    hold_off()
    for action in reversed(list(_actions.values())):
        with suppress(BaseException):
            action()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BaseException):  # the signal may have interrupted a write
            stream.flush()
    with suppress(OSError):
        os.write(2, f"{TOO_LATE if _complete.is_set() else MESSAGE}\n".encode())
    os._exit(STATUSES[signal.Signals(number)])
