"""The risks that the program knows of itself: what could happen, what it does, what a run shows, what remains."""

from __future__ import annotations

from dataclasses import dataclass

from dapipeline.report.records.facts import Facts
from dapipeline.report.records.record import Blank, Field, Part, Section, field, section
from dapipeline.report.records.standing import GATE, NOT_CLUSTERED, POLICE_DATA, WHAT_IT_IS_NOT


@dataclass(frozen=True)
class Risk:
    """One risk.

    Attributes
    ----------
    name : str
    harm : str
        Its source, and what it could do to people.
    done : str
        What the program does about it.
    remains : str
        What only the force can do.
    measured : tuple of str, Points or Table
        What this run shows of it; empty where nothing was measured.
    """

    name: str
    harm: str
    done: str
    remains: str
    measured: tuple[Part, ...] = ()


def known_risks(f: Facts) -> tuple[Risk, ...]:
    """Return the risks, those to single people first.

    Parameters
    ----------
    f : Facts

    Returns
    -------
    tuple of Risk
    """
    return (
        Risk(
            "Recognition from a record that is shown",
            "The report shows the real record of each cluster's medoid, and of some nearer examples. Somebody who "
            "knows the case could recognise suspect or victim from the sequence of offences, ages and relationships, "
            "with harm to a victim's safety. Some of those shown, or their victims, can be children. The limit on "
            "small numbers is no help: it is one person's whole record.",
            "No name, id or day is printed, and other people stand there as numbers. The page says that it is for "
            "readers inside the force and is closed over these records at first.",
            "who may open and forward the report; whether medoids of small clusters are shown to anybody beyond the "
            "analysts",
            (f"{f.shown}.",),
        ),
        Risk(
            "Recognition from small numbers",
            "A count of one or two people by sex, ethnicity, age or area can tell a characteristic of somebody known "
            "to be among them.",
            GATE.format(limit=f.limit) + " What can be worked out by subtraction is measured by linear programmes.",
            "tables under tables/ are not held to it and hold small counts; what is copied from them needs the same "
            "care",
            (f"Limit of this run: {f.limit}.",),
        ),
        Risk(
            "Loss or theft of files with a row per person",
            "Extract, kept rows, features and assignments hold ids of suspects and victims with their histories.",
            "Files are readable by their owner alone, stay in the folder of the run, and are apart from the report. "
            + f.ids,
            "place, encryption, access, backups, and deletion of earlier runs",
        ),
        Risk(
            "Use as a score, or in a decision about a person",
            "tables/assignments.parquet names a typology for each id. Put into a person's file it would be taken for "
            "a finding about them: it is none, and could be wrong.",
            f"{WHAT_IT_IS_NOT} The page, “explain” and these records say so; there is no rank or score of a person in "
            "any output.",
            "who can open that file; rules and training; a check that no operational system holds typologies",
        ),
        Risk(
            "Recording bias taken for offending",
            f"{POLICE_DATA} Groups could be described as offending more where they are only recorded more.",
            f"{NOT_CLUSTERED} How far clustered features stand in for a characteristic is measured and printed.",
            "the public sector equality duty (Equality Act 2010, section 149); reading the audit with those whom it "
            "is about",
            (f.equality, f.gaps, f.stand_ins, f.weight),
        ),
        Risk(
            "Stigma of a name",
            "Names such as those of typologies stick to people and communities, although they describe averages of a "
            "group.",
            "Every name stands with what it is and is not; what contradicts it in the group's own figures is printed "
            "with it; clusters that nothing fits stay without a name; overrides by analysts are marked.",
            "how names are used in speech and in documents",
            (f"Definitions of names: {f.definitions or 'none, clusters stay numbered'}.",),
        ),
        Risk(
            "Groups that are not there",
            "Clusters can come from chance; plans for people who only seem alike would miss them.",
            "Clusters and names are looked for again without part of the people, and every typology says how firm it "
            "is.",
            "not planning on what is not firm",
            (f.stability, f.firm),
        ),
        Risk(
            "Suspects treated as guilty, victims as suspects",
            "A suspect need not have been charged, let alone convicted. Counter-allegations make victims suspects.",
            "The report speaks of suspects, counts those who are recorded as victims too, and shows for medoids both "
            "sides.",
            "whether cases found not to have happened should be in the extract at all",
        ),
        Risk(
            "Wrong or incomplete data",
            "Rows that are wrong, ids that split or merge people, and flags left out change who is in which group.",
            "Rules set faulty rows aside and count them; a balance of all rows is kept; what looks wrong is listed "
            "first.",
            "mending records at their source",
            (f"{f.rows}; {f.blanked}.", f.warnings),
        ),
        Risk(
            "Kept and used too long",
            "Old extracts and typologies outlive their purpose; new people are read in the light of old groups.",
            "The day of production stands on every page; “assign” measures how far a new extract has drifted and "
            "warns.",
            "a date of review and of deletion, and somebody who keeps it",
            (f.review,),
        ),
    )  # fmt: skip


def risks(f: Facts) -> tuple[Section, Section]:
    """Write steps 5 and 6.

    Parameters
    ----------
    f : Facts

    Returns
    -------
    tuple of Section
        The risks, each with blanks for its level; and the measures, each with blanks for what remains.
    """
    known = known_risks(f)
    return (
        section("Step 5: Identify and assess risks", *(_assessed(number, risk) for number, risk in enumerate(known, 1)),
                field(f"5.{len(known) + 1}", "Other risks", Blank("risks of the force's own use that the program "
                      "cannot know"))),
        section("Step 6: Identify measures to reduce risk",
                *(_reduced(number, risk) for number, risk in enumerate(known, 1)),
                field(f"6.{len(known) + 1}", "Measures against other risks", Blank("as in step 5"))),
    )  # fmt: skip


def _assessed(number: int, risk: Risk) -> Field:
    return field(
        f"5.{number}", risk.name, risk.harm, *(("In this run:", *risk.measured) if risk.measured else ()),
        Blank("likelihood of harm (remote, possible or probable), severity of harm (minimal, significant or severe), "
              "and overall risk (low, medium or high)"),
        asks="Describe source of risk and nature of potential impact on individuals",
    )  # fmt: skip


def _reduced(number: int, risk: Risk) -> Field:
    return field(
        f"6.{number}", risk.name, f"The program: {risk.done}", f"The force: {risk.remains}.",
        Blank("what the force does, effect on risk (eliminated, reduced or accepted), residual risk (low, medium or "
              "high), approved (yes or no)"),
        asks="Options to reduce or eliminate risk",
    )  # fmt: skip
