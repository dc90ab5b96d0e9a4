"""The annex to a data protection impact assessment: the steps of the ICO's template, for law enforcement processing."""

from __future__ import annotations

from dapipeline.report.records.dpia_part_3 import principles, rights
from dapipeline.report.records.dpia_risks import risks
from dapipeline.report.records.facts import Facts
from dapipeline.report.records.record import Blank, Points, Record, Section, field, section
from dapipeline.report.records.standing import LOCAL, SUSPECTS, WHAT_IT_IS, WHAT_IT_IS_NOT

SOURCE = (
    "Information Commissioner's Office, sample DPIA template (20180209), in its order of steps; Data Protection Act "
    "2018 (DPA), Part 3. Section numbers are those of the Act as passed; the Data (Use and Access) Act 2025 amends "
    "some of them, sections 49, 50 and 62 among them, so that the text in force has to be looked at"
)
ABOUT = (
    "For the controller who makes the assessment, and the data protection officer who advises. It has what the program "
    "knows: the processing, its risks, what is done about each, and what was measured in this run. It is an annex and "
    "no assessment: necessity, proportionality, levels of risk and decisions are the force's."
)


def dpia_annex(facts: Facts) -> Record:
    """Fill in the annex to the force's data protection impact assessment.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Record
    """
    first = (_controller, _need, _nature, _scope, _context, _purposes, _consultation, _necessity, principles, rights)
    parts = (*(part(facts) for part in first), *risks(facts), _sign_off(facts))
    return Record("dpia_annex", "Annex to the data protection impact assessment", ABOUT, SOURCE, parts)


def _controller(f: Facts) -> Section:
    return section(
        "Submitting controller details",
        field("", "Name of controller", Blank("the chief officer of the force, as a rule")),
        field("", "Subject/title of DPIA", f"Typologies of recorded domestic abuse perpetrators: run “{f.name}”, made "
              f"on {f.made} with dapipeline {f.version}.", Blank("the force's reference")),
        field("", "Name of controller contact/DPO", Blank("the data protection officer"),
              f"Contact named in the config: {f.contact}." if f.contact else ""),
    )  # fmt: skip


def _need(f: Facts) -> Section:
    return section(
        "Step 1: Identify the need for a DPIA",
        field("1.1", "What the project aims to achieve, and what type of processing it "
              "involves", WHAT_IT_IS, WHAT_IT_IS_NOT),
        field(
            "1.2",
            "Why the need for a DPIA was identified",
            "Section 64 DPA asks for one where processing is likely to result in a high risk to people's rights and "
            "freedoms. What speaks for it here:",
            Points((
                "records of allegations of crime against identifiable people, and of their victims;",
                "people are sorted into groups by their records (profiling in the sense of section 33(4));",
                "matching of records over years, and use of them for another purpose than each was made for;",
                "those concerned do not know of it and cannot object to it;",
                "a new use of technology;",
                f"large scale: {f.cohort}.",
            )),
            Blank("the force's own screening, and its result"),
        ),
    )  # fmt: skip


def _nature(f: Facts) -> Section:
    return section(
        "Step 2: Describe the processing (nature)",
        field("2.1", "How will you collect, use, store and delete data?",
              "Collected: an extract of the force's recorded incidents, drawn by the force. Used: rows are checked, "
              "faulty ones set aside; incidents, offenders and features are derived; people are clustered; figures "
              "are printed. Stored: in one folder per run, files readable by their owner alone; extract, kept rows, "
              "quarantined rows and every table with a row per person stay there. Deleted: by deleting the folder; "
              "the program deletes nothing by itself, but “dapipeline erase” takes people out of a finished run, and a "
              "later run into the same folder replaces all of it except the log of questions about people.",
              f.ids,
              f"This run: {f.rows}; {f.blanked}.", Blank("place, access rights, backups and deletion of extract and "
                    "outputs")),
        field("2.2", "What is the source of the data?", "Files of the force: the extract, and tables it supplied. "
              f"Columns: {f.columns}.",
              f.files, Blank("the systems they were drawn from")),
        field("2.3", "Will you be sharing data with anyone?", f"The program does not. {LOCAL} {f.sharing}",
              Blank("with whom report or records are shared, on what basis")),
        field("2.4", "What types of processing identified as likely high risk are involved?", "Profiling of people by "
              "their recorded history, at large scale, of data on allegations of crime and of vulnerable people.",
              "The program makes no automated decision.", Blank("confirmation that nothing follows for anybody from a "
                    "group")),
    )  # fmt: skip


def _scope(f: Facts) -> Section:
    return section(
        "Step 2: Describe the processing (scope)",
        field("2.5", "What is the nature of the data, and does it include special category or criminal offence data?",
              "Data on allegations of crime, of suspects and victims. Columns that are sensitive in "
              "themselves:" if f.people_columns
              else "Data on allegations of crime, of suspects and victims.", Points(f.people_columns),
              "Ethnicity, where the extract has it, and sexual offences and relationships as far as they tell of sex "
              "life, sexual orientation or health, are sensitive processing in the sense of section 35(8)."),
        field("2.6", "How much data will you be collecting and using? How often?", f"{f.rows}. {f.features}. {f.off}.",
              Blank("how often it is run")),
        field("2.7", "How long will you keep it?", f.review, Blank("how long extract, outputs and copies are kept, and "
              "who deletes them")),
        field("2.8", "How many individuals are affected?", f"{f.cohort}; {f.victims}."),
        field("2.9", "What geographical area does it cover?", Blank("the force's area, or part of it"),
              f"Time: {f.window}."),
    )  # fmt: skip


