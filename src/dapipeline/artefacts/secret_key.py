"""The force's secret key: how it is read, and the pseudonyms that are made with it."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import stat
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from dapipeline.artefacts.disk import check_name
from dapipeline.errors import PrivacyError, PrivacyWarning

SHORTEST, LONGEST = 32, 1024  # bytes
DIGITS = 32  # hexadecimal, 128 bits: among 100 million ids, two alike have a chance below 2 in 10^23
MARK = "p"  # in front, so that no spreadsheet takes digits with an e among them for a number
PSEUDONYM = re.compile(rf"{MARK}[0-9a-f]{{{DIGITS}}}")
FIXED_TEXT, CHECK_DIGITS = b"dapipeline: is the key the same?\n", 16  # no id ends with a line break
BLOCK = 64  # bytes of a block of SHA-256


@dataclass(frozen=True)
class Key:
    """A secret key; it is never shown, written or hashed by itself.

    Attributes
    ----------
    path : Path
        The file it was read from.
    secret : bytes
    """

    path: Path
    secret: bytes = field(repr=False)

    @property
    def check(self) -> str:
        """What run.json holds to tell whether a key is the same: part of the HMAC-SHA256 of a fixed text."""
        return hmac.digest(self.secret, FIXED_TEXT, "sha256").hex()[:CHECK_DIGITS]

    @property
    def pads(self) -> tuple[bytes, bytes]:
        """The inner and the outer pad of HMAC (RFC 2104), for an engine that has SHA-256 alone."""
        short = self.secret if len(self.secret) <= BLOCK else hashlib.sha256(self.secret).digest()
        filled = short.ljust(BLOCK, b"\0")
        return bytes(byte ^ 0x36 for byte in filled), bytes(byte ^ 0x5C for byte in filled)

    def pseudonym(self, person: str) -> str:
        """Return the pseudonym of an id: part of its HMAC-SHA256.

        Parameters
        ----------
        person : str
            The id as the canonical rows hold it, without blanks around it.

        Returns
        -------
        str
        """
        digest = hmac.digest(self.secret, person.encode(errors="surrogateescape"), "sha256")
        return MARK + digest.hex()[:DIGITS]

    def refuse_within(self, out: Path) -> None:
        """Refuse a key that lies among the outputs: whoever gets the folder could undo every pseudonym in it.

        Parameters
        ----------
        out : Path
            The folder of the outputs; it need not exist.

        Raises
        ------
        PrivacyError
            P003.
        """
        within = {self.path.absolute(), self.path.resolve()}
        if any(path.is_relative_to(folder) for path in within for folder in (out.absolute(), out.resolve())):
            raise PrivacyError(
                "P003", f"The key file {self.path} lies inside the outputs in {out}.",
                "Move it to a place that only those who may undo pseudonyms can read, and name that place.",
            )  # fmt: skip


def read_key(path: Path) -> Key:
    """Read the secret key; line breaks at its end are no part of it.

    Parameters
    ----------
    path : Path
        The key file.

    Returns
    -------
    Key

    Raises
    ------
    PrivacyError
        P001 where there is no such file or it cannot be read, P002 where it is too short or too long to be a key.
    RunError
        O111 where its path is not UTF-8 or has a null.
    """
    check_name(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise _unreadable(path, "it is not a file")
        with path.open("rb") as stream:
            secret = stream.read(LONGEST + 3).rstrip(b"\r\n")
    except OSError as error:
        raise _unreadable(path, os.strerror(error.errno or 0)) from error
    if not SHORTEST <= len(secret) <= LONGEST:
        size = f"{len(secret)} bytes" if len(secret) <= LONGEST else f"more than {LONGEST:,} bytes"
        raise PrivacyError(
            "P002", f"The key file {path} holds {size}; a key has from {SHORTEST} to {LONGEST:,}.",
            "Make one with: openssl rand -hex 32. Keep it: other pseudonyms come of another key.",
        )  # fmt: skip
    if about.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        warnings.warn(
            f"Others than its owner may use the key file {path}; whoever reads it can undo the pseudonyms. "
            "Close it with: chmod 600.",
            PrivacyWarning, stacklevel=2,
        )  # fmt: skip
    return Key(path, secret)


def _unreadable(path: Path, why: str) -> PrivacyError:
    return PrivacyError(
        "P001", f"The key file {path} cannot be read: {why}.",
        "Check privacy.key_file, or the path after --key; a relative one starts at the config's folder, or here.",
    )  # fmt: skip
