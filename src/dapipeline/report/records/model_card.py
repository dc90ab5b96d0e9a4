"""The model card: the sections of Mitchell et al. 2019."""

from __future__ import annotations

from dapipeline.report.records.facts import Facts
from dapipeline.report.records.record import Blank, Points, Record, Section, field, section
from dapipeline.report.records.standing import (
    EQUALITY_CAVEAT,
    GATE,
    NO_MODEL_OF_A_PERSON,
    NOT_CLUSTERED,
    POLICE_DATA,
    SUSPECTS,
    WHAT_IT_IS_NOT,
)

SOURCE = (
    "Mitchell, Wu, Zaldivar, Barnes, Vasserman, Hutchinson, Spitzer, Raji and Gebru 2019, “Model cards for model "
    "reporting”, Proceedings of FAT* 2019, pages 220 to 229, section 4"
)
ABOUT = (
    "What the clustering of this run is, what it is for and not for, what was measured of it, and for whom it works "
    "less well. For whoever relies on the report or answers for it."
)


def model_card(facts: Facts) -> Record:
    """Fill in the model card of a run.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Record
    """
    parts = (_details, _use, _factors, _metrics, _evaluation, _training, _analyses, _ethics, _caveats)
    return Record("model_card", "Model card", ABOUT, SOURCE, tuple(part(facts) for part in parts))


def _details(f: Facts) -> Section:
    return section(
        "Model details",
        field(
            "",
            "Person or organisation developing the model",
            "The program is dapipeline; the model of this run was fitted by whoever ran it on the force's extract.",
            Blank("the team that ran it and the force it belongs to"),
        ),
        field("", "Model date", f"Run “{f.name}”, made on {f.made}."),
        field(
            "",
            "Model version",
            f"dapipeline {f.version}; SHA-256 of its settings {f.settings_sha256}.",
            f"With {f.versions}.",
        ),
        field(
            "",
            "Model type",
            "Unsupervised clustering (k-medoids on principal components) with rules that name clusters.",
        ),
        field(
            "",
            "Training algorithms, parameters, fairness constraints or other applied approaches, and features",
            f.training,
            f.weight,
            f"{f.features}. {f.off}.",
            Points(f.described),
            f"Fairness constraints: none in the objective. {NOT_CLUSTERED}",
        ),
        field(
            "",
            "Paper or other resource for more information",
            "The program's docs/method.md says what is done and why. Variables, scaling, distance and number of "
            "clusters are choices of the program and of the config, and are not those of any published study.",
            f"Definitions of names in this run: {f.definitions or 'none, clusters stay numbered'}.",
        ),
        field("", "Citation details", Blank("how the force wants its report to be cited, if at all")),
        field(
            "",
            "License",
            "The program is under the MIT licence. The model and its outputs are police data of the force.",
        ),
        field(
            "",
            "Where to send questions or comments about the model",
            f.contact or Blank("a team or a mailbox; report.contact in the config puts it here"),
        ),
    )


def _use(f: Facts) -> Section:
    return section(
        "Intended use",
        field(
            "",
            "Primary intended uses",
            "To describe who is recorded as a suspect of domestic abuse in a force, in which patterns, and which "
            "patterns go with most recorded harm: for strategy, problem profiles, commissioning and research.",
            Blank("the force's own purpose in making this run"),
        ),
        field(
            "",
            "Primary intended users",
            "Analysts, researchers, and boards and inspectors who read the report; at home in aggregate figures.",
            Blank("who may read the report in the force"),
        ),
        field(
            "",
            "Out-of-scope use cases",
            WHAT_IT_IS_NOT,
            "Nor to compare forces that record differently, to rank people, or to name anybody as a member of a "
            "typology in a file about them.",
        ),
    )


