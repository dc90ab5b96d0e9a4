"""A process that is killed at a chosen moment of its work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

KILLED = 9


def killed_at(work: Callable[[], object], owner, name: str, moment: int) -> bool:
    """Work in a fork that ends, without a chance to tidy up, at the n-th call of a function; was there one?"""
    child = os.fork()
    if child == 0:
        real, calls = getattr(owner, name), iter(range(1, 10_000))

        def call(*arguments, **more):
            if next(calls) == moment:
                os._exit(KILLED)
            return real(*arguments, **more)

        setattr(owner, name, call)
        try:
            work()
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, KILLED)
    return status == KILLED
