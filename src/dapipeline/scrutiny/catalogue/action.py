"""What the police did: arrests, outcomes, the way from incident to charge, classes that changed."""

from __future__ import annotations

from typing import Any

from dapipeline.scrutiny.indicator import Indicator
from dapipeline.scrutiny.units import OUTCOME_GROUPS, SANCTIONS

ENDED = (
    "A term that ended with the outcomes framework of 2013-14: outcomes 1 to 4 stand for it. A sanction may belong to "
    "a crime of an earlier year; here it counts in the year of its crime."
)
GUILT = "Guilt, or what a court decided."
RIGHT = "Whether the decision was right."
NONE_YET = OUTCOME_GROUPS.index("none yet")
OUTCOME = ("outcome_code",)
SUPPORTS, NO_SUPPORT = (
    OUTCOME_GROUPS.index(f"no action, victim {words}") for words in ("supports", "does not support")
)


def _da_crime(t: Any) -> Any:
    return t.da & t.crime


def _ended(*groups: str) -> Any:
    places = [OUTCOME_GROUPS.index(group) for group in groups]
    return lambda t: t.da & t.crime & t.outcome.isin(places)


def _settled(t: Any) -> Any:
    return t.da & t.crime & (t.outcome < NONE_YET)


ACTION = (
    Indicator("arrest_rate_incidents", "Arrest rate over incidents", "share", "incidents", "SPI8a incidents with an "
              "arrest", "SPI8a incidents", "MPS 2008 ¶10, ¶54", "Arrests that were possible: where nothing was a "
              "crime, "
              "none was.", lambda t: t.spi8a & t.arrest, lambda t: t.spi8a, needs=("arrested", "relationship"),
              recurs=True),
    Indicator("arrest_rate_offences", "Arrest rate over crimes", "share", "records", "SPI8a crimes with an arrest",
              "SPI8a crimes", "MPS 2008 ¶13-14, ¶55", GUILT, lambda t: t.spi8a & t.crime & t.arrest,
              lambda t: t.spi8a & t.crime, needs=("arrested", "relationship"), recurs=True),
    Indicator("arrests_per_100_crimes", "Arrests per 100 DA crimes", "rate", "suspects", "Suspects arrested in DA "
              "incidents, once an incident", "DA crimes", "HMIC 2014, Arrests", "A share: it may pass 100.",
              lambda t: t.da & t.arrest, lambda t: t.da & t.crime, "records", needs=("arrested",), per=100),
    Indicator("dual_arrest", "Dual arrests", "count", "incidents", "Flagged incidents in which two or more people, "
              "each "
              "also a victim of it, were arrested", "", "MPS 2008 ¶29-34", "Who began, or who defended themselves.",
              lambda t: t.flag & t.dual_arrest, needs=("arrested", "victim_id")),
    Indicator("counter_allegations", "Counter-allegations", "share", "incidents", "DA incidents in which two people "
              "are each suspect and victim of the other", "DA incidents", "HMIC 2014, glossary; MPS VAW 2010, brief B2",
              "Which of the two is the abuser.", lambda t: t.da & t.counter, lambda t: t.da, needs=("victim_id",),
              recurs=True),
    Indicator("sanction_detections", "Sanction detections", "count", "records", "DA crimes charged or summonsed, "
              "cautioned, or taken into consideration", "", "MPS 2008 ¶9, ¶15", ENDED, _ended(*SANCTIONS),
              needs=OUTCOME),
    Indicator("sanction_detection_rate", "Sanction detection rate", "share", "records", "The same", "DA crimes",
              "MPS 2008 ¶9, ¶15; MPS VAW 2010, borough table", ENDED, _ended(*SANCTIONS), _da_crime, needs=OUTCOME,
              within=("crime_type",), recurs=True),
    Indicator("charges", "Charges and summonses", "count", "records", "DA crimes with outcome 1", "", "MPS 2008 ¶20",
              GUILT, _ended("charged or summonsed"), needs=OUTCOME),
    Indicator("charge_rate", "Charge rate", "share", "records", "DA crimes with outcome 1", "DA crimes",
              "HMIC 2014, Outcomes", GUILT, _ended("charged or summonsed"), _da_crime, needs=OUTCOME, recurs=True),
    Indicator("cautions", "Cautions", "count", "records", "DA crimes with outcome 2 or 3", "", "MPS 2008 ¶16", RIGHT,
              _ended("caution"), needs=OUTCOME),
    Indicator("caution_share", "Cautions among sanction detections", "share", "records", "Cautions",
              "Sanction detections", "MPS 2008 ¶16; MPS VAW 2010", RIGHT, _ended("caution"), _ended(*SANCTIONS),
              needs=OUTCOME, recurs=True),
    Indicator("charge_caution_ratio", "Charges to cautions", "ratio", "records", "Charges", "Cautions",
              "MPS 2008 ¶56; HMIC 2014, Outcomes", RIGHT, _ended("charged or summonsed"), _ended("caution"),
              needs=OUTCOME),
    Indicator("repeat_cautioning", "People cautioned for DA more than once", "people", "suspects", "Suspects with "
              "cautions in two or more DA incidents", "Suspects with a caution in any",
              "MPS VAW 2010, Policy compliance", "Cautions of other years or forces.", lambda t: t.da & t.cautioned,
              needs=OUTCOME),
    Indicator("community_resolution", "Community resolutions", "share", "records", "DA crimes with outcome 8",
              "DA crimes", "HMIC 2014, Outcomes", RIGHT, _ended("community resolution"), _da_crime, needs=OUTCOME,
              recurs=True),
    Indicator("attrition", "No action, the victim does not support it", "share", "records", "DA crimes with outcome 14 "
              "or 16", "DA crimes with an outcome", "MPS VAW 2010, brief B1; MPS 2004 ¶4.3, ¶5.3", "Why, or when, a "
              "victim withdrew.", lambda t: _settled(t) & (t.outcome == NO_SUPPORT), _settled, needs=OUTCOME,
              recurs=True),
    Indicator("no_action_supported", "No action although the victim supports it", "share", "records", "DA crimes with "
              "outcome 15", "DA crimes with an outcome", "HMIC 2014, Outcomes", RIGHT,
              lambda t: _settled(t) & (t.outcome == SUPPORTS), _settled, needs=OUTCOME, recurs=True),
    Indicator("outcome_mix", "Outcomes of DA crimes", "share", "records", "DA crimes with the outcome", "DA crimes",
              "HMIC 2014, Outcomes, Figure 2", GUILT, _da_crime, _da_crime, needs=OUTCOME, shared_by=("outcome",),
              recurs=True),
    Indicator("outcome_mix_other", "Outcomes of other crimes", "share", "records", "Crimes outside DA with the outcome",
              "Crimes outside DA", "HMIC 2014, Outcomes, Figure 3", "How alike these crimes are to DA crimes.",
              lambda t: ~t.da & t.crime, lambda t: ~t.da & t.crime, needs=OUTCOME, shared_by=("outcome",), recurs=True,
              all_crime=True),
    Indicator("outcome_recorded", "DA crimes without an outcome", "share", "records", "DA crimes with outcome 0, or "
              "none", "DA crimes", "MPS 2004 ¶1.4, ¶5.3.2", "How old they are: recent ones are still open.",
              lambda t: _da_crime(t) & ~(t.outcome < NONE_YET).fill_null(False), _da_crime, needs=OUTCOME, recurs=True),
    Indicator("days_to_outcome", "Days to the outcome", "days", "records", "DA crimes with an outcome and its day", "",
              "MPS 2008 ¶89", "Crimes still open, so that the latest years come out too short.", _settled,
              needs=("outcome_code", "outcome_at")),
    Indicator("funnel_crime", "From incident to crime", "share", "incidents", "DA incidents that hold a crime",
              "DA incidents", "HMIC 2014, Outcomes; MPS VAW 2010, brief B1", "Why nothing was recorded as a crime.",
              lambda t: t.da & t.crime, lambda t: t.da, recurs=True),
    Indicator("funnel_arrest", "From crime to arrest", "share", "incidents", "DA incidents with a crime and an arrest",
              "DA incidents that hold a crime", "HMIC 2014, Arrests", GUILT, lambda t: t.da & t.crime & t.arrest,
              lambda t: t.da & t.crime, needs=("arrested",), recurs=True),
    Indicator("funnel_charge", "From arrest to charge", "share", "incidents", "DA incidents with a crime, an arrest "
              "and "
              "a charge", "DA incidents with a crime and an arrest", "HMIC 2014, Outcomes", "Summonses without an "
              "arrest, and what a court decided.", lambda t: t.da & t.crime & t.arrest & t.charged,
              lambda t: t.da & t.crime & t.arrest, needs=("arrested", "outcome_code"), recurs=True),
    Indicator("reclassification", "DA first classed as an offence, ended as none", "share", "records", "DA records "
              "with "
              "a first code that are no crime", "DA records with a first code",
              "MPS VAW 2010, Update on recommendations", "Whether taking it off the record was right.",
              lambda t: t.da & t.initial.notnull() & ~t.crime, lambda t: t.da & t.initial.notnull(),
              needs=("initial_offence_code",), recurs=True),
    Indicator("changed_class", "DA crimes with another code than at first", "share", "records", "DA crimes whose code "
              "is not the first one", "DA crimes with both codes", "MPS VAW 2010, note 15", "Which of the codes is "
              "right.",
              lambda t: _da_crime(t) & (t.initial != t.code), lambda t: _da_crime(t) & t.initial.notnull() &
              t.code.notnull(),
              needs=("initial_offence_code", "offence_code"), recurs=True),
    Indicator("breaches", "Breaches of orders, bail and licence", "count", "records", "Crimes that are breaches, in "
              "DA or "
              "outside", "", "MPS 2004 ¶4.1.8, ¶5.1.12", "Orders in force, or breaches that were not recorded.",
              lambda t: t.crime & t.breach, within=("da",), needs=("offence_code|offence|offence_family",)),
    Indicator("breach_outcomes", "What became of breaches", "share", "records", "Breaches with the outcome", "Breaches",
              "MPS 2004 ¶2.40", "Recall to prison.", lambda t: t.crime & t.breach, lambda t: t.crime & t.breach,
              needs=("offence_code|offence|offence_family", "outcome_code"), shared_by=("outcome",), recurs=True),
)  # fmt: skip
