"""Runs commands: as forks of a warm process, or as real processes with their imports."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# A shell has background processes ignore Ctrl-C; a user's does not. The program as it is installed is called; before
# BEGUN is there, Python itself is starting.
BEGUN = "begun"
COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from dapipeline.__main__ import main; "
    f"open('{BEGUN}', 'w').close(); main()"
)
ROOT = Path(__file__).parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}  # this tree, whatever is installed


@dataclass(frozen=True)
class Kill:
    """A signal and the seconds after which it is sent."""

    signal: signal.Signals
    after: float


@dataclass(frozen=True)
class Ended:
    """How a command ended.

    Attributes
    ----------
    status : int or None
        The exit status, negative where a signal ended it; None where it did not end in time.
    out, err : str
        What it printed.
    seconds : float
    """

    status: int | None
    out: str
    err: str
    seconds: float


class Warm:
    """A process that has the imports done and forks a child for each command."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
            env=ENVIRONMENT, start_new_session=True,
        )  # fmt: skip
        if self._line(300) != "ready":
            raise RuntimeError("the program cannot be imported")

    def run(self, folder: Path, arguments: list[str], limit: float, kill: Kill | None = None) -> Ended:
        """Run a command in a folder, whose `temporary` is its temporary folder; kill it after a time, where asked."""
        order = {"folder": str(folder), "arguments": arguments, **_places(folder)}
        began = time.monotonic()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        child = int(self._line(60))
        ended = self._line(kill.after) if kill else None
        if kill and not ended:
            os.kill(child, kill.signal)
        ended = ended or self._line(limit)
        if not ended:
            os.kill(child, signal.SIGKILL)
            self._line(60)
        return _told(folder, int(ended) if ended else None, time.monotonic() - began)

    def stop(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()

    def _line(self, limit: float) -> str:
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], limit)
        return self.process.stdout.readline().strip() if ready else ""


def run_real(folder: Path, arguments: list[str], limit: float, kill: Kill | None = None) -> Ended:
    """Run a command as a process of its own, as a user does."""
    places = _places(folder)
    began = time.monotonic()
    with Path(places["out"]).open("w") as out, Path(places["err"]).open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            env=ENVIRONMENT | {"TMPDIR": places["temporary"]},
        )  # fmt: skip
        if kill:
            _send(process, kill, folder / BEGUN)
        status: int | None
        try:
            status = process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = None
    (folder / BEGUN).unlink(missing_ok=True)
    return _told(folder, status, time.monotonic() - began)


def _send(process: subprocess.Popen[bytes], kill: Kill, begun: Path) -> None:
    """Send a signal so long after the program began, unless it has ended by then."""
    while not begun.exists() and process.poll() is None:
        time.sleep(0.002)
    try:
        process.wait(kill.after)
    except subprocess.TimeoutExpired:
        process.send_signal(kill.signal)


def _places(folder: Path) -> dict[str, str]:
    (folder / "temporary").mkdir(exist_ok=True)
    return {"out": str(folder / "stdout"), "err": str(folder / "stderr"), "temporary": str(folder / "temporary")}


def _told(folder: Path, status: int | None, seconds: float) -> Ended:
    out, err = ((folder / name).read_text(encoding="utf-8", errors="replace") for name in ("stdout", "stderr"))
    for name in ("stdout", "stderr"):
        (folder / name).unlink()
    return Ended(status, out, err, seconds)
