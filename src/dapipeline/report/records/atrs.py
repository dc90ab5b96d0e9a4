"""The Algorithmic Transparency Recording Standard: the fields of version 4.0 in order (docs/decisions/records.md)."""

from __future__ import annotations

from dapipeline.report.records.atrs_specification import data, model, tool
from dapipeline.report.records.facts import Facts
from dapipeline.report.records.record import Blank, Points, Record, Section, field, section
from dapipeline.report.records.standing import (
    EQUALITY_CAVEAT,
    LOCAL,
    NOT_CLUSTERED,
    SUSPECTS,
    WHAT_IT_IS,
    WHAT_IT_IS_NOT,
)

VERSION = "4.0"
SOURCE = (
    f"Algorithmic Transparency Recording Standard, template v{VERSION} (Department for Science, Innovation and "
    "Technology, May 2025). GOV.UK prints the numbers of tier 2 without their first figure: 2.1.4 as 1.4"
)
ABOUT = (
    "A draft of the force's record of this algorithmic tool. Police forces need not publish one (the standard is "
    "mandatory for central government), and may. Whoever publishes it takes out what must not be public, and answers "
    "for the whole, and first compares names and order of the fields with the template on GOV.UK: half of them could "
    "not be compared with it."
)


def atrs(facts: Facts) -> Record:
    """Fill in the record of the Algorithmic Transparency Recording Standard.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Record
    """
    parts = (_title, _metadata, _tier_1, _owner, _rationale, _deployment, tool, model, *data, _risks)
    return Record("atrs", "Algorithmic transparency record (ATRS)", ABOUT, SOURCE, tuple(part(facts) for part in parts))


def _title(f: Facts) -> Section:
    return section(
        "Title",
        field("0.1", "Title", f"dapipeline: typologies of recorded domestic abuse perpetrators ({f.name})"),
        field("0.2", "Organisation name", Blank("the force's full name")),
        field("0.3", "Phase", Blank("idea, design, development, beta or pilot, production, or retired")),
        field("0.4", "Region", Blank("the area the force polices")),
        field(
            "0.5",
            "One sentence description",
            "Sorts recorded histories of people named as suspects of domestic abuse into groups of similar histories "
            "and describes each group; it scores nobody and decides nothing about a person.",
        ),
    )


def _metadata(f: Facts) -> Section:
    """Lay out what GOV.UK files records by; the numbers are those of v3.0, which the later template does not keep."""
    return section(
        "Metadata",
        field("", "Standard version", VERSION),
        field("", "Organisation type", Blank("police force")),
        field("", "Function", Blank("from the list of the standard; policing")),
        field("", "Capability", Blank("from the list of the standard")),
        field("", "Task", Blank("from the list of the standard")),
        field("", "Tags", Blank("words by which the record is to be found")),
        field("", "Date of completion", Blank("when the force finished this record"), f"The run was made on {f.made}."),
        field("", "Date updated", Blank("when it was changed")),
        field("", "Date archived", Blank("when it was taken down")),
    )


def _tier_1(f: Facts) -> Section:
    return section(
        "Tier 1: overview",
        field("1.1", "Name", "dapipeline"),
        field(
            "1.2",
            "Description",
            WHAT_IT_IS,
            WHAT_IT_IS_NOT,
            "It is used so that the force knows which patterns of abuse it records, how many people show each, and "
            "which go with most harm.",
            Blank("what the force uses it for, in a sentence or two"),
        ),
        field("1.3", "Website URL", Blank("a page about the tool, if there is one")),
        field("1.4", "Contact email", f.contact or Blank("a team's mailbox, not a person's")),
    )


