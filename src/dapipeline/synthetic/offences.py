"""The kinds of offence that the made-up force records, and the Home Office codes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dapipeline.reference.tables import offences, subgroups
from dapipeline.synthetic.clock import minute

Victim = Literal["adult", "child", "none"]


@dataclass(frozen=True)
class Kind:
    """Offences that share a rate in the mixes.

    Attributes
    ----------
    name : str
        Key used in the mixes of the archetypes.
    victim : str
        Whom the offence is against if it is not domestic: an adult, a child, or no named person.
    place : str
        Where it happens: a key of ``circumstances.PLACES``.
    course_days : float
        Mean length of a course of conduct, in days; 0 for a single event.
    in_force : str
        First day on which the offence could be recorded; empty if before the window.
    grave : bool
        Nearly always arrested and charged, and graded high more often.
    """

    name: str
    victim: Victim
    place: str = "street"
    course_days: float = 0
    in_force: str = ""
    grave: bool = False


KINDS = (
    Kind("non_crime", "adult", "home"),
    Kind("child_non_crime", "child", "home"),
    Kind("vulnerable_adult_non_crime", "adult", "home"),
    Kind("homicide", "adult", "home", grave=True),
    Kind("attempted_murder", "adult", "home", grave=True),
    Kind("wounding_with_intent", "adult", grave=True),
    Kind("wounding", "adult"),
    Kind("actual_bodily_harm", "adult"),
    Kind("common_assault", "adult"),
    Kind("police_assault", "none", "custody"),
    Kind("threats", "adult"),
    Kind("kidnap", "adult", grave=True),
    Kind("rape", "adult", "home", grave=True),
    Kind("sexual_assault", "adult", "home"),
    Kind("child_sexual", "child", "home", course_days=200, grave=True),
    Kind("child_cruelty", "child", "home", course_days=60),
    Kind("harassment", "adult", "home", course_days=30),
    Kind("stalking", "adult", "home", course_days=60, in_force="2012-11-25"),
    Kind("coercive_control", "adult", "home", course_days=500, in_force="2015-12-29"),
    Kind("criminal_damage", "adult"),
    Kind("arson", "adult"),
    Kind("breach_of_order", "adult", "home"),
    Kind("bail_and_recall", "none", "custody"),
    Kind("witness_intimidation", "adult"),
    Kind("theft_from_shop", "none", "shop"),
    Kind("other_theft", "adult"),
    Kind("vehicle_crime", "adult"),
    Kind("burglary_home", "adult", "home"),
    Kind("burglary_business", "none", "shop"),
    Kind("robbery", "adult", grave=True),
    Kind("fraud", "adult", "home"),
    Kind("drug_possession", "none"),
    Kind("drug_supply", "none"),
    Kind("weapons", "none"),
    Kind("public_order", "adult"),
    Kind("disorder", "none"),
    Kind("motoring", "none", "road"),
)
# Kind, Home Office code (none for a non-crime), short title, weight within the kind (assumed). Codes with weight 0 are
# not drawn: they replace the code for a female victim if the victim is male.
RECORDED = (
    ("non_crime", "", "Domestic incident, no crime", 1),
    ("child_non_crime", "", "Child abuse, no crime", 1),
    ("vulnerable_adult_non_crime", "", "Vulnerable adult abuse, no crime", 1),
    ("homicide", "00101", "Murder", 85),
    ("homicide", "00401", "Manslaughter", 15),
    ("attempted_murder", "00200", "Attempted murder", 1),
    ("wounding_with_intent", "00501", "Wounding or grievous bodily harm with intent", 94),
    ("wounding_with_intent", "00504", "Attempting to choke with intent", 6),
    ("wounding", "00801", "Wounding or grievous bodily harm without intent", 1),
    ("actual_bodily_harm", "00806", "Assault occasioning actual bodily harm", 97),
    ("actual_bodily_harm", "00860", "Racially or religiously aggravated actual bodily harm", 3),
    ("common_assault", "10501", "Common assault", 98),
    ("common_assault", "00857", "Racially or religiously aggravated common assault", 2),
    ("police_assault", "10423", "Assault on a constable", 70),
    ("police_assault", "10433", "Resisting or obstructing a constable", 30),
    ("threats", "00301", "Threats to kill", 85),
    ("threats", "00864", "Threat with a blade in public", 15),
    ("kidnap", "03601", "Kidnapping", 35),
    ("kidnap", "03603", "False imprisonment", 65),
    ("rape", "01908", "Rape of a female aged 16 or over", 92),
    ("rape", "01912", "Attempted rape of a female aged 16 or over", 8),
    ("rape", "01910", "Rape of a male aged 16 or over", 0),
    ("rape", "01914", "Attempted rape of a male aged 16 or over", 0),
    ("sexual_assault", "02005", "Sexual assault on a female", 85),
    ("sexual_assault", "02003", "Assault on a female by penetration", 15),
    ("sexual_assault", "01715", "Sexual assault on a male", 0),
    ("sexual_assault", "01713", "Assault on a male by penetration", 0),
    ("child_sexual", "02006", "Sexual assault on a female child under 13", 55),
    ("child_sexual", "01907", "Rape of a female aged under 16", 20),
    ("child_sexual", "01716", "Sexual assault on a male child under 13", 0),
    ("child_sexual", "01909", "Rape of a male aged under 16", 0),
    ("child_sexual", "08610", "Possession of indecent images of a child", 25),
    ("child_cruelty", "01103", "Cruelty to or neglect of children", 1),
    ("harassment", "19594", "Harassment", 60),
    ("harassment", "00830", "Putting people in fear of violence", 15),
    ("harassment", "19541", "Malicious communications", 25),
    ("stalking", "19512", "Stalking", 60),
    ("stalking", "00865", "Stalking involving fear of violence", 20),
    ("stalking", "00866", "Stalking involving serious alarm or distress", 20),
    ("coercive_control", "00867", "Controlling or coercive behaviour", 1),
    ("criminal_damage", "05800", "Criminal damage", 88),
    ("criminal_damage", "05911", "Threat to damage property", 12),
    ("arson", "05602", "Arson not endangering life", 70),
    ("arson", "05601", "Arson endangering life", 30),
    ("breach_of_order", "00831", "Breach of a restraining order", 50),
    ("breach_of_order", "06639", "Breach of a non-molestation order", 50),
    ("bail_and_recall", "08301", "Absconding while on bail", 80),
    ("bail_and_recall", "08306", "At large after recall to prison", 20),
    ("witness_intimidation", "07902", "Intimidating a juror or witness", 1),
    ("theft_from_shop", "04600", "Theft from a shop", 1),
    ("other_theft", "04910", "Theft, other", 55),
    ("other_theft", "03900", "Theft from the person", 15),
    ("other_theft", "04000", "Theft in a dwelling", 12),
    ("other_theft", "05402", "Handling stolen goods", 8),
    ("other_theft", "05325", "Making off without payment", 10),
    ("vehicle_crime", "04510", "Theft from a motor vehicle", 55),
    ("vehicle_crime", "04801", "Theft of a motor vehicle", 25),
    ("vehicle_crime", "13001", "Taking a motor vehicle without consent", 20),
    ("burglary_home", "02803", "Burglary in a dwelling", 95),
    ("burglary_home", "02900", "Aggravated burglary in a dwelling", 5),
    ("burglary_business", "03002", "Burglary other than in a dwelling", 1),
    ("robbery", "03401", "Robbery", 90),
    ("robbery", "03402", "Assault with intent to rob", 10),
    ("fraud", "05340", "Fraud by false representation", 1),
    ("drug_possession", "09261", "Possession of cannabis", 70),
    ("drug_possession", "09250", "Possession of cocaine", 14),
    ("drug_possession", "09251", "Possession of heroin", 9),
    ("drug_possession", "09254", "Possession of crack cocaine", 7),
    ("drug_supply", "09281", "Possession of cannabis with intent to supply", 45),
    ("drug_supply", "09231", "Supplying heroin", 20),
    ("drug_supply", "09234", "Supplying crack cocaine", 20),
    ("drug_supply", "09230", "Supplying cocaine", 15),
    ("weapons", "00826", "Bladed article in a public place", 55),
    ("weapons", "00811", "Possession of an offensive weapon", 42),
    ("weapons", "08104", "Possession of a shotgun without certificate", 3),
    ("public_order", "12511", "Fear or provocation of violence", 35),
    ("public_order", "12512", "Harassment, alarm or distress", 30),
    ("public_order", "12509", "Intentional harassment, alarm or distress", 25),
    ("public_order", "06601", "Affray", 10),
    ("disorder", "14101", "Drunk and disorderly", 80),
    ("disorder", "18200", "Begging", 20),
    ("motoring", "00412", "Causing serious injury by dangerous driving", 4),
    ("motoring", "80302", "Driving over the alcohol limit", 40),
    ("motoring", "80701", "Driving while disqualified", 25),
    ("motoring", "80901", "Driving uninsured", 25),
    ("motoring", "80501", "Failing to stop after an accident", 10),
)
KIND = {kind.name: index for index, kind in enumerate(KINDS)}
THEFT = frozenset(["theft_from_shop", "other_theft", "vehicle_crime"])
NON_CRIMES = frozenset(["non_crime", "child_non_crime", "vulnerable_adult_non_crime"])

CODES = np.array([code for _, code, _, _ in RECORDED], dtype=object)
TITLES = np.array([title for _, _, title, _ in RECORDED], dtype=object)
_WEIGHTS = [np.cumsum([row[3] for row in RECORDED if row[0] == kind.name]) for kind in KINDS]
_CUMULATIVE = np.concatenate([index + weights / weights[-1] for index, weights in enumerate(_WEIGHTS)])

_FOR_A_MALE = {
    "01908": "01910", "01912": "01914", "02005": "01715",
    "02003": "01713", "02006": "01716", "01907": "01909",
}  # fmt: skip
FOR_A_MALE = np.array(  # index into CODES of the code for a male victim; the same row if there is none
    [list(CODES).index(_FOR_A_MALE[code]) if code in _FOR_A_MALE else row for row, code in enumerate(CODES)]
)

IS_CRIME = np.array([kind.name not in NON_CRIMES for kind in KINDS])
IS_GRAVE = np.array([kind.grave for kind in KINDS])
COURSE_DAYS = np.array([kind.course_days for kind in KINDS])
PLACE = np.array([kind.place for kind in KINDS])
VICTIM = np.array([kind.victim for kind in KINDS])
# Mean severity of each kind on the shipped scale; used only to order offences by escalation.
_POINTS = offences().set_index("code")["subgroup"].map(subgroups().set_index("subgroup")["severity"])
KIND_SEVERITY = np.array(
    [_POINTS.reindex([row[1] for row in RECORDED if row[0] == kind.name]).fillna(0).mean() for kind in KINDS]
)
IN_FORCE = np.array([minute(kind.in_force) if kind.in_force else minute("1900-01-01") for kind in KINDS])


def draw_codes(kinds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a code for each offence, by the weights within its kind.

    Parameters
    ----------
    kinds : ndarray of int, shape (n,)
        Index into `KINDS`.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int, shape (n,)
        Index into `CODES` and `TITLES`.
    """
    return np.searchsorted(_CUMULATIVE, kinds + rng.random(len(kinds)), side="right")
