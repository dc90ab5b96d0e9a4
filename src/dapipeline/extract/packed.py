"""The bytes of a file, unpacked where its name says that it is packed, and hashed as the file holds them."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from dapipeline.errors import ExtractError
from dapipeline.extract.files import cannot_open

# Ending of a packed file, to what unpacks it. Its first bytes stand in `MARKS` and `CONTENT_BY_ENDING` of kinds.py.
UNPACKERS: dict[str, Callable[..., Any]] = {".gz": lambda file: gzip.GzipFile(fileobj=file)}
BOMB_SIZE, BOMB_RATIO = 1 << 30, 200  # a table of text shrinks to a tenth, seldom to a hundredth


class Unpacked(io.RawIOBase):
    """A file whose bytes are unpacked while they are read.

    Parameters
    ----------
    path : Path
        Packed where its name ends in one of `UNPACKERS`.

    Attributes
    ----------
    given : int
        Bytes read so far, unpacked.

    Raises
    ------
    ExtractError
        E101 where it cannot be opened; while it is read E108 where it ends too early or is damaged, E116 where it
        unpacks to far more than a table would.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file = path.open("rb")
            self._size = path.stat().st_size
        except OSError as error:
            raise cannot_open(path, error) from error
        self.path, self.given, self._digest = path, 0, hashlib.sha256()
        unpacker = UNPACKERS.get(path.suffix.lower())
        hashed = _Hashed(self._file, self._digest)
        self._packed, self._source = unpacker is not None, unpacker(hashed) if unpacker else hashed

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes.

        Parameters
        ----------
        size : int, default -1
            How many at most; -1 for all.

        Returns
        -------
        bytes
            Empty at the end.

        Raises
        ------
        ExtractError
            E108, E116; see the class.
        """
        try:
            block: bytes = self._source.read(size)
        except (EOFError, OSError, zlib.error) as error:
            raise broken_archive(self.path) from error
        self.given += len(block)
        if self._packed and self.given > max(BOMB_SIZE, BOMB_RATIO * self._size):
            raise unpacks_too_far(self.path, self.given)
        return block

    def share(self) -> float:
        """Return how much of the file has been read.

        Returns
        -------
        float
            0 to 1.
        """
        return min(self._file.tell() / max(self._size, 1), 1.0)

    def digest(self) -> str:
        """Return the hash of what was read of the file, as it stands there.

        Returns
        -------
        str
            SHA-256, hexadecimal.
        """
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()


class _Hashed(io.RawIOBase):
    """A file whose bytes are hashed while they are read."""

    def __init__(self, file: IO[bytes], digest: Any) -> None:
        self._inner, self._hash = file, digest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._inner.read(size)
        self._hash.update(block)
        return block


def broken_archive(path: Path) -> ExtractError:
    """Return the error for a file that is cut short or damaged.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    ExtractError
        E108.
    """
    return ExtractError(
        "E108",
        f"{path.name} ends too early or is damaged.",
        "Copy or export it again: a part of its rows is missing.",
    )


def unpacks_too_far(path: Path, size: float) -> ExtractError:
    """Return the error for a small file that decompresses to a huge one.

    Parameters
    ----------
    path : Path
        The file.
    size : float
        Bytes so far.

    Returns
    -------
    ExtractError
        E116.
    """
    return ExtractError(
        "E116",
        f"{path.name} is small, but unpacks to more than {size / 2**30:,.0f} GB: no table of text shrinks so far.",
        "Make sure that it is the extract; unpack it yourself if it is.",
    )