def _factors(f: Facts) -> Section:
    return section(
        "Factors",
        field(
            "",
            "Relevant factors",
            "Sex, ethnicity, age and deprivation of the area, of those recorded; how long and how closely police have "
            "known a person; how a force records (flags, non-crimes, changes of recording in the window).",
            f.gaps,
        ),
        field(
            "",
            "Evaluation factors",
            "The make-up of each typology and unnamed cluster by these characteristics, beside the rest of the cohort; "
            "missing values; and how far the clustered features stand in for a characteristic.",
        ),
    )


def _metrics(f: Facts) -> Section:
    return section(
        "Metrics",
        field(
            "",
            "Model performance measures",
            NO_MODEL_OF_A_PERSON,
            "Measured instead: whether clusters and names come out again when people are left out (mean Jaccard "
            "similarity over redraws, Hennig 2007), and how many members' own records fit the name of their cluster.",
        ),
        field(
            "",
            "Decision thresholds",
            "None about people. A cluster gets a name by the criteria of the definitions; a comparison of the "
            "equality audit is called over- or under-represented where q is below 0.05 (Benjamini and Hochberg).",
        ),
        field(
            "",
            "Variation approaches",
            "Redraws of people for stability; Wilson's intervals for shares, Koopman's for ratios; five-fold "
            "cross-validation for the stand-ins.",
        ),
    )


def _evaluation(f: Facts) -> Section:
    return section(
        "Evaluation data",
        field("", "Datasets", "The same extract: there are no labels to hold the result against.", f.files),
        field(
            "",
            "Motivation",
            "The question is what this cohort looks like, not how well other people would be sorted.",
            "On made-up forces with planted typologies the program's docs/calibration.md measures how often names are "
            "right; that was not measured on this extract, where nobody knows the truth.",
        ),
        field("", "Preprocessing", f"{f.rows}; {f.blanked}."),
    )


def _training(f: Facts) -> Section:
    return section(
        "Training data",
        field(
            "",
            "Training data",
            f"Window: {f.window}. {f.cohort}; {f.victims}.",
            f"Severity scale: {f.severity}.",
            "The datasheet of this run describes the extract.",
        ),
    )


def _analyses(f: Facts) -> Section:
    return section(
        "Quantitative analyses",
        field("", "Unitary results", f"{f.clusters}. {f.stability} {f.firm}", f.typologies, EQUALITY_CAVEAT, f.equality,
              *([f.differing] if f.differing else [])),
        field("", "Intersectional results", "Not computed: characteristics are audited one at a time."),
        field("", "What stands in for a characteristic", f.stand_ins),
    )  # fmt: skip


def _ethics(f: Facts) -> Section:
    return section(
        "Ethical considerations",
        field(
            "",
            "Data",
            "Sensitive by nature: allegations of crime against identifiable people, and their victims. The extract "
            f"has {len(f.people_columns) or 'none'} of the columns that are sensitive in themselves.",
            Points(f.people_columns),
            SUSPECTS,
        ),
        field(
            "",
            "Human life",
            "Not intended to inform decisions about matters central to anyone's life or safety.",
            WHAT_IT_IS_NOT,
        ),
        field("", "Mitigations", NOT_CLUSTERED, GATE.format(limit=f.limit)),
        field(
            "",
            "Risks and harms",
            "People could be recognised from a medoid's record; groups could be stigmatised; a name could be taken "
            "for a score; recording bias could be taken for offending. The annex to the data protection impact "
            "assessment has each with what the program does and what remains.",
        ),
        field("", "Use cases", "Fraught: any use of tables/assignments.parquet in work on single people."),
    )


def _caveats(f: Facts) -> Section:
    return section(
        "Caveats and recommendations",
        field(
            "",
            "Caveats and recommendations",
            POLICE_DATA,
            "Look at typologies that are not firm as open questions. Look at the warnings "
            "first:" if f.warnings.items else
            "No warning about the extract was raised.",
            f.warnings,
            f.review,
            Blank("what further testing the force plans, such as practitioners reading a sample of medoids"),
        ),
    )  # fmt: skip
