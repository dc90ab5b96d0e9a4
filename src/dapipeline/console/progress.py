"""Progress at a terminal: one live line per stage, and one line that stays for each stage that took long."""

from __future__ import annotations

import os
import time
from types import TracebackType

from rich.console import Console
from rich.text import Text

from dapipeline import interruption
from dapipeline.engine import share_done
from dapipeline.workflow.stage import Stage

LONG = 2  # seconds: a stage that takes longer leaves a line
TENTHS_BELOW = 9.95  # seconds: shorter times are shown with tenths
CLEAN_LINE = b"\r\x1b[2K\x1b[?25h"  # ECMA-48: to the start of the line, erase it; DEC: show the cursor


class Progress:
    """Progress of a command: a live line per stage with percent and time, and a line that stays where one took long.

    Parameters
    ----------
    console : rich.console.Console
    explain : bool
        Whether to print why each stage runs.
    """

    def __init__(self, console: Console, explain: bool) -> None:
        self.console, self.explain = console, explain
        self.title, self.text = "", ""
        self.share: float | None = None
        self.began = self.stage_began = time.perf_counter()
        self.status = console.status(self)

    def __enter__(self) -> Progress:
        self.withdraw = interruption.before_end(self._restore_terminal)
        self.status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.status.stop()
        self.withdraw()
        if error is None:
            self._end_stage()
            self._print(f"Done in {duration(time.perf_counter() - self.began)}.")

    def __rich__(self) -> Text:
        """Return what the live line shows at this moment."""
        share = self.share if self.share is not None else share_done()
        parts = [": ".join(part for part in (self.title, self.text) if part) or "Starting"]
        if share is not None:
            parts.append(f"{share:.0%}")
        parts.append(duration(time.perf_counter() - self.stage_began))
        return Text(", ".join(parts), no_wrap=True, overflow="ellipsis")

    def begin(self, title: str) -> None:
        """Show which stage begins.

        Parameters
        ----------
        title : str
        """
        self._end_stage()
        self.title, self.text, self.share, self.stage_began = title, "", None, time.perf_counter()

    def step(self, text: str, share: float | None = None) -> None:
        """Show how far the stage is.

        Parameters
        ----------
        text : str
            What is being done.
        share : float, optional
            The share of it that is done, from 0 to 1; by default what the engine reports.
        """
        self.text, self.share = text, share

    def tell(self, stage: Stage, reasons: list[str]) -> None:
        """Show the stage that begins and, where asked for, why it is not reused.

        Parameters
        ----------
        stage : Stage
        reasons : list of str
            Why it runs; empty where it is reused.
        """
        self.begin(stage.title)
        if self.explain:
            why = f"runs, because {'; '.join(reasons)}" if reasons else "is reused: nothing it depends on changed"
            self._print(f"{stage.name:<12} {why}")
        elif not self.console.is_terminal and reasons:
            self._print(f"{stage.title} …")

    def _end_stage(self) -> None:
        seconds = time.perf_counter() - self.stage_began
        if self.title and seconds > LONG:
            self._print(f"{self.title}: {duration(seconds)}")

    def _print(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False)

    def _restore_terminal(self) -> None:
        if self.console.is_terminal:
            os.write(self.console.file.fileno(), CLEAN_LINE)


def duration(seconds: float) -> str:
    """Return a time as people say it: 0.4 s, 49 s, 3 min 20 s, 2 h 5 min.

    Parameters
    ----------
    seconds : float

    Returns
    -------
    str
    """
    if seconds < TENTHS_BELOW:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
