"""Progress as a person sees it: stages, how far they are, and how long they took."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dapipeline.console import progress as screen
from dapipeline.workflow.pipeline import STAGES


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is set."""

    class Clock:
        now = 100.0

        def perf_counter(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(screen, "time", clock)
    return clock


def printed(console: Console) -> list[str]:
    return console.file.getvalue().splitlines()


def test_long_stages_leave_a_line_with_their_seconds_and_the_end_has_the_total(clock):
    console = Console(file=io.StringIO(), width=80)
    with screen.Progress(console, False) as progress:
        for stage, seconds in zip(STAGES[:3], (1.9, 34.4, 2.1), strict=True):
            progress.tell(stage, ["because"])
            clock.now += seconds
    assert printed(console) == [
        "Reading the extract …", "Building incidents …", "Building incidents: 34 s", "Computing features …",
        "Computing features: 2.1 s", "Done in 38 s.",
    ]  # fmt: skip


def test_the_live_line_has_stage_step_percent_and_time(clock, monkeypatch):
    progress = screen.Progress(Console(file=io.StringIO()), False)
    progress.begin("Checking stability")
    progress.step("half 4 of 20", 0.15)
    clock.now += 12
    assert str(progress.__rich__()) == "Checking stability: half 4 of 20, 15%, 12 s"
    progress.step("half 5 of 20")
    assert str(progress.__rich__()) == "Checking stability: half 5 of 20, 12 s"
    monkeypatch.setattr(screen, "share_done", lambda: 0.5)
    assert str(progress.__rich__()) == "Checking stability: half 5 of 20, 50%, 12 s"
    progress.begin("Naming clusters")
    monkeypatch.setattr(screen, "share_done", lambda: None)
    assert str(progress.__rich__()) == "Naming clusters, 0.0 s"


def test_a_terminal_keeps_the_lines_of_long_stages_alone(clock):
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
    with screen.Progress(console, False) as progress:
        progress.tell(STAGES[0], ["because"])
        clock.now += 1
        progress.tell(STAGES[1], ["because"])
        clock.now += 200
    out = console.file.getvalue()
    assert "…" not in out
    assert "Reading the extract:" not in out
    assert "Building incidents: 3 min 20 s" in out
    assert "Done in 3 min 21 s." in out
    assert out.rindex("\x1b[?25h") > out.rindex("\x1b[?25l")  # the cursor is shown again


def test_a_stage_that_fails_is_not_called_done(clock):
    console = Console(file=io.StringIO())
    with pytest.raises(ZeroDivisionError), screen.Progress(console, False) as progress:
        progress.tell(STAGES[0], ["because"])
        clock.now += 50
        raise ZeroDivisionError
    assert printed(console) == ["Reading the extract …"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (3599.4, "59 min 59 s"),
     (3599.7, "1 h 0 min"), (7500, "2 h 5 min")],
)  # fmt: skip
def test_times_are_said_as_a_person_would(seconds, said):
    assert screen.duration(seconds) == said
