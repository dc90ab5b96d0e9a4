"""A record: sections of fields, each with what the form asks and an answer from the run or a blank for the force."""

from __future__ import annotations

from dataclasses import dataclass

from dapipeline.report.table import Table


@dataclass(frozen=True)
class Blank:
    """What only the force can answer.

    Attributes
    ----------
    what : str
        What is to be filled in, to follow "for the force to fill:".
    """

    what: str

    def __str__(self) -> str:
        """Write the mark, the same in every record so that it can be searched for."""
        return f"[for the force to fill: {self.what}]"


@dataclass(frozen=True)
class Points:
    """A list.

    Attributes
    ----------
    items : tuple of str
    """

    items: tuple[str, ...]


Part = str | Blank | Points | Table


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes
    ----------
    number : str
        As the form numbers it; empty where it does not.
    name : str
        In the form's words.
    answer : tuple of str, Blank, Points or Table
        Paragraphs and the like, in order.
    question : str
        What the form asks there; empty where the name says it.
    """

    number: str
    name: str
    answer: tuple[Part, ...]
    question: str = ""

    @property
    def heading(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}".strip()

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What the force has to fill in."""
        return tuple(part for part in self.answer if isinstance(part, Blank))


@dataclass(frozen=True)
class Section:
    """Some fields of a form under one title.

    Attributes
    ----------
    title : str
    fields : tuple of Field
    """

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Record:
    """A form filled in as far as a run can.

    Attributes
    ----------
    name : str
        Of its file: model_card, for example.
    title : str
    about : str
        What it is for, in a paragraph.
    source : str
        Whose form it is, with its version.
    sections : tuple of Section
    """

    name: str
    title: str
    about: str
    source: str
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def to_fill(self) -> str:
        """How much of it is left to the force, in a sentence."""
        left = sum(bool(field.blanks) for field in self.fields)
        return (
            f"{left} of the {len(self.fields)} fields wait for the force, in part or whole: search for “[for the "
            "force to fill”. The rest is filled in from the run."
        )


def field(number: str, name: str, *answer: Part, asks: str = "") -> Field:
    """Make a field.

    Parameters
    ----------
    number, name : str
    *answer : str, Blank, Points or Table
        Empty texts and lists are left out.
    asks : str
        What the form asks.

    Returns
    -------
    Field
    """
    return Field(number, name, tuple(part for part in answer if part not in ("", Points(()))), asks)


def section(title: str, *fields: Field) -> Section:
    """Make a section.

    Parameters
    ----------
    title : str
    *fields : Field

    Returns
    -------
    Section
    """
    return Section(title, fields)
