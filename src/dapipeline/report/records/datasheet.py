"""The datasheet of the extract: the questions of Gebru et al. 2021."""

from __future__ import annotations

from dapipeline.report.records.facts import Facts
from dapipeline.report.records.record import Blank, Points, Record, Section, field, section
from dapipeline.report.records.standing import GATE, POLICE_DATA, SUSPECTS, WHAT_IT_IS_NOT

SOURCE = (
    "Gebru, Morgenstern, Vecchione, Vaughan, Wallach, Daumé III and Crawford 2021, “Datasheets for datasets”, "
    "Communications of the ACM 64 (12), pages 86 to 92, section 3"
)
ABOUT = "What the extract of this run is, how it came about, what was done to it, and what it should not be used for."
FORCE = "The force's records department knows this."


def datasheet(facts: Facts) -> Record:
    """Fill in the datasheet of a run's extract.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Record
    """
    parts = (_motivation, _composition, _people, _collection, _preprocessing, _uses, _distribution, _maintenance)
    return Record("datasheet", "Datasheet of the extract", ABOUT, SOURCE, tuple(part(facts) for part in parts))


def _motivation(f: Facts) -> Section:
    return section(
        "Motivation",
        field("1", "For what purpose was the dataset created?", "Its records were made for policing: recording "
              "incidents and crimes. The extract was drawn to describe domestic abuse perpetration as recorded.",
              Blank("the purpose for which this extract was drawn, as approved")),
        field("2", "Who created the dataset and on behalf of which entity?", Blank("who drew the extract, for which "
              "force")),
        field("3", "Who funded the creation of the dataset?", Blank("who paid for the extract and for the systems "
              "behind it")),
        field("4", "Any other comments?", f"This sheet is about the extract of the run “{f.name}”, made on {f.made}."),
    )  # fmt: skip


def _composition(f: Facts) -> Section:
    return section(
        "Composition",
        field("5", "What do the instances that comprise the dataset represent?", "One row is one suspect and one "
              "victim in one recorded offence or non-crime incident. Rows are put together to incidents, and these to "
              "people."),
        field("6", "How many instances are there in total?", f"{f.rows}. {f.cohort}; {f.victims}."),
        field("7", "Does the dataset contain all possible instances or is it a sample of instances from a larger set?",
              f"Of what the force recorded, this run used {f.window}. {POLICE_DATA}",
              Blank("whether anything was left out when the extract was drawn: restricted records, deleted ones, "
                    "other systems")),
        field("8", "What data does each instance consist of?", f"The columns {f.columns}; their meanings are those of "
              "the program's docs/data_dictionary.md."),
        field("9", "Is there a label or target associated with each instance?", "No. Typologies are made by the run, "
              "by cluster."),
        field("10", "Is any information missing from individual instances?", f"{f.blanked}. {f.off}.", f.gaps),
        field("11", "Are relationships between individual instances made explicit?", "By ids of incidents and people, "
              "as far as the extract has them: who was suspect and victim in the same incident."),
        field("12", "Are there recommended data splits?", "No; nothing is predicted."),
        field("13", "Are there any errors, sources of noise, or redundancies in the dataset?", f"{f.rows}; "
              f"{f.blanked}.",
              "What is likely wrong though no rule was broken:" if f.warnings.items else "No warning was "
                    "raised.", f.warnings),
        field("14", "Is the dataset self-contained, or does it link to or otherwise rely on external resources?",
              f"The severity of offences comes from: {f.severity}.", f.files),
        field("15", "Does the dataset contain data that might be considered confidential?", "Yes, all of it: police "
              "records of identifiable people.", Blank("protective marking and handling; this run's marking "
                    "is " + (f.marking or "not "
                    "set"))),
        field("16", "Does the dataset contain data that, if viewed directly, might be offensive, insulting, "
              "threatening, or might otherwise cause anxiety?", "Yes: titles of offences, sexual offences and "
                    "offences against children among them. It has no free text that the program reads."),
    )  # fmt: skip


def _people(f: Facts) -> Section:
    return section(
        "Composition: people",
        field("17", "Does the dataset identify any subpopulations?", "By the characteristics it records. How they are "
              "spread over typologies, as far as it may be printed:", f.equality,
              *([f.differing] if f.differing else [])),
        field("18", "Is it possible to identify individuals, either directly or indirectly, from the dataset?", "Yes: "
              "by id within the force, and by the combination of times, places and ages for anybody who knows the "
              "case.",
              GATE.format(limit=f.limit)),
        field("19", "Does the dataset contain data that might be considered sensitive in any way?", "Yes: allegations "
              "of crime, and",
              Points(f.people_columns or ("no column of those that are sensitive in themselves",))),
        field("20", "Any other comments?", SUSPECTS),
    )  # fmt: skip


