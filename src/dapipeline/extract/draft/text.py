"""The text of a config: sections, and beside each line its reason; doubts are marked CHECK."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import yaml

WIDTH = 118  # characters of a line
WIDEST = 46  # characters: the comment of a longer line stands above it
CHECK = "CHECK"


@dataclass(frozen=True)
class Line:
    """One line of a section.

    Attributes
    ----------
    key : str
    value : object
        A text, a number, a list, or a mapping of one of these.
    reason : str
        Why the line stands there, in words.
    doubt : str
        What the analyst has to look at; it marks the line CHECK. Empty where there is no doubt.
    """

    key: str
    value: object
    reason: str = ""
    doubt: str = ""

    @property
    def comment(self) -> str:
        """Doubt and reason as one comment."""
        return "; ".join(part for part in (f"{CHECK}: {self.doubt}" if self.doubt else "", self.reason) if part)


def scalar(value: object) -> str:
    """Return a value as YAML writes it on one line.

    Parameters
    ----------
    value : object
        A text, a number, a list or a mapping. A text of digits is put in quotes, so that nothing reads it as a number.

    Returns
    -------
    str
    """
    if isinstance(value, list):
        return f"[{', '.join(scalar(item) for item in value)}]"
    if isinstance(value, str) and re.fullmatch(r"[\d.]+", value):
        return f"'{value}'"
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...").strip()


def in_one_line(text: str) -> str:
    """Return a text with blanks for line breaks and control characters, so that it stays within its comment.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)


def section(lines: Iterable[Line], indent: int) -> list[str]:
    """Write lines with their comments in one column; a long comment stands above its line.

    Parameters
    ----------
    lines : iterable of Line
    indent : int
        Blanks before each line.

    Returns
    -------
    list of str
        The lines of the section.
    """
    pairs = [(_written(line, indent), in_one_line(line.comment)) for line in lines]
    short = [texts[0] for texts, _ in pairs if len(texts) == 1 and len(texts[0]) <= WIDEST]
    at = max((len(text) for text in short), default=0) + 2
    written = []
    for texts, comment in pairs:
        beside = f"{texts[0]:<{at}}# {comment}" if comment else texts[0]
        if texts[0] in short and len(beside) <= WIDTH:
            written.append(beside)
        else:
            written += [*commented(comment, indent), *texts]
    return written


def _written(line: Line, indent: int) -> list[str]:
    """Write a line; a long list is continued below its first word."""
    start = f"{' ' * indent}{scalar(line.key)}: "
    if not isinstance(line.value, list):
        return [start + scalar(line.value)]
    lead = " " * (len(start) + 1)
    texts = [start + "["]
    for at, item in enumerate(line.value):
        word = scalar(item) + ("," if at < len(line.value) - 1 else "]")
        if len(texts[-1]) + len(word) + 1 > WIDTH and at:
            texts.append(lead + word)
        else:
            texts[-1] += word if texts[-1].endswith("[") else f" {word}"
    return texts if line.value else [start + "[]"]


def commented(text: str, indent: int) -> list[str]:
    """Wrap a text into comments no wider than the page.

    Parameters
    ----------
    text : str
    indent : int
        Blanks before each comment.

    Returns
    -------
    list of str
        The lines of the comment.
    """
    lead = " " * indent + "# "
    return [lead + line for line in wrap(in_one_line(text), WIDTH - len(lead), break_on_hyphens=False)]


def listed(names: Sequence[str], most: int = 60) -> str:
    """Join names with commas.

    Parameters
    ----------
    names : sequence of str
    most : int
        How many are named; the others are only counted.

    Returns
    -------
    str
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def several(number: int, thing: str) -> str:
    """Return a number with the noun that it counts: 1 row, 8 rows.

    Parameters
    ----------
    number : int
    thing : str
        The noun in the singular, with a plural in -s.

    Returns
    -------
    str
    """
    return f"{number:,} {thing}{'s' * (number != 1)}"
