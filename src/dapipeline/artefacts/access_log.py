"""The access log of a run: who asked about a person, when, and of which outputs; the person's id is never in it."""

from __future__ import annotations

import errno
import hmac
import json
import os
import pwd
import secrets
from datetime import UTC, datetime
from pathlib import Path

from dapipeline.artefacts.swap import manifest_locked
from dapipeline.errors import RunError

FOLDER, KEY, KEY_BYTES = "access_log", "key", 32


def record(out: Path, config_sha256: str, assignments_sha256: str, command: str, offender_id: str, answer: str) -> None:
    """Append one line to OUT/access_log/COMMAND.jsonl, before the answer about a person is shown.

    The id is written as an HMAC-SHA256 (RFC 2104) under a random key that stays in the folder of the run. A plain hash
    could be reversed by hashing every possible id. So the log alone names nobody, and whoever has the key can test
    whether a given person was asked about.

    Parameters
    ----------
    out : Path
        The folder of the run.
    config_sha256, assignments_sha256 : str
        SHA-256 of the config and of the assignments that the answer rests on.
    command : str
        The command that asked; it names the log file.
    offender_id : str
        The person asked about.
    answer : str
        "explained", or the code of the error.

    Raises
    ------
    RunError
        O108 if the log cannot be written.
    """
    folder = out / FOLDER
    try:
        with manifest_locked(out):
            folder.mkdir(mode=0o700, exist_ok=True)
            entry = {
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "user": _user(),
                "command": command,
                "offender": _pseudonym(_key(folder / KEY), offender_id),
                "answer": answer,
                "config_sha256": config_sha256,
                "assignments_sha256": assignments_sha256,
            }
            _append(folder / f"{command}.jsonl", json.dumps(entry) + "\n")
    except (OSError, ValueError) as error:
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "its key is damaged"
        raise RunError(
            "O108", f"The access log in {folder} cannot be written: {why}.",
            "An answer that cannot be recorded is not given: make the folder writable, or put its key back.",
        ) from error  # fmt: skip


def _pseudonym(key: bytes, offender_id: str) -> str:
    """Return what stands for an id in the log: its HMAC-SHA256, in hexadecimal."""
    return hmac.digest(key, offender_id.encode(errors="surrogateescape"), "sha256").hex()


def _user() -> str:
    """Return the name of the user who runs this process, from the system: the variable USER can be set to any name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _key(path: Path) -> bytes:
    """Return the key of the log; the first call makes it."""
    if not path.is_file():
        unfinished = path.with_name(f".{path.name}.partial")
        unfinished.unlink(missing_ok=True)
        _append(unfinished, secrets.token_hex(KEY_BYTES) + "\n")
        unfinished.replace(path)
    key = bytes.fromhex(path.read_text(encoding="ascii"))
    if len(key) != KEY_BYTES:
        raise ValueError("the key is cut short")
    return key


def _append(path: Path, line: str) -> None:
    """Append a whole line or, if the disk is full, nothing; only the owner may read the file."""
    written = line.encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        if os.write(descriptor, written) < len(written):
            os.ftruncate(descriptor, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
