"""The words of the report, explained."""

from __future__ import annotations

from typing import Any

from dapipeline.report.material import Material

TITLE = "Glossary"


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    ages = material.contents.config.domestic_abuse.minimum_age
    return {
        "words": {word: meaning for word, meaning in GLOSSARY.items() if word != "Below the age" or ages is not None}
    }


GLOSSARY = {
    "Offender": "In this report: a person named as a suspect in at least one DA incident. The word is the field's; "
    "most were never convicted.",
    "Suspect": "A person whom the police record names as suspected. It does not mean charged, and not convicted.",
    "Incident": "An event recorded by the police, a crime or not. It may hold several offences, and counts once for "
    "each suspect.",
    "Non-crime": "An incident reported to the police in which they recorded no crime; it may be grave all the same. "
    "It has severity 0 and still counts as an incident. Its title says what it is about.",
    "DA": "Domestic abuse, as flagged by the police and as the settings of the run say.",
    "DA-parallel": "An incident outside domestic abuse, a crime or not, that is abuse of a child or of a vulnerable "
    "adult, or violence of a child to a parent.",
    "Non-compliance": "A breach of an order, of bail or of licence conditions, or an offence that the study relates to "
    "it: assault on police, a threat to a witness or juror, dangerous driving, criminal damage.",
    "High-risk non-crime": "A DA incident in which no crime was recorded and which the officer graded as high risk.",
    "Below the age": "An incident that the police flagged as DA although suspect or victim is younger than the age at "
    "which DA starts. It counts neither as DA nor as other history.",
    "Severity": "Points that say how serious a kind of offence is held to be, from a published scale. They measure "
    "what was recorded, not what was suffered.",
    "Cluster": "A set of offenders whose records resemble each other more than those of others, found by a program.",
    "Typology": "A cluster, or several, with a name, because their averages meet the criteria of a definition.",
    "Score of a name": "How near the averages of a cluster come to a definition, from 0 to 100%. It is no probability, "
    "and says nothing about any person.",
    "Stability": "Whether a cluster is found again when half of the people are left out, from 0 (not at all) to 1 (the "
    "same people): below 0.60 unstable, from 0.60 doubtful, from 0.75 stable, from 0.85 highly stable. It says how far "
    "to rely on where a cluster begins and ends, and nothing about any person in it.",
    "Name kept": "The share of a typology's people whose cluster gets the same name when half of the people are left "
    "out and everything is fitted and named afresh.",
    "Allegations both ways": "Two people of whom each is recorded as a suspect against the other. It does not say who "
    "abuses whom.",
    "Repeat, serial offender": "A suspect of DA more than once against the same victim; against more than one victim.",
    "Medoid": "The member of a cluster that is most like all the others: a real record, shown as an example.",
    "Group A to E": "A plain sorting by volume: three or more incidents of domestic abuse, or of other kinds, are "
    "high volume; fewer are low.",
    "Principal component": "A sum of features that holds as much as possible of how offenders differ; clustering "
    "works on these.",
    "Standardised difference": "How far the mean of a typology lies from the cohort's, in standard deviations (SD) of "
    "the cohort: 0 is the same, 1 is marked.",
    "q": "A p value corrected for asking many questions at once (Benjamini and Hochberg): of the findings with q "
    "below 0.05, about one in twenty is expected to be chance.",
}
