"""The part of the transparency record that specifies tool, model and data: 2.4 of the standard."""

from __future__ import annotations

from dapipeline.report.records.facts import Facts
from dapipeline.report.records.record import Blank, Points, Section, field, section
from dapipeline.report.records.standing import (
    EQUALITY_CAVEAT,
    GATE,
    LOCAL,
    NO_MODEL_OF_A_PERSON,
    POLICE_DATA,
    WHAT_IT_IS_NOT,
)

ACCESS = (
    "Outputs are files readable by their owner alone. Those with a row per person stay in the folder of the run and "
    "are not in the report."
)


def tool(f: Facts) -> Section:
    """Specify the tool.

    Parameters
    ----------
    f : Facts

    Returns
    -------
    Section
    """
    return section(
        "Tier 2: tool specification",
        field(
            "2.4.1.1",
            "System architecture",
            "A command-line program in Python. Stages: reading the extract, incidents, offenders, clustering, "
            "stability, naming, analyses, report; each reads only what it declares and is done again only when that "
            f"has changed. {LOCAL}",
            f"With {f.versions}.",
        ),
        field("2.4.1.2", "System-level input", "An extract of incidents, one row per suspect and victim in one "
              "offence, and a config file; where the force supplies them, tables of severity, deprivation and "
              "residents.", f.files),
        field(
            "2.4.1.3",
            "System-level output",
            "A report (one page), tables, figures, a manifest with hashes of all of them, and these records. People "
            "appear in the report as counts and averages, and, of each cluster, one real record that stands for it, "
            "without id or day.",
        ),
        field("2.4.1.4", "Maintenance", f"dapipeline {f.version}.", f.review,
              Blank("who maintains it in the force, and when the result is looked at again"),
              "“dapipeline assign” places a new extract in this result and warns where it has drifted."),
        field("2.4.1.5", "Models", "One clustering model (principal components and k-medoids), and rules that name "
              "clusters. Small models that describe the result (regressions of harm, logistic regressions of the "
              "equality audit) are fitted, reported and not kept."),
    )  # fmt: skip


def model(f: Facts) -> Section:
    """Specify the model.

    Parameters
    ----------
    f : Facts

    Returns
    -------
    Section
    """
    return section(
        "Tier 2: model specification",
        field("2.4.2.1", "Model name", f"Clustering of “{f.name}”"),
        field("2.4.2.2", "Model version", f"Made on {f.made}; SHA-256 of its settings {f.settings_sha256}."),
        field("2.4.2.3", "Model task", "To group people with similar recorded histories.", WHAT_IT_IS_NOT),
        field("2.4.2.4", "Model input", f"{f.features}. {f.off}.", Points(f.described)),
        field("2.4.2.5", "Model output", "For each person the nearest and the second nearest cluster, with distances; "
              "for each cluster a medoid, averages, and a name or none."),
        field("2.4.2.6", "Model architecture", "k-medoids clustering. " + f.training, f.weight),
        field("2.4.2.7", "Model performance", NO_MODEL_OF_A_PERSON, f"{f.stability} "
              f"{f.firm}", f.typologies, EQUALITY_CAVEAT,
              f.equality, f.stand_ins),
        field("2.4.2.8", "Datasets and their purposes", "The extract alone, for everything: fitting, naming and "
              "describing. Nothing was held back, because nothing is predicted; stability is measured on redraws of "
              "the same people."),
    )  # fmt: skip


def _development(f: Facts) -> Section:
    return section(
        "Tier 2: development data specification",
        field("2.4.3.1", "Development data description", "Recorded incidents of people named as suspects of domestic "
              f"abuse, DA and other, and the times they were victims. Window: {f.window}."),
        field("2.4.3.2", "Data modality", "Tabular."),
        field("2.4.3.3", "Data quantities", f"{f.rows}. {f.cohort}; {f.victims}.", "Not split."),
        field("2.4.3.4", "Sensitive attributes",
              "Personal data of suspects and victims, on allegations of crime. Columns that are sensitive in "
              "themselves:"
              if f.people_columns else "Personal data of suspects and victims, on allegations of "
                    "crime.", Points(f.people_columns),
              "Proxies: how far the clustered features tell sex, ethnicity, age and deprivation.", f.stand_ins),
        field("2.4.3.5", "Data completeness and representativeness", POLICE_DATA, f.gaps, f.warnings,
              Blank("what the force knows of under-recording, and of changes of recording in these years")),
        field("2.4.3.6", "Data cleaning", f"{f.rows}. {f.blanked}. Rules and counts stand in the report under data "
              "quality."),
        field("2.4.3.7", "Data collection", "Recorded by police for policing: crime and incident recording. "
              "Describing a cohort is another use of it.", Blank("systems the extract was drawn from, by whom, and on "
                    "what authority")),
        field("2.4.3.8", "Data access and storage", ACCESS, GATE.format(limit=f.limit), f.review,
              Blank("where extract and outputs are kept, who can open them, and for how long")),
        field("2.4.3.9", "Data sharing agreements", Blank("any under which data or report are shared; none is needed "
              "to run it")),
    )  # fmt: skip


def _operational(f: Facts) -> Section:
    return section(
        "Tier 2: operational data specification",
        field("2.4.4.1", "Data sources", "The same extract: the tool is not fed live. A later extract can be placed "
              "in the result with “dapipeline assign”.", Blank("whether and from where later extracts are taken")),
        field("2.4.4.2", "Sensitive attributes", "As of the development data (2.4.3.4)."),
        field("2.4.4.3", "Data processing methods", "As of the development data (2.4.3.6): the same rules, features "
              "and scaling, kept with the model."),
        field("2.4.4.4", "Data access and storage", ACCESS, Blank("as for 2.4.3.8, where it differs")),
        field("2.4.4.5", "Data sharing agreements", Blank("as for 2.4.3.9, where it differs")),
    )  # fmt: skip


data = (_development, _operational)
