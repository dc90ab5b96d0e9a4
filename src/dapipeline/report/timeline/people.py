"""Who the people in a timeline are: V1, V2 and so on for victims, S1, S2 for suspects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dapipeline.report.timeline.incidents import Incident, Person
from dapipeline.report.words import several

KINDS = ("intimate", "family", "neither")


@dataclass(frozen=True)
class Known:
    """A person whom the one shown met in domestic abuse, over all incidents.

    Attributes
    ----------
    label : str
    kind : str
        intimate if ever recorded as a partner or ex-partner, else family, else neither; empty if never recorded.
    relation : str
        In the order of the records: partner, later ex-partner.
    about : str
        Sex and ages.
    harmed, accused : int
        DA incidents in which they are a victim of the person shown, and in which they are a suspect against them.
    """

    label: str
    kind: str
    relation: str
    about: str
    harmed: int
    accused: int

    @property
    def part(self) -> str:
        """What they are in how many incidents: victim in 5, suspect in 4."""
        parts = [("victim", self.harmed), ("suspect", self.accused)]
        return ", ".join(f"{word} in {number}" for word, number in parts if number)


def known_people(incidents: Sequence[Incident]) -> list[Known]:
    """Return the identified people of a person's domestic abuse, victims first, by number.

    Parameters
    ----------
    incidents : sequence of Incident

    Returns
    -------
    list of Known
    """
    met: dict[str, list[tuple[Incident, Person]]] = {}
    for incident in incidents:
        for person in incident.people:
            if incident.da and person.label:
                met.setdefault(person.label, []).append((incident, person))
    order = sorted(met, key=lambda label: (label[0] != "V", int(label[1:])))
    return [_known(label, met[label]) for label in order]


def _known(label: str, met: list[tuple[Incident, Person]]) -> Known:
    people = [person for _, person in met]
    kinds = {person.kind for person in people}
    relations = list(dict.fromkeys(person.relation for person in people if person.relation))
    return Known(
        label=label,
        kind=next((kind for kind in KINDS if kind in kinds), ""),
        relation=", later ".join(relations[:2]) + (" and others" if len(relations) > 2 else ""),
        about=f"{next((p.sex for p in people if p.sex), '')} {span_of([p.age for p in people])}".strip(),
        harmed=sum(incident.suspect for incident, _ in met),
        accused=sum(not incident.suspect for incident, _ in met),
    )


def span_of(ages: list[str]) -> str:
    """Write the first and last of ages: 31, or 31 to 33; empty if none is recorded.

    Parameters
    ----------
    ages : list of str
        In order of time.

    Returns
    -------
    str
    """
    known = [age for age in ages if age]
    if not known:
        return ""
    return known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"


def kinds_of(people: Sequence[Known]) -> list[str]:
    """Count people by what they are to the person shown.

    Parameters
    ----------
    people : sequence of Known

    Returns
    -------
    list of str
        Such as 2 partners or ex-partners, 1 relative.
    """
    words = {
        "intimate": ("partner or ex-partner", "partners or ex-partners"),
        "family": ("relative", "relatives"),
        "neither": ("other person", "other people"),
        "": ("whose relation is not recorded", "whose relation is not recorded"),
    }
    counts = {kind: sum(person.kind == kind for person in people) for kind in words}
    return [several(counts[kind], *words[kind]) for kind in words if counts[kind]]
