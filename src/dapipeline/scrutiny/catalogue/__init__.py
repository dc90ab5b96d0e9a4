"""Every indicator, and what no extract of these columns can give."""

from __future__ import annotations

from dapipeline.scrutiny.catalogue.action import ACTION
from dapipeline.scrutiny.catalogue.people import PEOPLE
from dapipeline.scrutiny.catalogue.volume import VOLUME
from dapipeline.scrutiny.indicator import Indicator

CATALOGUE: tuple[Indicator, ...] = (*VOLUME, *ACTION, *PEOPLE)
BY_KEY = {indicator.key: indicator for indicator in CATALOGUE}

# Key, title, what an extract would have to hold, source.
NEVER = (
    ("calls", "DA share of calls, and repeat callers", "call_id, caller_id", "HMIC 2014, Calls for assistance"),
    ("call_to_crime_report", "Calls that end in a crime report", "call_id", "MPS VAW 2010, Update on recommendations "
              "2"),
    ("response_time", "Response time to DA calls", "arrived_at", "HMIC 2014, Findings"),
    ("brought_to_justice", "Serious offences brought to justice", "court_result", "MPS 2008 ¶45-46"),
    ("charges_against_prosecutions", "Police charges against prosecutors' cases", "prosecution_flag", "MPS 2008 ¶20"),
    ("unsupported_prosecutions", "Prosecutions without the victim's support", "victim_supports",
     "MPS VAW 2010, brief B1"),
    ("sentences", "Sentences and convictions", "court_result, sentence", "MPS 2004 ¶2.13"),
    ("charging_delay", "Weeks on bail before a charging decision", "bail_from", "MPS 2008 ¶89"),
    ("regrading", "Grades changed at a second assessment", "second_risk_grade", "MPS 2008 ¶69"),
    ("risk_dip_sample", "Dip sample of risk assessments", "the reviewer's finding", "MPS 2008 ¶44"),
    ("police_suspects", "Cases with police officers or staff as suspects", "suspect_is_police",
     "MPS VAW 2010, brief B2"),
    ("homicide_reviews", "Homicide reviews begun and finished", "review_status", "MPS 2008 ¶25"),
    ("forensic_and_intelligence", "DNA held, intelligence logs, national databases", "dna, intelligence_log",
     "MPS 2004 ¶4.4"),
    ("service", "Victim contact, satisfaction, staff and training", "victim_contact_at, satisfaction, staff",
     "MPS VAW 2010, brief B1"),
)  # fmt: skip
