"""One history written out and counted by hand, for the features and for their slow version."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from .histories import row
from .slow_features import SLOW, histories

# A suspect, born on 15 June 1990; 2018-03-03 is a Saturday, 2020-01-05 a Sunday.
A = {"offender_id": "A", "offender_dob": date(1990, 6, 15)}
B = {"victim_id": "B", "victim_dob": date(1992, 6, 14)}
ASSAULT = {
    "incident_id": "I2",
    "occurred_from": datetime(2019, 6, 14, 12),
    "occurred_to": datetime(2019, 6, 14, 13),
    "reported_at": datetime(2019, 6, 15),
    "da_flag": True,
    "risk_grade": "standard",
    "location_type": "residential",
    "imd_decile": "2",
    "lsoa": "E1",
    "borough": "North",
    "alcohol": True,
    "drugs": False,
}
BY_HAND = [
    # Shoplifting, severity 1, half an hour on a Saturday night.
    row(**A, incident_id="I1", occurred_from=datetime(2018, 3, 3, 23),
        occurred_to=datetime(2018, 3, 3, 23, 30), offence_code="04600", location_type="retail",
        imd_decile="2", borough="North", drugs=True),
    # Common assault (10) of two people, once; and damage (2) to the property of one of them; an hour, known
    # half a day after it began.
    row(**A, **ASSAULT, **B, offence_code="10501", relationship="partner"),
    row(**A, **ASSAULT, victim_id="C", victim_age=40.0, offence_code="10501", relationship="sibling"),
    row(**A, **ASSAULT, **B, offence_code="14900", relationship="partner"),
    # A non-crime on a Sunday night, graded high, no end, no report.
    row(**A, **B, incident_id="I3", occurred_from=datetime(2020, 1, 5, 2), da_flag=True, is_crime=False,
        risk_grade="high", relationship="ex_partner", location_type="residential", lsoa="E1"),
    # Actual bodily harm (365) that lasted 365 days, known after two and a half, from the 30th birthday on.
    row(**A, victim_id="D", incident_id="I4", occurred_from=datetime(2020, 6, 15, 8),
        occurred_to=datetime(2021, 6, 15, 8), reported_at=datetime(2020, 6, 17, 20), da_flag=True,
        offence_code="00806", risk_grade="high", relationship="parent", location_type="public",
        imd_decile="4", lsoa="E2", borough="South", alcohol=True, drugs=True, honour_based=True),
    # Breach of a non-molestation order (7.5), a second before the night is over.
    row(**A, incident_id="I5", occurred_from=datetime(2020, 7, 1, 5, 59, 59), offence_code="06639",
        location_type="public", imd_decile="10"),
    # Cruelty to a child of 9, flagged: below the age, so that nothing but what asks for it counts it.
    row(**A, incident_id="I8", victim_id="E", victim_dob=date(2008, 1, 1), relationship="child",
        occurred_from=datetime(2017, 5, 5, 12), occurred_to=datetime(2018, 6, 5, 12),
        reported_at=datetime(2017, 6, 5), da_flag=True, offence_code="01103", risk_grade="medium",
        location_type="public", imd_decile="1", lsoa="E9", borough="West", alcohol=True, honour_based=True),
    # A concern for a child of 7, not flagged and no crime, of an hour and a half.
    row(**A, incident_id="I9", victim_id="F", victim_age=7.0, occurred_from=datetime(2019, 10, 1, 12),
        occurred_to=datetime(2019, 10, 1, 13, 30), is_crime=False, offence="Child protection concern",
        location_type="residential", imd_decile="6", borough="North"),
    # Three times A is the victim: outside DA and before the first DA incident, in DA and after it, and at 14.
    row(offender_id="B", victim_id="A", incident_id="I6", occurred_from=datetime(2019, 1, 1, 10)),
    row(offender_id="B", victim_id="A", incident_id="I7", occurred_from=datetime(2020, 2, 2, 10), da_flag=True),
    row(offender_id="B", victim_id="A", victim_age=14.0, incident_id="I10", occurred_from=datetime(2005, 1, 1),
        da_flag=True),
]  # fmt: skip
COUNTED = {
    "age_first_incident": 27,  # on 3 March 2018
    "age_first_da": 28,  # the day before the 29th birthday
    "age_last_da": 30,  # on the birthday
    # Known ages: B 27 and C 40 in I2, B 27 in I3; the suspect is 28, 28 and 29.
    "da_victim_age_mean": 94 / 3, "da_victim_age_gap_mean": (1 - 12 + 2) / 3,
    "da_victim_under_18_share": 0, "da_victim_over_60_share": 0,
    "non_da_victim_age_mean": 7, "non_da_victim_under_18_share": 1,
    # I1, I5 and I9 are not DA, I8 is neither.
    "incidents": 6, "da_incidents": 3, "non_da_incidents": 3, "below_age_incidents": 1,
    "da_crimes": 2, "non_da_crimes": 2,
    # Pairs: I2 with B, I2 with C, I3 with B, I4 with D.
    "victims": 4, "da_victims": 3, "non_da_victims": 1, "da_repeat_victims": 1,
    "da_most_against_one_victim": 2,
    "da_same_victim_share": 2 / 4,
    # I2 partner and sibling, I3 ex-partner, I4 parent.
    "da_intimate_share": 2 / 3, "da_family_share": 1 / 3, "da_ex_partner_share": 1 / 3,
    "da_family_incidents": 1, "da_ex_partner_incidents": 1,
    "da_span_days": 367 - 4 / 24,  # 14 June 2019 12:00 to 15 June 2020 08:00, over a 29 February
    "offending_span_days": 851 - (17 * 3600 + 1) / 86400,  # 3 March 2018 23:00 to 1 July 2020 05:59:59
    "days_to_first_da": 468 - 11 / 24,  # 3 March 2018 23:00 to 14 June 2019 12:00
    "non_da_before_first_da": 1,
    "da_duration_mean_hours": (1 + 8760) / 2, "da_duration_max_hours": 8760,
    "non_da_duration_mean_hours": (0.5 + 1.5) / 2,
    "da_over_a_year_share": 1 / 2, "da_over_a_year_incidents": 1, "da_night_share": 1 / 3,
    "da_night_incidents": 1, "da_weekend_share": 1 / 3, "non_da_night_share": 2 / 3,
    "da_reporting_delay_mean_days": (0.5 + 2.5) / 2,
    "da_residential_share": 2 / 3, "da_public_share": 1 / 3, "da_public_incidents": 1,
    "non_da_retail_incidents": 1,
    "non_da_public_share": 1 / 3, "non_da_retail_share": 1 / 3,
    "imd_decile_mean": (2 + 2 + 4 + 10 + 6) / 5, "boroughs": 2, "da_lsoas": 2,
    # DA: 12, 0 and 365; non-DA: 1, 7.5 and 0.
    "da_severity_total": 377, "da_severity_mean": 377 / 3, "da_severity_max": 365,
    "da_severe_incidents": 0, "non_da_severe_incidents": 0,
    "non_da_severity_total": 8.5, "non_da_severity_mean": 8.5 / 3, "non_da_severity_max": 7.5,
    "da_non_crime_share": 1 / 3, "da_non_crimes": 1, "non_da_non_crime_share": 1 / 3,
    "da_violence_share": 2 / 3, "da_violence_incidents": 2, "da_sexual_share": 0, "da_sexual_incidents": 0,
    "da_stalking_harassment_incidents": 0, "da_coercive_incidents": 0, "da_stalking_harassment_share":
    0, "da_coercive_share": 0,
    "da_damage_share": 1 / 3, "da_breach_share": 0, "da_homicides": 0,
    "child_vulnerable_share": 1 / 6, "child_vulnerable_incidents": 1,
    "non_da_violence_share": 0, "non_da_violence_incidents": 0, "non_da_drugs_incidents": 0,
    "non_da_sexual_share": 0, "non_da_acquisitive_share": 1 / 3,
    "non_da_acquisitive_incidents": 1, "non_da_drugs_share": 0, "non_da_public_order_share": 0,
    "non_da_weapons_share": 0, "non_da_motoring_share": 0,
    # I9, and I8 where those below the age are among them.
    "non_da_parallel_share": 1 / 3, "da_parallel_incidents": 2,
    # The damage of I2 and the breach of I5.
    "non_compliance_share": 2 / 6, "non_compliance_incidents": 2, "breach_incidents": 1,
    "da_families": 2, "non_da_families": 2,
    # Grades: standard, high, high.
    "da_high_risk_share": 2 / 3, "da_medium_risk_share": 0,
    "da_non_crime_high_risk_share": 1, "da_non_crime_high_risk_graded_share": 1,
    "da_non_crime_medium_risk_share": 0, "high_risk_non_crimes": 1,
    "da_honour_based_share": 1 / 3,
    "da_victimisations": 1, "non_da_victimisations": 1, "victimised_before_first_da": 1,
    "da_substance_share": 2 / 3, "da_substance_incidents": 2, "non_da_substance_share": 1 / 3,
    "non_da_substance_incidents": 1, "da_alcohol_share": 2 / 3, "da_drugs_share": 1 / 3,
}  # fmt: skip


def test_a_history_counted_by_hand(features_of):
    found = features_of(BY_HAND)
    assert list(found.index) == ["A", "B"]
    assert found.loc["A"].to_dict() == pytest.approx(COUNTED, rel=1e-12)


def test_the_slow_version_counts_as_the_hand_does():
    of_a = histories(BY_HAND)["A"]
    assert {name: work(of_a) for name, work in SLOW.items()} == pytest.approx(COUNTED, rel=1e-12)
