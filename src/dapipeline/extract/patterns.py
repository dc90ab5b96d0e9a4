r"""Regular expressions that DuckDB (RE2) and Spark (Java) read alike: checked part by part, and written out in full.

Java's ``$`` also matches before a last line break, its dot stops at more than one, and its ``\b`` knows more letters.
"""

from __future__ import annotations

import re
import string

WORD = "0-9A-Za-z_"
CLASSES = {"d": "0-9", "w": WORD, "s": r"\t\n\f\r "}
CONTROLS = {"t": r"\t", "n": r"\n", "f": r"\f", "r": r"\r"}
MOST = 1000  # the most repetitions of a part that RE2 allows
PART = re.compile(
    r"(?P<class>\[\^?(?:\\.|[^\]\\])+\])|(?P<escape>\\.)|(?P<group>\((?:\?:|(?!\?)))"
    r"|(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\??)|(?P<plain>[^\\\[({*+?])",
    re.DOTALL,
)
IN_CLASS = re.compile(r"(?P<low>\\.|[^\\])(?:-(?P<high>\\.|[^\\]))?", re.DOTALL)
EDGE = f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))"
END = r"(?![\s\S])"


def fault_of_pattern(pattern: str, group: int = 0) -> str | None:
    """Return why a pattern cannot be used.

    Parameters
    ----------
    pattern : str
        A regular expression.
    group : int
        The group that is asked for.

    Returns
    -------
    str or None
        What is wrong, as the end of a sentence; None where nothing is.
    """
    try:
        groups = re.compile(written_out(pattern, look_around=True)).groups
        if _repeats_nothing(pattern):
            return "the pattern repeats a group that may be empty"
    except (re.error, OverflowError):
        return "the pattern cannot be read; check its brackets"
    except ValueError as error:
        return str(error)
    return None if group <= groups else f"the pattern has no group {group}"


def written_out(pattern: str, look_around: bool) -> str:
    """Write a pattern so that every engine finds the same.

    Parameters
    ----------
    pattern : str
        A regular expression.
    look_around : bool
        Whether the engine has look-around, as Java does and RE2 does not: Java needs it for the edge of a word and the
        end of a text.

    Returns
    -------
    str
        The pattern with its short forms written out.

    Raises
    ------
    ValueError
        What in it has no form that engines read alike.
    """
    written, at, before, repeatable = "", 0, "", False
    while at < len(pattern):
        part = PART.match(pattern, at)
        if part is None:
            raise ValueError(_why_not(pattern[at:]))
        text, kind = part[0], part.lastgroup
        _check_anchor(text, before, pattern[part.end() :])
        if kind == "repeat":
            _check_repeat(text, repeatable)
        written += text if kind in ("repeat", "group") else _one(text, look_around)
        repeatable = kind not in ("repeat", "group") and text not in ("^", "$", "|", r"\b")
        at, before = part.end(), text
    return written


def _check_anchor(text: str, before: str, rest: str) -> None:
    # DuckDB's optimiser misreads a $ in the middle.
    if text == "^" and before not in ("", "(", "(?:", "|"):
        raise ValueError("the pattern has ^ where no text begins; a ^ that is meant needs a \\ before it")
    if text == "$" and rest[:1] not in ("", ")", "|"):
        raise ValueError("the pattern has $ where no text ends; a $ that is meant needs a \\ before it")


def _repeats_nothing(pattern: str) -> bool:
    """Return whether a group that may be empty is repeated: RE2 and Java differ in what the group then captures."""
    opened: list[int] = []
    group = ""
    for part in PART.finditer(pattern):
        if part.lastgroup == "repeat" and group and re.fullmatch(group, ""):
            return True
        group = ""
        if part.lastgroup == "group":
            opened.append(part.start())
        elif part[0] == ")":
            inside = written_out(pattern[opened.pop() : part.end()], look_around=True)
            group = inside.replace(EDGE, "").replace(END, "")
    return False


def _why_not(rest: str) -> str:
    if re.match(r"\(\?<?[=!]", rest):
        return f"the pattern looks around itself with {rest[:3]}"
    if re.match(r"\(\?[a-zA-Z]", rest) and rest[2] != "P":
        return f"the pattern has a setting, {rest[:4]}; write lower() around the column instead of (?i)"
    return f"the pattern has {rest[:3]}, which engines read differently; a bracket that is meant needs a \\ before it"


def _check_repeat(text: str, repeatable: bool) -> None:
    if not repeatable:
        raise ValueError(f"the pattern has {text} where there is nothing to repeat")
    if any(int(number) > MOST for number in re.findall(r"\d+", text)):
        raise ValueError(f"the pattern repeats a part more than {MOST} times")


def _one(text: str, look_around: bool) -> str:
    if len(text) > 1 and text[0] == "[":
        return _class(text)
    if text == r"\b":
        return EDGE if look_around else text
    if text in "^|)":
        return text
    if text[0] == "\\" and text[1].lower() in CLASSES:
        return f"[{'^' if text[1].isupper() else ''}{CLASSES[text[1].lower()]}]"
    return {".": r"[^\n]", "$": END if look_around else r"\z"}.get(text) or _character(text)


def _class(text: str) -> str:
    if "[:" in text[1:]:
        raise ValueError("the pattern has a class by name, such as [:alpha:]")
    start = 2 if text[1] == "^" else 1
    return text[:start] + "".join(_item(*item.groups()) for item in IN_CLASS.finditer(text, start, len(text) - 1)) + "]"


def _item(low: str, high: str | None) -> str:
    if high is not None:
        return f"{_character(low)}-{_character(high)}"
    return CLASSES.get(low[1:]) or _character(low)


def _character(text: str) -> str:
    """Write a character that stands for itself, plain or after a backslash."""
    letter = text[-1]
    if len(text) > 1 and letter in CONTROLS:
        return CONTROLS[letter]
    if len(text) > 1 and letter in "123456789":
        raise ValueError(f"the pattern goes back to a group with {text}")
    if len(text) > 1 and letter not in string.punctuation:
        raise ValueError(f"the pattern has {text}, which engines read differently")
    return f"\\{letter}" if letter in string.punctuation and letter != "_" else letter
