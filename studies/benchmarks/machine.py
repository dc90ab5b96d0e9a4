"""What the measurements were taken on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "numba", "scikit-learn", "kmedoids", "scikit-learn-extra", "onebatch", "banditpam")


def describe() -> str:
    """Return one paragraph on processor, memory and versions, without anything that names the machine."""
    cores = len(os.sched_getaffinity(0))
    memory = _entry(Path("/proc/meminfo"), "MemTotal")
    gib = int(memory.split()[0]) / 2**20
    versions = ", ".join(f"{package} {_version(package)}" for package in PACKAGES)
    return (
        f"{cores} cores ({_entry(Path('/proc/cpuinfo'), 'model name')}, {platform.machine()}), {gib:.0f} GiB of "
        f"memory, {platform.system()}; Python {platform.python_version()}, {versions}. Every solver may use all "
        f"{cores} cores: ours {cores} threads, kmedoids n_cpu=-1, the others as many as BLAS and OpenMP take."
    )


def _entry(file: Path, key: str) -> str:
    lines = (line.partition(":") for line in file.read_text(encoding="utf-8").splitlines())
    return next((value.strip() for name, _, value in lines if name.strip() == key), "unknown")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