def _owner(f: Facts) -> Section:
    return section(
        "Tier 2: owner and responsibility",
        field("2.1.1", "Organisation or department", Blank("the body responsible for its use")),
        field("2.1.2", "Team", Blank("the team responsible for its use")),
        field("2.1.3", "Senior responsible owner", Blank("the role, rather than a name")),
        field("2.1.4", "Third party involvement", Blank("yes or no: does anybody outside the force run, adapt or host "
              "it?"), LOCAL),
        field("2.1.4.1", "Third party", Blank("who, if anybody")),
        field("2.1.4.2", "Companies House Number", Blank("of each, if any")),
        field("2.1.4.3", "Third party role", Blank("what each did or does")),
        field("2.1.4.4", "Procurement procedure type", Blank("how they were contracted, if at all"),
              "The program itself is free software under the MIT licence."),
        field("2.1.4.5", "Third party data access terms", Blank("which data they may see, and on what terms"),
              "The program gives nobody access to data."),
    )  # fmt: skip


def _rationale(f: Facts) -> Section:
    return section(
        "Tier 2: description and rationale",
        field(
            "2.2.1",
            "Detailed description",
            f"Window: {f.window}. {f.cohort}.",
            f"{f.features}. {f.training} {f.weight}",
            f"{f.clusters}. Definitions: {f.definitions or 'none, clusters stay numbered'}. {f.stability}",
            f"{NOT_CLUSTERED} {SUSPECTS}",
        ),
        field(
            "2.2.2",
            "Benefits",
            "One command gives the same answer every time from the same rows, every number can be traced to the rows "
            "behind it, and forces and years can be described alike.",
            Blank("what the force expects to do better with it, and how that would be seen"),
        ),
        field("2.2.3", "Previous process", Blank("how the force looked at perpetration before, if it did")),
        field(
            "2.2.4",
            "Alternatives considered",
            "In the program: other solvers, numbers of clusters, weights and scalings were measured on made-up forces "
            "(docs/calibration.md, docs/decisions/). Predictive models of a person were not considered: it is not for "
            "that.",
            Blank("what else the force considered, doing nothing among it"),
        ),
    )


def _deployment(f: Facts) -> Section:
    return section(
        "Tier 2: deployment context",
        field(
            "2.3.1",
            "Integration into broader operational process",
            "The program ends in a report and tables. It writes into no other system, and no decision about a person "
            "is built on it.",
            Blank("which strategy, profile or board the report goes to, and what it may and may not change there"),
        ),
        field(
            "2.3.2",
            "Human review",
            "Names can be overridden by an analyst, and the page says where one was. The page shows what does not fit "
            "a name, how firm each typology is, and what looks wrong with the extract.",
            Blank("who reads the result critically before it is used, and how disagreement is recorded"),
        ),
        field(
            "2.3.3",
            "Frequency and scale of usage",
            f"This run: {f.rows}; {f.cohort}.",
            Blank("how often it is run, for whom"),
        ),
        field(
            "2.3.4",
            "Required training",
            Blank("what analysts and readers must know first; the report's glossary and method may serve"),
        ),
        field(
            "2.3.5",
            "Appeals and review",
            "No decision about a person is made, so there is none to appeal. “dapipeline explain” says, for audit and "
            "complaints, why one record was sorted where it was, and logs that it was asked.",
            Blank("how a person can ask the force about their data, and complain"),
        ),
    )


def _risks(f: Facts) -> Section:
    return section(
        "Tier 2: risks, mitigations and impact assessments",
        field(
            "2.5.1",
            "Impact assessments",
            "This run has an annex to the force's data protection impact assessment, beside this record.",
            Blank("title, date, findings and place of the force's own assessments: data protection, equality, and "
                  "others"),
        ),
        field(
            "2.5.2",
            "Risks and mitigations",
            Points((
                "Recognition of a person from a record that is shown: no id, name or day of an offence is printed; "
                f"the report stays inside the force; counts of people below {f.limit} are withheld.",
                "Recording bias taken for offending: sex and ethnicity form no cluster and no name; the equality "
                "audit and the stand-ins are printed with every report.",
                "Use as a score of a person: there is no score; every page says what it must not be used for.",
                "Groups that are not there: every typology says how firm it is; what is not firm is called so.",
                "Wrong data: faulty rows are quarantined and counted, and what looks wrong is listed first.",
            )),
            EQUALITY_CAVEAT,
            f.equality,
            Blank("the force's own assessment of each, and what it does beside"),
        ),
    )  # fmt: skip