def _collection(f: Facts) -> Section:
    return section(
        "Collection process",
        field("21", "How was the data associated with each instance acquired?", "Reported by victims, witnesses and "
              "officers, and recorded by police; grades, flags and relationships are officers' and recorders' "
              "judgements."),
        field("22", "What mechanisms or procedures were used to collect the data?", Blank("the recording systems, and "
              "changes of system within the window"), "Recording follows the Home Office Counting Rules and the "
                    "National Standard for Incident Recording."),
        field("23", "If the dataset is a sample from a larger set, what was the sampling strategy?", "No sample was "
              "drawn by the program.", Blank("how the extract was drawn, if not whole")),
        field("24", "Who was involved in the data collection process and how were they compensated?", "Officers and "
              "staff, in the course of their duty.", Blank("contractors, if any")),
        field("25", "Over what timeframe was the data collected?", f"Used: {f.window}."),
        field("26", "Were any ethical review processes conducted?", Blank("ethics committee, date and outcome")),
        field("27", "Did you collect the data from the individuals in question directly, or obtain it via third "
              "parties or other sources?", "From police records; much of it was told by others than the person "
                    "concerned."),
        field("28", "Were the individuals in question notified about the data collection?", Blank("the force's "
              "privacy notice, and whether it names analysis of this kind")),
        field("29", "Did the individuals in question consent to the collection and use of their data?", "No: police "
              "records are not kept by consent."),
        field("30", "If consent was obtained, were the consenting individuals provided with a mechanism to revoke "
              "their consent in the future or for certain uses?", "Does not arise."),
        field("31", "Has an analysis of the potential impact of the dataset and its use on data subjects been "
              "conducted?",
              "An annex for the force's data protection impact assessment is made with this run.", Blank("the "
                    "assessment itself")),
        field("32", "Any other comments?", Blank("anything else about how these records came about")),
    )  # fmt: skip


def _preprocessing(f: Facts) -> Section:
    return section(
        "Preprocessing, cleaning, labelling",
        field("33", "Was any preprocessing/cleaning/labeling of the data done?", f"{f.rows}; {f.blanked}. Every rule, "
              "and how many rows it took, stands in the report.", f"{f.features}. {f.off}."),
        field("34", "Was the “raw” data saved in addition to the preprocessed/cleaned/labeled data?", "The extract "
              "stays as it is. Kept rows and quarantined ones are copied into the folder of the run, readable by its "
              "owner alone.",
              Blank("where the extract itself is kept, and until when")),
        field("35", "Is the software that was used to preprocess/clean/label the data available?", "Yes: dapipeline "
              f"{f.version}, under the MIT licence."),
        field("36", "Any other comments?", f"SHA-256 of the settings of the run: {f.settings_sha256}."),
    )  # fmt: skip


def _uses(f: Facts) -> Section:
    return section(
        "Uses",
        field("37", "Has the dataset been used for any tasks already?", "For this run.", Blank("other uses of the "
              "same extract")),
        field("38", "Is there a repository that links to any or all papers or systems that use the "
              "dataset?", Blank("if "
              "there is one")),
        field("39", "What (other) tasks could the dataset be used for?", "Figures for inspectors, boards and "
              "boroughs, which the run counts too (scrutiny)."),
        field("40", "Is there anything about the composition of the dataset or the way it was collected and "
              "preprocessed/cleaned/labeled that might impact future uses?", POLICE_DATA,
              "Changes of recording within the window look like changes of behaviour."),
        field("41", "Are there tasks for which the dataset should not be used?", WHAT_IT_IS_NOT),
        field("42", "Any other comments?", "None from the run."),
    )  # fmt: skip


def _distribution(f: Facts) -> Section:
    return section(
        "Distribution",
        field("43", "Will the dataset be distributed to third parties outside of the entity on behalf of which the "
              "dataset was created?", "The program sends it nowhere.", Blank("whether the force gives it to anybody, "
                    "on what basis")),
        field("44", "How will the dataset be distributed?", Blank("by what secure way, if at all")),
        field("45", "When will the dataset be distributed?", Blank("when, if at all")),
        field("46", "Will the dataset be distributed under a copyright or other intellectual property (IP) license, "
              "and/or under applicable terms of use (ToU)?", Blank("terms, if it is shared")),
        field("47", "Have any third parties imposed IP-based or other restrictions on the data associated with the "
              "instances?",
              Blank("court orders, agreements with partners, reporting restrictions")),
        field("48", "Do any export controls or other regulatory restrictions apply to the dataset or to individual "
              "instances?",
              "The Data Protection Act 2018 does, Part 3 where the purpose is law enforcement. Victims of sexual "
              "offences have lifelong anonymity in publications (Sexual Offences (Amendment) Act 1992)."),
        field("49", "Any other comments?", "None from the run."),
    )  # fmt: skip


def _maintenance(f: Facts) -> Section:
    return section(
        "Maintenance",
        field("50", "Who will be supporting/hosting/maintaining the dataset?", Blank("owner of the extract in the "
              "force")),
        field("51", "How can the owner/curator/manager of the dataset be contacted?", f.contact or Blank("a team or a "
              "mailbox")),
        field("52", "Is there an erratum?", Blank("known faults that were found after the extract was drawn")),
        field("53", "Will the dataset be updated?", Blank("whether and when a new extract is drawn"), "A corrected "
              "extract is run anew; the outputs of the earlier run are replaced whole."),
        field("54", "If the dataset relates to people, are there applicable limits on the retention of the data "
              "associated with the instances?", f.review, Blank("retention under the force's policy and the College "
                    "of Policing's guidance (MoPI)")),
        field("55", "Will older versions of the dataset continue to be supported/hosted/maintained?", Blank("what "
              "becomes of earlier extracts")),
        field("56", "If others want to extend/augment/build on/contribute to the dataset, is there a mechanism for "
              "them to do so?",
              "No."),
        field("57", "Any other comments?", "None from the run."),
    )  # fmt: skip
