"""The smallest histories on which two readings of the catalogue's words would differ; the words decide."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dapipeline.config import DomesticAbuse
from dapipeline.offenders.catalogue import BY_NAME

from .histories import row
from .slow_features import SLOW, histories

NAN = float("nan")
START = datetime(2020, 6, 1, 12)
DA = row(offender_id="A", incident_id="I1", occurred_from=START, da_flag=True)
OTHER = DA | {"incident_id": "I2", "da_flag": False}
PARTNER = {"victim_id": "B", "relationship": "partner", "victim_age": 30.0}
CHILD = {"victim_id": "C", "relationship": "child", "victim_age": 8.0}
CRUELTY, ASSAULT, SHOPLIFTING, DAMAGE, HARASSMENT, HARM, SEXUAL_ASSAULT = (
    {"offence_code": code} for code in ("01103", "10501", "04600", "14900", "19594", "00806", "02005")
)
BREACH, CHILD_CONCERN = ({"is_crime": False, "offence_family": of} for of in ("breach", "child_vulnerable"))
UNHEARD_OF = {"offence": "Log 47 closed"}
STRANGER, BROTHER, PARENT = ({"relationship": of} for of in ("stranger", "sibling", "parent"))


def apart(*records, like=OTHER):
    """Each in an incident of its own, outside DA."""
    return [like | {"incident_id": f"of its own {at}"} | record for at, record in enumerate(records)]


def non_crimes(*titles):
    return [{"is_crime": False, "offence": title} for title in titles]


def codes(*numbers):
    return [{"offence_code": number} for number in numbers]


def suspect_of(age):
    return {"offender_age": float(age)}


def victim_of(age):
    return {"victim_age": float(age)}


READINGS = {
    "of ages that are not all known, the youngest and the oldest known one count": (
        [OTHER | {"occurred_from": datetime(2010, 1, 1)}, DA | {"offender_age": 40.0}],
        {"age_first_incident": 40, "age_first_da": 40, "age_last_da": 40},
    ),
    "a birth date that one row has holds for the person's other rows": (
        [OTHER | {"occurred_from": datetime(2010, 6, 2)}, DA | {"offender_dob": date(1980, 6, 1)}],
        {"age_first_incident": 30, "age_first_da": 40},
    ),
    "no age at all is missing": ([DA], {"age_first_incident": NAN, "age_first_da": NAN, "age_last_da": NAN}),
    "a year of age begins on the birthday": (
        [DA | {"offender_dob": date(1990, 6, 1)}, OTHER | {"offender_dob": date(1990, 6, 2)}],
        {"age_first_da": 30, "age_first_incident": 29},
    ),
    "born on 29 February one is a year older on 1 March": (
        [
            DA | {"occurred_from": datetime(2021, 2, 28), "offender_dob": date(2000, 2, 29)},
            DA | {"incident_id": "I2", "occurred_from": datetime(2021, 3, 1), "offender_dob": date(2000, 2, 29)},
        ],
        {"age_first_da": 20, "age_last_da": 21},
    ),
    "a child hurt in a DA incident is one of its victims": (
        [DA | PARTNER, DA | CHILD],
        {
            "da_incidents": 1, "non_da_incidents": 0, "da_victims": 2, "non_da_victims": 0,
            "da_victim_age_mean": 19, "da_victim_under_18_share": 1 / 2, "non_da_victim_age_mean": 0,
            "non_da_victim_under_18_share": 0, "da_same_victim_share": 1 / 2,
        },
    ),
    "an incident with a child alone is neither DA nor non-DA": (
        [DA | PARTNER, DA | CHILD | {"incident_id": "I2"}],
        {"da_incidents": 1, "non_da_incidents": 0, "below_age_incidents": 1, "incidents": 1,
         "da_victims": 1, "non_da_victims": 0, "victims": 1},
    ),
    "nothing else counts what is below the age": (
        [DA | {"imd_decile": "3"},
         DA | CHILD | CRUELTY | suspect_of(20)
         | {"incident_id": "I2", "occurred_from": datetime(2010, 1, 1), "borough": "North", "imd_decile": "1"}],
        {"age_first_incident": NAN, "offending_span_days": 0, "days_to_first_da": 0, "boroughs": 0,
         "imd_decile_mean": 3, "child_vulnerable_incidents": 0, "child_vulnerable_share": 0, "non_da_families": 0},
    ),
    "an incident with a child's flagged row and another's that is not flagged is below the age": (
        [DA, OTHER | PARTNER, OTHER | CHILD | {"da_flag": True}],
        {"da_incidents": 1, "non_da_incidents": 0, "below_age_incidents": 1, "victims": 0},
    ),
    "who is known to be too young may be the suspect": (
        [DA, *apart(suspect_of(15), suspect_of(16), like=DA)], {"da_incidents": 2, "below_age_incidents": 1},
    ),
    "one is old enough on the birthday, not on its eve": (
        [DA | {"victim_dob": date(2004, 6, 1)}, *apart({"victim_dob": date(2004, 6, 2)}, like=DA)],
        {"da_incidents": 1, "below_age_incidents": 1},
    ),
    "nobody of unknown age is too young": ([DA | {"victim_id": "B"}], {"da_incidents": 1, "below_age_incidents": 0}),
    "without a flag no age matters": ([DA, OTHER | CHILD], {"non_da_incidents": 1, "below_age_incidents": 0}),
    "a victim's own rows tell whether the victimisation is below the age": (
        [DA, *(DA | {"offender_id": "B", "incident_id": "I2", "occurred_from": datetime(2019, 1, 1)} | of for of in
               ({"victim_id": "A", "victim_age": 14.0}, {"victim_id": "C", "victim_age": 40.0}))],
        {"da_victimisations": 0, "non_da_victimisations": 0, "victimised_before_first_da": 0},
    ),
    "a victim's own rows tell whether the victimisation is DA": (
        [DA, OTHER | {"offender_id": "B", "victim_id": "A"},
         OTHER | {"offender_id": "B", "victim_id": "C", "da_flag": True}],
        {"da_victimisations": 0, "non_da_victimisations": 1},
    ),
    "a suspect of 9 by the birth date is a mistake, and the recorded age stands": (
        [DA | {"offender_dob": date(2010, 6, 2)} | suspect_of(30)], {"age_first_da": 30, "below_age_incidents": 0},
    ),
    "where no age is recorded, a mistaken birth date makes nobody too young": (
        [DA | {"offender_dob": date(2010, 6, 2), "victim_dob": date(2020, 6, 2)}],
        {"da_incidents": 1, "age_first_da": NAN, "below_age_incidents": 0},
    ),
    "a suspect of 10 and a victim of 0 are too young, and no mistake": (
        [DA | {"occurred_from": datetime(2026, 6, 1)},
         *apart({"offender_dob": date(2010, 6, 1)} | suspect_of(30), {"victim_dob": date(2020, 6, 1)} | victim_of(30),
                like=DA)],
        {"da_incidents": 1, "below_age_incidents": 2},
    ),
    "at 110 a birth date is believed, at 111 not": (
        [DA | {"victim_dob": date(1909, 6, 2)} | victim_of(40),
         *apart({"victim_dob": date(1909, 6, 1)} | victim_of(40), like=DA)],
        {"da_victim_age_mean": (110 + 40) / 2},
    ),
    "of a person's birth dates the earliest holds for the rows that have none": (
        [DA, *apart({"offender_dob": date(1990, 6, 1)}, {"offender_dob": date(1980, 6, 1)})], {"age_first_da": 40},
    ),
    "the offender's age holds for every victim of the incident": (
        [DA | PARTNER, DA | {"offender_age": 40.0}],
        {"age_first_da": 40, "da_victim_age_gap_mean": 10},
    ),
    "victims without an id are told apart by what is known of them": (
        [DA | {"victim_age": 20.0}, DA | {"victim_age": 20.0}, DA | {"victim_age": 50.0}, DA],
        {"da_victim_age_mean": 35, "da_victims": 0},
    ),
    "a non-crime that the config gave a family counts for it": (
        [DA | CHILD_CONCERN, OTHER | BREACH],
        {"child_vulnerable_share": 1 / 2, "child_vulnerable_incidents": 1, "non_compliance_share": 1 / 2,
         "non_compliance_incidents": 1},
    ),
    "the code of a crime speaks before its title": (
        [DA | ASSAULT | {"offence": "Rape"}], {"da_violence_share": 1, "da_sexual_share": 0},
    ),
    "the title of a non-crime speaks before its code": (
        [DA | ASSAULT | {"is_crime": False, "offence": "Harassment - no crime"}],
        {"da_violence_share": 0, "da_stalking_harassment_share": 1},
    ),
    "a title that nobody knows leaves a non-crime to its code": (
        [DA | ASSAULT | {"is_crime": False} | UNHEARD_OF], {"da_violence_share": 1},
    ),
    "the config may say of a non-crime that it is about no crime, but not of a crime": (
        [DA | ASSAULT | {"offence_family": "non_crime"},
         OTHER | ASSAULT | {"offence_family": "non_crime", "is_crime": False}],
        {"da_violence_share": 1, "non_da_violence_share": 0},
    ),
    "the config's family speaks before code and title": (
        [DA | ASSAULT | {"offence": "Rape", "offence_family": "controlling_coercive"},
         OTHER | {"is_crime": False, "offence": "Missing person", "offence_family": "sexual"}],
        {"da_violence_share": 0, "da_coercive_share": 1, "non_da_sexual_share": 1},
    ),
    "a sexual offence against somebody known to be under 18 is abuse of a child, an assault is not": (
        [DA, *apart(SEXUAL_ASSAULT | victim_of(17), SEXUAL_ASSAULT | victim_of(18), SEXUAL_ASSAULT,
                    ASSAULT | victim_of(8))],
        {"child_vulnerable_incidents": 1, "child_vulnerable_share": 1 / 5},
    ),
    "a code tells of abuse of a child or a vulnerable adult": (
        [DA, *apart(*codes("01916", "07002", "01103", "09806", "00407"))],
        # Not the death of a child: neither of the family nor sexual.
        {"child_vulnerable_incidents": 4, "da_parallel_incidents": 5},
    ),
    "a non-crime may be about abuse of a child or a vulnerable adult": (
        [DA, *apart(*non_crimes("Child protection concern", "Vulnerable adult", "Sexual grooming of a child")),
         *apart(*non_crimes("Concern for safety"), like=OTHER | {"incident_id": "I3"} | CHILD)],
        {"child_vulnerable_incidents": 3, "da_parallel_incidents": 3},
    ),
    "an offence against a child and an adult is one against a child": (
        [DA, OTHER | SEXUAL_ASSAULT | PARTNER, OTHER | SEXUAL_ASSAULT | CHILD], {"child_vulnerable_incidents": 1},
    ),
    "an offence is against a child if any of its rows is, the most severe or not": (
        [DA, OTHER | SEXUAL_ASSAULT | PARTNER | {"offence_id": "1"}, OTHER | ASSAULT | CHILD | {"offence_id": "1"}],
        {"child_vulnerable_incidents": 1},
    ),
    "the most severe record of an offence says whether it is against a vulnerable adult": (
        [DA, *(OTHER | {"offence_id": "1"} | code for code in codes("01908", "07002"))],
        {"child_vulnerable_incidents": 0},
    ),
    "a pub fight is not DA-parallel": (
        [DA, OTHER | HARM | STRANGER | suspect_of(25) | victim_of(24) | {"location_type": "licensed"}],
        {"non_da_parallel_share": 0, "da_parallel_incidents": 0},
    ),
    "a non-crime about the abuse of a child is DA-parallel": (
        [DA, *apart(*non_crimes("Child protection concern"), CHILD_CONCERN, SHOPLIFTING)],
        {"non_da_parallel_share": 2 / 3, "da_parallel_incidents": 2},
    ),
    "DA-parallel is one row, be it beside a crime of another kind": (
        [DA, OTHER | SHOPLIFTING, OTHER | CHILD_CONCERN], {"non_da_parallel_share": 1},
    ),
    "DA-parallel is one row, be it not the most severe record of its offence": (
        [DA, OTHER | CRUELTY | {"offence_id": "1"}, OTHER | HARM | {"offence_id": "1"}], {"non_da_parallel_share": 1},
    ),
    "what is DA is not DA-parallel": ([DA | CRUELTY | PARTNER], {"da_parallel_incidents": 0}),
    "a teenager of 12 who hits a parent is DA-parallel, flagged or not": (
        [DA, *apart(ASSAULT | PARENT | suspect_of(12), ASSAULT | PARENT | suspect_of(12) | {"da_flag": True})],
        {"non_da_parallel_share": 1, "da_parallel_incidents": 2, "below_age_incidents": 1},
    ),
    "a child who hits a parent is from 10 to 16": (
        [DA, *apart(*(ASSAULT | PARENT | suspect_of(age) for age in (10, 16, 17)), ASSAULT | PARENT)],
        {"da_parallel_incidents": 2},
    ),
    "a child who hits a brother or whose parent is the suspect is not a child who hits a parent": (
        [DA, *apart(ASSAULT | BROTHER | suspect_of(12), ASSAULT | suspect_of(12) | {"relationship": "child"})],
        {"da_parallel_incidents": 0},
    ),
    "a child may damage and harass, but not steal": (
        [DA, *apart(*(of | PARENT | suspect_of(14) for of in (DAMAGE, HARASSMENT, SHOPLIFTING, {})))],
        {"da_parallel_incidents": 2},
    ),
    "a quarrel of child and parent is called one, or nobody knows what it is called": (
        [DA, *apart(*(of | PARENT | suspect_of(14) for of in (
            *non_crimes("Domestic incident", "Log 47 closed", None, "Missing person", "Anti-social behaviour"),
            {"is_crime": True} | UNHEARD_OF)))],
        {"da_parallel_incidents": 3},
    ),
    "a step-father who is flagged with a child of 9 is below the age and DA-parallel": (
        [DA, DA | ASSAULT | suspect_of(35) | victim_of(9) | {"incident_id": "I2", "relationship": "child"}],
        {"below_age_incidents": 1, "da_parallel_incidents": 1, "non_da_incidents": 0, "non_da_parallel_share": 0},
    ),
    "harm to somebody known to be under 18 is child abuse": (
        [DA, *apart(ASSAULT | STRANGER | victim_of(17) | suspect_of(18), ASSAULT | STRANGER | victim_of(12),
                    ASSAULT | STRANGER | victim_of(18), ASSAULT | STRANGER, DAMAGE | STRANGER | victim_of(12))],
        {"da_parallel_incidents": 2},
    ),
    "harm among children is child abuse in a family or a couple alone": (
        [DA, *apart(*(ASSAULT | victim_of(15) | suspect_of(15) | {"relationship": of} for of in (
            "acquaintance", "stranger", "none", "sibling", "other_family", "partner", "ex_partner")))],
        {"da_parallel_incidents": 4},
    ),
    "a sexual offence among children is no exception": (
        [DA, *apart(*(SEXUAL_ASSAULT | victim_of(15) | suspect_of(15) | {"relationship": of} for of in (
            "acquaintance", "stranger", "none", None, "sibling", "partner")))],
        {"da_parallel_incidents": 2},
    ),
    "harm among children of whom no relationship is recorded is not child abuse": (
        [DA, OTHER | ASSAULT | victim_of(15) | suspect_of(15)], {"da_parallel_incidents": 0},
    ),
    "what is called child abuse is child abuse, by whomever": (
        [DA, OTHER | CRUELTY | STRANGER | suspect_of(15) | victim_of(8)], {"da_parallel_incidents": 1},
    ),
    "a code tells of abuse whatever family the config gives it, a title does not": (
        [DA, *apart({"offence_code": "01916", "offence_family": "violence"},
                    *(title | {"offence_family": "violence"} for title in non_crimes("Child protection concern")))],
        {"da_parallel_incidents": 1, "child_vulnerable_incidents": 0},
    ),
    "a title that the config calls no crime is one that somebody knows": (
        [DA, *apart(*(title | PARENT | suspect_of(14) | {"offence_family": "non_crime"}
                      for title in non_crimes("Harassment - no crime", "Missing person", "Domestic incident")))],
        {"da_parallel_incidents": 1},
    ),
    "the least of a suspect's ages holds for the incident": (
        [DA, OTHER | suspect_of(15), OTHER | ASSAULT | STRANGER | victim_of(15) | suspect_of(30)],
        {"da_parallel_incidents": 0},
    ),
    "not all that the family of breaches holds is a breach": (
        [DA, *apart(*codes("06639", "19566", "08301", "07901", "06617", "07904"))],
        # To threaten a witness is no breach, but non-compliance.
        {"breach_incidents": 3, "non_compliance_incidents": 4, "non_compliance_share": 4 / 7},
    ),
    "a non-crime may be a breach, by title or code": (
        [DA, *apart(*non_crimes("Breach of bail", "Missing person"), {"is_crime": False, "offence_code": "06639"})],
        {"breach_incidents": 2},
    ),
    "the config alone makes a breach where code and title tell nothing": (
        [DA, *apart(*(known | {"offence_family": "breach"} for known in (
            {}, UNHEARD_OF, {"offence_code": "99998"}, {"is_crime": False}, {"offence_code": "07901"}, DAMAGE,
            *non_crimes("Missing person"))))],
        {"breach_incidents": 4, "non_compliance_incidents": 4},
    ),
    "a breach is one whatever family the config gives it": (
        [DA | {"offence_code": "06639", "offence_family": "violence"}], {"breach_incidents": 1, "da_breach_share": 0},
    ),
    "damage, an assault on the police, a threat to a witness and dangerous driving are non-compliance": (
        [DA, *apart(*codes("14900", "10423", "07904", "00412", "80901", "10501", "07901"),
                    {"offence_family": "criminal_damage"}, *({"offence": title} for title in (
                        "Assault on a constable", "Intimidating a witness", "Dangerous driving")))],
        {"non_compliance_incidents": 8, "breach_incidents": 0},
    ),
    "the most severe record of an offence says whether it is a breach": (
        [DA, OTHER | HARM | {"offence_id": "1"}, OTHER | {"offence_id": "1", "offence_code": "06639"}],
        {"breach_incidents": 0},
    ),
    "shares of non-crimes are of non-crimes, graded or not": (
        [DA | {"is_crime": False, "risk_grade": "high"},
         *apart({}, {"risk_grade": "medium"}, like=DA | {"is_crime": False}),
         DA | {"incident_id": "I3", "risk_grade": "high"},
         OTHER | {"is_crime": False, "risk_grade": "high"}],
        {"da_non_crime_high_risk_share": 1 / 3, "da_non_crime_high_risk_graded_share": 1 / 2,
         "da_non_crime_medium_risk_share": 1 / 3, "high_risk_non_crimes": 1, "da_high_risk_share": 2 / 3},
    ),
    "a non-crime beside a crime is not an incident without a crime": (
        [DA | {"is_crime": False, "risk_grade": "high"}, DA],
        {"high_risk_non_crimes": 0, "da_non_crime_high_risk_share": 0},
    ),
    "every crime of a DA incident is one of its crimes": (
        [DA | PARTNER | ASSAULT, DA | CHILD | CRUELTY],
        {"da_crimes": 1, "da_families": 2, "non_da_families": 0},
    ),
    "an offence against two people is one, of two ids it is two": (
        [DA | PARTNER | ASSAULT, DA | ASSAULT | {"victim_id": "D"},
         OTHER | ASSAULT | {"offence_id": "1"}, OTHER | ASSAULT | {"offence_id": "2"}],
        {"da_severity_total": 10, "non_da_severity_total": 20},
    ),
    "the most severe record of an offence speaks for it": (
        [DA | ASSAULT | {"offence_id": "1"}, DA | {"offence_id": "1", "offence_code": "01908"}],
        {"da_severity_total": 2555, "da_families": 1, "da_sexual_share": 1, "da_violence_share": 0},
    ),
    "with a partner among the victims an incident is not one with a family member": (
        [DA | PARTNER, DA | {"victim_id": "C"} | BROTHER, *apart(BROTHER, {"relationship": "ex_partner"}, like=DA)],
        {"da_family_incidents": 1, "da_ex_partner_incidents": 1, "da_family_share": 1 / 3},
    ),
    "an incident has one area and one borough": (
        [DA | {"lsoa": "E1", "borough": "North"}, DA | {"lsoa": "E2", "borough": "South"}],
        {"da_lsoas": 1, "boroughs": 1},
    ),
    "a report dated to the day is not before the start": (
        [DA | {"reported_at": datetime(2020, 6, 1)}],
        {"da_reporting_delay_mean_days": 0},
    ),
    "the highest grade of an incident is its grade": (
        [DA | {"risk_grade": "standard"}, DA | {"risk_grade": "high"}, DA | {"risk_grade": "medium"}],
        {"da_high_risk_share": 1, "da_medium_risk_share": 0},
    ),
    "an incident lasts from its first start to its last end, and is known from the first report": (
        [
            DA | {"occurred_to": datetime(2020, 6, 1, 13), "reported_at": datetime(2020, 6, 3, 12)},
            DA | {"occurred_to": datetime(2020, 6, 1, 18), "reported_at": datetime(2020, 6, 2, 12)},
        ],
        {"da_duration_mean_hours": 6, "da_reporting_delay_mean_days": 1},
    ),
    "severe is more than 500 points, not 500": (
        [DA | {"offence_code": "01908"}, DA | {"offence_code": "00806", "incident_id": "I3"}],
        {"da_severe_incidents": 1, "da_severity_max": 2555},
    ),
}  # fmt: skip


# The same under another definition of DA.
AT_17 = [DA, *apart(*(suspect_of(17) | {"occurred_from": at} for at in (
    datetime(2010, 12, 31), datetime(2013, 3, 30, 23, 59, 59), datetime(2013, 3, 31))), like=DA)]  # fmt: skip
FROM_18_TO_16 = [{"from": date(2011, 1, 1), "age": 18}, {"from": date(2013, 3, 31), "age": 16}]
HONOUR = OTHER | {"honour_based": True}
DEFINED = {
    "an age holds from its day on, the first for earlier days too": (
        {"minimum_age": FROM_18_TO_16}, AT_17, {"da_incidents": 2, "below_age_incidents": 2},
    ),
    "the order of the ages does not matter": (
        {"minimum_age": FROM_18_TO_16[::-1]}, AT_17, {"da_incidents": 2, "below_age_incidents": 2},
    ),
    "one age holds for all days": ({"minimum_age": 18}, AT_17, {"da_incidents": 1, "below_age_incidents": 3}),
    "without an age the flag alone decides": (
        {"minimum_age": None}, [DA | CHILD | CRUELTY],
        {"da_incidents": 1, "below_age_incidents": 0, "da_victim_under_18_share": 1, "da_parallel_incidents": 0},
    ),
    "an included flag is a flag for adults and children alike": (
        {"include": ("honour_based",)}, [DA, HONOUR, *apart(CHILD, like=HONOUR)],
        {"da_incidents": 2, "non_da_incidents": 0, "below_age_incidents": 1},
    ),
    "a flag that is not included is none": (
        {"include": ("fgm",)}, [DA, HONOUR, *apart(CHILD, like=HONOUR)],
        {"da_incidents": 1, "non_da_incidents": 2, "below_age_incidents": 0},
    ),
}  # fmt: skip
ALL = {reading: ({}, *counted) for reading, counted in READINGS.items()} | DEFINED


@pytest.mark.parametrize("reading", ALL)
def test_the_words_decide(features_of, reading):
    definition, rows, expected = ALL[reading]
    features = [BY_NAME[name] for name in expected]
    found = features_of(rows, definition=DomesticAbuse(**definition), features=features).loc["A"].to_dict()
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("reading", ALL)
def test_the_slow_version_follows_the_words(reading):
    definition, rows, expected = ALL[reading]
    history = histories(rows, **definition)["A"]
    assert {name: SLOW[name](history) for name in expected} == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("outcomes", [("1", "16"), ("16", "1")])
def test_the_outcome_does_not_decide_which_record_speaks(features_of, outcomes):
    rows = [
        {**DA, "da_flag": flag, "offence_id": "1", "offence_code": "10501", "outcome_code": outcome}
        for flag, outcome in zip((True, False), outcomes, strict=True)
    ]
    names = ["da_families", "non_da_families"]
    assert features_of(rows, features=[BY_NAME[name] for name in names]).loc["A"].tolist() == [1, 0]