def _context(f: Facts) -> Section:
    return section(
        "Step 2: Describe the processing (context)",
        field("2.10", "What is the nature of your relationship with the individuals?", SUSPECTS),
        field("2.11", "How much control will they have? Would they expect you to use their data in this way?", "None "
              "over a run. That police analyse their own records to understand offending may be expected; that "
              "records are sorted into named types may not.", Blank("what the privacy notice says of it")),
        field("2.12", "Do they include children or other vulnerable groups?", "As recorded: victims of any age, "
              "suspects under 18 where the force names them, and people who are both victim and suspect.",
              Blank("safeguards the force takes for them")),
        field("2.13", "Are there prior concerns over this type of processing or security flaws?", "Public concern "
              "about predictive policing and profiling. It is met here by having no score and no prediction, and by "
              "leaving sex and ethnicity out of clusters and names.", Blank("concerns raised with the force")),
        field("2.14", "Is it novel in any way? What is the current state of technology in this area?", "The methods "
              "are textbook statistics. Names come from: "
              f"{f.definitions or 'no definitions, clusters stay numbered'}."),
        field("2.15", "Are you signed up to any approved code of conduct or certification scheme?", Blank("codes, "
              "such as the Covenant for Using AI in Policing, and the APP on Data Ethics")),
    )  # fmt: skip


def _purposes(f: Facts) -> Section:
    return section(
        "Step 2: Describe the processing (purposes)",
        field("2.16", "What do you want to achieve? What is the intended effect on individuals?", "Knowledge of "
              "patterns, their number and their harm. The program is not made to have an effect on any "
              "individual.", Blank("the force's purpose, specified and explicit (section 36), and what is meant to "
                    "follow from it for suspects and victims")),
        field("2.17", "What are the benefits of the processing, for you, and more broadly?", Blank("benefits, for "
              "victims first, and how they would be seen")),
    )  # fmt: skip


def _consultation(f: Facts) -> Section:
    return section(
        "Step 3: Consultation process",
        field("3.1", "Describe when and how you will seek individuals' views, or justify why it is not appropriate to "
              "do so",
              Blank("victims' and survivors' organisations, communities that are over-represented, staff")),
        field("3.2", "Who else do you need to involve within your organisation?", Blank("information security, legal, "
              "ethics committee, domestic abuse lead, analysts")),
        field("3.3", "Do you need to ask your processors to assist? Do you plan to consult experts?", "The program "
              "needs no processor.",
              Blank("processors that host the data, if any (section 59)")),
    )  # fmt: skip


def _necessity(f: Facts) -> Section:
    return section(
        "Step 4: Assess necessity and proportionality",
        field("4.1", "What is your lawful basis for processing?", "Whether this is processing for a law enforcement "
              "purpose (section 31; then Part 3 DPA holds) or for research and planning alone (then the UK GDPR does) "
              "is for the force to decide. What follows is laid out for Part 3.", Blank("the law that the force "
                    "relies on, and why")),
        field("4.2", "Does the processing actually achieve your purpose? Is there another way to achieve the same "
              "outcome?",
              f"What can be said of this result: {f.stability} {f.firm}", f.typologies,
              Blank("why aggregate statistics without "
                    "grouping people would not do")),
        field("4.3", "How will you prevent function creep?", WHAT_IT_IS_NOT, "Tables with a row per person are named "
              "as such in the program's list of outputs and are not part of the report. “dapipeline assign” places "
              "people of a later extract into the groups of an earlier run: it keeps a typology up to date, and is the "
              "likeliest place for use against single people to begin.", Blank("rules, training and "
                    "checks in the force")),
        field("4.4", "How will you ensure data quality and data minimisation?", f"{f.rows}; {f.blanked}. The program "
              "uses no other column than those listed under 2.2; none of them is for names, addresses or free text. "
              "Rows that are set aside are kept whole so that they can be mended, with whatever their other columns "
              "hold, unless ids are pseudonyms.",
              "What is likely wrong though no rule was broken:" if f.warnings.items else "No warning was "
                    "raised.", f.warnings,
              Blank("columns the force could leave out of the extract, and why it does not")),
        field("4.5", "What information will you give individuals? How will you help to support their "
              "rights?", Blank("privacy "
              "notice, and who answers requests; see the rights below")),
        field("4.6", "What measures do you take to ensure processors comply? How do you safeguard any international "
              "transfers?",
              "None take place in the program.", Blank("for hosting, if any")),
    )  # fmt: skip


def _sign_off(f: Facts) -> Section:
    people = Blank("name, position, date")
    return section(
        "Step 7: Sign off and record outcomes",
        field("7.1", "Measures approved by", people, asks="Integrate actions back into project plan, with date and "
              "responsibility for completion"),
        field("7.2", "Residual risks approved by", people, asks="If accepting any residual high risk, consult the ICO "
              "before going ahead"),
        field("7.3", "DPO advice provided", people, asks="DPO should advise on compliance, step 6 measures and "
              "whether processing can proceed"),
        field("7.4", "Summary of DPO advice", Blank("advice")),
        field("7.5", "DPO advice accepted or overruled by", people, asks="If overruled, you must explain your reasons"),
        field("7.6", "Comments", Blank("reasons, if overruled")),
        field("7.7", "Consultation responses reviewed by", people, asks="If your decision departs from individuals' "
              "views, you must explain your reasons"),
        field("7.8", "Comments", Blank("reasons, if departed from")),
        field("7.9", "This DPIA will be kept under review by", people, f.review, asks="The DPO should also review "
              "ongoing compliance with DPIA"),
    )  # fmt: skip
