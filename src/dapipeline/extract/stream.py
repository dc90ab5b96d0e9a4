"""A text file as a stream for a parser: hashed and counted while it is read, and converted to UTF-8."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path
from typing import Any

from dapipeline.config import Extract
from dapipeline.errors import ExtractError
from dapipeline.extract.packed import Unpacked

CHUNK = 1 << 20
MARK = "\ufffd"
HINT = re.compile(rb'\A"?sep=.?"?[ \t]*(?=\r|\n|\Z)', re.IGNORECASE)


class Utf8Stream(io.RawIOBase):
    """A text file as UTF-8 without byte order mark, without what stands above its header.

    Parameters
    ----------
    path : Path
        Unpacked where its name says that it is packed.
    extract : Extract
        Encoding, lines to skip, delimiter and quoting.

    Attributes
    ----------
    skipped : int
        Lines left out at the top: as many as the config says, and a line ``sep=;`` for Excel.
    replaced : bool
        Whether bytes that are no UTF-8 were replaced by U+FFFD so far.
    line_breaks : int
        Line feeds read since, also those inside quoted fields.

    Raises
    ------
    ExtractError
        E101 where it cannot be opened; while it is read E107 where a byte is no text in the encoding, E108 where the
        file ends too early, E116 where it unpacks to far more than a table would.
    """

    def __init__(self, path: Path, extract: Extract) -> None:
        self.path, self.extract = path, extract
        self.skipped = self.line_breaks = 0
        self._file = Unpacked(path)
        own = extract.encoding == "utf-8"
        # Bytes that are not UTF-8 become U+FFFD: only a caller that knows the columns can tell whether they matter.
        self._decoder = codecs.getincrementaldecoder(extract.encoding)("replace" if own else "strict")
        self._utf8, self.replaced = own, False
        self._ready, self._rest, self._ended = b"", b"", False
        self._start()

    def readable(self) -> bool:
        """Return that the stream can be read, as `io.RawIOBase` asks.

        Returns
        -------
        bool
            True.
        """
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes, as `io.RawIOBase` asks.

        Parameters
        ----------
        buffer : writable buffer
            Where the bytes go.

        Returns
        -------
        int
            How many bytes it was given; 0 at the end.

        Raises
        ------
        ExtractError
            E107, E108, E116; see the class.
        """
        while not self._ready and not self._ended:
            self._ready = self._next()
            self.line_breaks += self._ready.count(b"\n")
        taken = self._ready[: len(buffer)]
        self._ready = self._ready[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def share(self) -> float:
        """Return how much of the file has been read.

        Returns
        -------
        float
            0 to 1.
        """
        return self._file.share()

    def digest(self) -> str:
        """Return the hash of the whole file as it was read; what the parser left unread is read first.

        Returns
        -------
        str
            SHA-256, hexadecimal.
        """
        while not self._ended:
            self._next()
        return self._file.digest()

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()

    def _start(self) -> None:
        """Read as far as the header, and drop the byte order mark, the lines to skip and Excel's line ``sep=;``."""
        head = b""
        while not self._ended and head.count(b"\n") <= self.extract.skip_rows + 1 and len(head) < 16 * CHUNK:
            head += self._next()
        self._refuse_other_encoding(head)
        head = head.removeprefix(codecs.BOM_UTF8)
        for _ in range(self.extract.skip_rows):
            head = self._without_line(head)
        if HINT.match(head):
            head = self._without_line(head)
        self._ready = head
        self.line_breaks = head.count(b"\n")

    def _refuse_other_encoding(self, head: bytes) -> None:
        """Refuse UTF-8 read as an encoding of Windows, and UTF-16 read as UTF-8, by the first bytes."""
        if not self._utf8 and head.startswith("ï»¿".encode()):
            found, encoding = "begins with the mark of UTF-8", "utf-8"
        elif self._utf8 and head.startswith((MARK * 2).encode()) and b"\0" in head[:256]:
            found, encoding = "is UTF-16", "utf-16"
        elif self._utf8 and head[:256].count(b"\0") > len(head[:256]) / 4:
            found, encoding = "is UTF-16", "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
        else:
            return
        raise ExtractError(
            "E107", f"{self.path.name} {found}, not {self.extract.encoding}.", f"Set extract.encoding: {encoding}."
        )

    def _without_line(self, head: bytes) -> bytes:
        self.skipped += 1
        return head.partition(b"\n")[2] if b"\n" in head else head.partition(b"\r")[2]

    def _next(self) -> bytes:
        block = self._file.read(CHUNK)
        self._ended = not block
        if not (self._utf8 and block.isascii() and not self._decoder.getstate()[0]):
            block = self._decoded(block)
        return self._without_nulls(block) if self.extract.quoting == "backslash" else block

    def _decoded(self, block: bytes) -> bytes:
        try:
            text = self._decoder.decode(block, final=self._ended)
            self.replaced = self.replaced or (self._utf8 and text.count(MARK) > block.count(MARK.encode()))
            return text.encode()
        except UnicodeError as error:
            raise ExtractError(
                "E107",
                f"{self.path.name} is not text in the encoding {self.extract.encoding}: byte "
                f"{self._file.given - len(block) + getattr(error, 'start', 0) + 1:,} of it has no meaning there.",
                "Set extract.encoding to the one it was written in: utf-8, cp1252 or utf-16.",
            ) from error

    def _without_nulls(self, block: bytes) -> bytes:
        r"""Empty the fields that hold \N alone: with backslash quoting, MySQL writes a missing value so."""
        whole, line_end, rest = (self._rest + block).rpartition(b"\n")
        if self._ended:
            whole, line_end, rest = self._rest + block, b"", b""
        self._rest = rest
        delimiter = re.escape(self.extract.delimiter.encode())
        return re.sub(rb"(?m)(^|(?<=" + delimiter + rb"))\\N(?=" + delimiter + rb"|\r|$)", b"", whole) + line_end
