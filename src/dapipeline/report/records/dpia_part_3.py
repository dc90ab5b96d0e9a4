"""Part 3 of the Data Protection Act 2018 in the annex: its principles, rights, obligations, and what a breach asks."""

from __future__ import annotations

from dapipeline.report.records.facts import Facts
from dapipeline.report.records.record import Blank, Section, field, section
from dapipeline.report.records.standing import EQUALITY_CAVEAT, GATE, LOCAL, NOT_CLUSTERED


def principles(f: Facts) -> Section:
    """Return the fields of the principles, sections 35 to 42.

    Parameters
    ----------
    f : Facts

    Returns
    -------
    Section
    """
    return section(
        "Step 4: The principles of Part 3 (sections 35 to 42)",
        field("s.35", "First principle: lawful and fair", "Fairness, as far as it can be "
              "measured:", EQUALITY_CAVEAT, f.equality,
              *([f.differing] if f.differing else []), f.gaps, Blank("lawfulness: based on law, and necessary for a "
                    "task carried out for that purpose by a competent authority (section 35(2)(b))")),
        field("s.35(8) and Schedule 8", "Sensitive processing", f"{NOT_CLUSTERED} Ethnicity is used for that audit "
              "and for figures by group (scrutiny) alone; it can be left out of the extract, and both then say that it "
              "is missing.",
              Blank("strict necessity (section 35(5)(a)) and the condition of Schedule 8 that is met: paragraph 1, "
                    "statutory purposes; 4, safeguarding of children and individuals at risk; or 9, archiving, "
                    "research and statistics")),
        field("s.36", "Second principle: specified, explicit and legitimate purposes", Blank("the purpose, and that "
              "it is not incompatible with that of recording")),
        field("s.37", "Third principle: adequate, relevant and not excessive", f"{f.features}: the list stands in the "
              "model card.",
              Blank("whether all of it is needed")),
        field("s.38", "Fourth principle: accurate; facts apart from assessments; categories of people apart", "Faulty "
              "rows and values are set aside and counted. Grades, flags and typologies are assessments and are called "
              "so. Suspects and victims are told apart, and those who are both are counted; suspects are never called "
              "convicted, because the extract does not know.",
              Blank("how errors found here get back into the records (section 46)")),
        field("s.39", "Fifth principle: kept no longer than necessary; periodic review", f.review,
              Blank("periods of retention, and of review")),
        field("s.40", "Sixth principle: security", "Files readable by their owner alone; written whole or not at all, "
              "with a hash of each in the manifest; no network; no code in data is run (formulas in tables are "
              "neutralised, settings are read as data); the report loads nothing and holds no "
              "id.", Blank("disk encryption, access control, backups, transport")),
        field("s.41", "Safeguards: archiving, research and statistics", "No measure or decision about a particular "
              "person is taken from the output, and the report says so.", Blank("if relied on: that no substantial "
                    "damage or distress is likely")),
        field("s.42", "Safeguards: sensitive processing", Blank("the appropriate policy document: how the principles "
              "are complied with, retention and erasure; where it is kept and when it was last reviewed")),
    )  # fmt: skip


def rights(f: Facts) -> Section:
    """Return the fields of rights, of the controller's obligations and of breaches, sections 44 to 68.

    Parameters
    ----------
    f : Facts

    Returns
    -------
    Section
    """
    return section(
        "Step 4: Rights, obligations of the controller, and breaches (sections 44 to 68)",
        field("s.44 to 46", "Information, access, rectification", "“dapipeline explain” finds what the run holds on "
              "one person as a suspect: cluster, features, and why. As a victim they stand in the rows of incidents "
              "alone (work/victims.parquet and the kept rows), found by their id. Rectified records take effect with "
              "the next extract and run.", Blank("procedure and exemptions, and the risk that an answer tells a "
              "suspect what a victim reported")),
        field("s.47", "Erasure or restriction", "“dapipeline erase RUN --ids FILE” removes people from every table of "
              "a run with rows about people, as suspect and as victim, takes its report away, and marks what was "
              "counted with them. Take them out of the extract too, and run again: every output is made anew without "
              "them. Copies of the report, other folders and backups have to be deleted by the force; if the person "
              "was a medoid, their record was shown in the earlier report (docs/retention.md).",
              Blank("procedure, and where copies went")),
        field("s.49 and 50", "Automated decision-making", "No significant decision is taken by the program, solely or "
              "in part: it writes into no other system. If anybody built one on its output, these sections (sections "
              "50A to 50D, as amended) would apply.",
              Blank("confirmation that no such use is made")),
        field("s.56", "General obligations of the controller", "Measures of the program that can be shown: those "
              "of security and of design in the fields of this annex, and its tests, which are published with it.",
              Blank("technical and organisational measures, their review, and who answers for them")),
        field("s.57", "Data protection by design and default", GATE.format(limit=f.limit), f"{LOCAL} Nobody has to "
              "choose any of this, nor that files are readable by their owner alone and that sex and ethnicity stay "
              "out of clusters and names. What has to be chosen: pseudonyms in place of ids.", f.ids),
        field("s.58", "Joint controllers", Blank("whether the force decides on purposes and means together with "
              "others, such as a partnership or a shared service, and the arrangement with them")),
        field("s.61", "Records of processing activities", Blank("entry in the force's record")),
        field("s.62", "Logging", "Logged by the program: each question about a person (“explain”), with time, user of "
              "the operating system and a keyed hash of the person, in the folder of the run; and of each run its "
              "settings, inputs and outputs, with their hashes, and each erasure, with its day, how many people and "
              "which tables (run.json). Not logged by it: who opens, copies or "
              "deletes files.", Blank("logs of collection, alteration, consultation, "
                    "disclosure, combination and erasure in the systems around it")),
        field("s.64", "Data protection impact assessment", "It is due before the processing (section 64(1)). A run on "
              "the invented force that comes with the program gives this annex without any real data; that of the real "
              "run brings it up to date."),
        field("s.65", "Prior consultation with the Commissioner", "Section 65(2) asks for it where "
              "the assessment shows a high risk in the absence of measures to mitigate it.", Blank("whether the force "
                    "has to consult, and the outcome")),
        field("s.66", "Security of processing", "As in the sixth principle. A run that is killed at any moment leaves "
              "its outputs as they were, or as they are to be.", Blank("who may run it, on which machine, and the "
              "assessment of its security")),
        field("s.67 and 68", "Breach: telling the Commissioner within 72 hours, and the people concerned", "What to "
              "look at first: run.json names every file of a run with its hash, and the list of outputs in the "
              "documentation says which have a row per person. In them are ids, histories and typologies of "
              f"suspects, and ids of victims. {f.ids}", Blank("who reports a breach, to whom, and how victims would be "
              "told safely")),
    )  # fmt: skip
