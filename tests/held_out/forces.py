"""Invented exports of British and other forces, with the habits of their analysts."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from ..layouts.british import BEATS, PREMISES, RELATIONS, offence
from ..layouts.layout import MARKERS, File, Layout
from ..layouts.world import flagged, gaps, numbered, stamped, sure, worded
from .american import SEXES, TRUTH, YN, frozen
from .shared import OUTCOME_WORDS, TWENTY, UK_RACES, Titled, aged, coded, made, many, sexed

BIT = {"1": "true", "0": "false"}
YES = {"yes": "true", "no": "false"}
OUTCOMES = sure(OUTCOME_WORDS, "Caution - adult")
RELATION_CODES = {
    "partner": "PT",
    "ex_partner": "XP",
    "parent": "PA",
    "child": "CH",
    "sibling": "SB",
    "other_family": "OF",
    "acquaintance": "AC",
    "stranger": "ST",
    "none": "NR",
}


def _code(rows: pd.DataFrame) -> pd.Series:
    classes = offence(rows, 0)
    return (classes.str.zfill(3) + offence(rows, 1)).where(classes != "", "")


def oracle(seed: int) -> pd.DataFrame:
    """Make an Oracle export of a Niche: codes beside descriptions, names cut at thirty letters."""
    rng, rows = made(seed, "oracle")
    day = "%d-%b-%y"

    def days(which: str) -> pd.Series:
        return stamped(rows[which], day).str.upper()

    risk = rows["risk"]
    relation = rows["relation"].where(rows["relation"] != "none", "")
    stamp = stamped(rows["reported"], "%d-%b-%y %I.%M.%S.000000000 %p").str.upper()
    return pd.DataFrame(
        {
            "OCCURRENCE_FILE_NO": numbered(rows["event"] + 400_000, "55190{:06d}"),
            "OFFENCE_ENQUIRY_REFERENCE_NUMB": numbered(rows["offence"] + 1, "55AB/{:06d}/19"),
            "OCCURRENCE_START_DATE": days("start"),
            "OCCURRENCE_START_TIME": stamped(rows["start"], "%H:%M"),
            "OCCURRENCE_END_DATE": days("end"),
            "OCCURRENCE_END_TIME": stamped(rows["end"], "%H:%M"),
            "REPORTED_TIMESTAMP": stamp,
            "RECORD_CREATED_DATE": days("reported"),
            "LAST_MODIFIED_DATE": stamped(rows["reported"] + pd.Timedelta(days=40), day).str.upper(),
            "OFFENCE_CODE": _code(rows),
            "OFFENCE_DESC": offence(rows, 2)
            .where(rows["kind"] != "no_crime", "Domestic incident non-crime")
            .str.upper(),
            "OCC_CLASS_CD": flagged(rows["kind"] != "no_crime", "CR", "NC"),
            "OCC_CLASS_DESC": flagged(rows["kind"] != "no_crime", "Recorded crime", "Non crime"),
            "DOMESTIC_ABUSE_INDICATOR_YN": flagged(rows["da"]),
            "RISK_CD": risk.str[:1].str.upper(),
            "RISK_DESC": risk.map({"standard": "Standard risk", "medium": "Medium risk", "high": "High risk"}).fillna(
                ""
            ),
            "SUSPECT_NOMINAL_PERSON_IDENTIF": numbered(rows["offender"], "{}"),
            "SUSPECT_SURNAME": rows["offender_name"].str.split().str[-1].fillna("").str.upper(),
            "SUSPECT_FORENAME": rows["offender_name"].str.split().str[0].fillna(""),
            "SUSPECT_DOB": stamped(rows["offender_born"], day).str.upper(),
            "SUSPECT_GENDER_CD": sexed(rows, "offender"),
            "SUSPECT_GENDER_DESC": sexed(rows, "offender", "Male", "Female"),
            "SUSPECT_SELF_DEFINED_ETHNICITY": coded(rows, "offender", ("W1", "A2", "B1", "M3", "NS")),
            "AGGRIEVED_NOMINAL_PERSON_IDENT": numbered(rows["victim"], "{}"),
            "AGGRIEVED_DOB": stamped(rows["victim_born"], day).str.upper(),
            "AGGRIEVED_GENDER_CD": sexed(rows, "victim"),
            "RELATIONSHIP_CD": relation.map(RELATION_CODES).fillna(""),
            "RELATIONSHIP_DESC": worded(rng, relation, RELATIONS),
            "PREMISES_CD": rows["place"].map(
                {"residential": "R1", "public": "P1", "licensed": "L1", "retail": "S1", "custody": "C1", "other": "Z1"}
            ),
            "PREMISES_DESC": worded(rng, rows["place"], PREMISES, rows["event"]),
            "OUTCOME_CD": rows["outcome"].astype(str),
            "OUTCOME_DESC": worded(rng, rows["outcome"].astype(str), OUTCOME_WORDS),
            "REPORTING_OFFICER_ID": (rows["officer"] + 4000).astype(str),
            "BEAT_CD": rows["area"].map("B{:02d}".format),
            "BEAT_DESC": rows["area"].map(lambda n: BEATS[n]),
        }
    )


ORACLE = Layout(
    name="oracle_niche",
    source="invented, an Oracle export of a Niche",
    note="Days as 31-DEC-19 with a clock beside them, a timestamp, names cut at thirty letters, codes beside words.",
    table=oracle,
    rows=partial(many, name="oracle"),
    file=File("NICHE_DA_EXPORT.csv"),
    expected={
        "incident_id": "OCCURRENCE_FILE_NO",
        "offence_id": "OFFENCE_ENQUIRY_REFERENCE_NUMB",
        "offender_id": "SUSPECT_NOMINAL_PERSON_IDENTIF",
        "victim_id": "AGGRIEVED_NOMINAL_PERSON_IDENT",
        "occurred_from": "OCCURRENCE_START_DATE",
        "occurred_to": "OCCURRENCE_END_DATE",
        "reported_at": "REPORTED_TIMESTAMP",
        "offence_code": "OFFENCE_CODE",
        "offence": "OFFENCE_DESC",
        "is_crime": "OCC_CLASS_DESC",
        "da_flag": "DOMESTIC_ABUSE_INDICATOR_YN",
        "risk_grade": "RISK_DESC",
        "offender_dob": "SUSPECT_DOB",
        "offender_sex": "SUSPECT_GENDER_DESC",
        "victim_dob": "AGGRIEVED_DOB",
        "offender_ethnicity": "SUSPECT_SELF_DEFINED_ETHNICITY",
        "victim_sex": "AGGRIEVED_GENDER_CD",
        "relationship": "RELATIONSHIP_DESC",
        "location_type": "PREMISES_DESC",
        "outcome_code": "OUTCOME_CD",
        "borough": "BEAT_DESC",
    },
    may={
        "RISK_CD": frozen("risk_grade"),
        "OCC_CLASS_CD": frozen("is_crime"),
        "SUSPECT_GENDER_CD": frozen("offender_sex"),
        "RELATIONSHIP_CD": frozen("relationship"),
        "OUTCOME_DESC": frozen("outcome_code"),
        "BEAT_CD": frozen("borough"),
        "PREMISES_CD": frozen("location_type"),
        "OFFENCE_DESC": frozen("is_crime", "offence_family"),
        "OCCURRENCE_START_TIME": frozen("occurred_from"),
        "OCCURRENCE_END_TIME": frozen("occurred_to"),
        "OFFENCE_CODE": frozen("is_crime"),
    },
    values={
        "da_flag": YN,
        "is_crime": {"cr": "true", "nc": "false", "recorded crime": "true", "non crime": "false"},
        "risk_grade": {
            "standard risk": "standard",
            "medium risk": "medium",
            "high risk": "high",
            "s": "standard",
            "m": "medium",
            "h": "high",
        },
        "offender_sex": {"m": "M", "f": "F", **SEXES},
        "victim_sex": {"m": "M", "f": "F"},
        "relationship": sure({k: v for k, v in RELATIONS.items() if k != "none"}),
        "location_type": sure(PREMISES),
    },
    person=frozen(
        "SUSPECT_NOMINAL_PERSON_IDENTIF",
        "SUSPECT_SURNAME",
        "SUSPECT_FORENAME",
        "SUSPECT_DOB",
        "AGGRIEVED_NOMINAL_PERSON_IDENT",
        "AGGRIEVED_DOB",
        "REPORTING_OFFICER_ID",
    ),
    derived={"occurred_from": "with OCCURRENCE_START_TIME", "occurred_to": "with OCCURRENCE_END_TIME"},
)


def sql_server(seed: int) -> pd.DataFrame:
    """Make a grid saved from SQL Server: tabs, NULL, bits, milliseconds."""
    rng, rows = made(seed, "sql_server")

    def moment(cells: pd.Series) -> pd.Series:
        return stamped(cells, "%Y-%m-%d %H:%M:%S.000").replace("", "NULL")

    def null(cells: pd.Series) -> pd.Series:
        return cells.replace("", "NULL")

    relation = worded(rng, rows["relation"], RELATIONS)
    return pd.DataFrame(
        {
            "CrimeRecordKey": (rows["offence"] + 7_000_000).astype(str),
            "IncidentUrn": numbered(rows["event"] + 1, "{:08d}"),
            "CrimeNumber": null(numbered(rows["offence"].where(rows["kind"] != "no_crime", -1), "13{:07d}/19")),
            "CommittedFromDateTime": moment(rows["start"]),
            "CommittedToDateTime": moment(rows["end"]),
            "ReportedDateTime": moment(rows["reported"]),
            "CreatedDateTime": moment(rows["reported"] + pd.Timedelta(minutes=40)),
            "ModifiedDateTime": moment(rows["reported"] + pd.Timedelta(days=100)),
            "CreatedBy": rows["officer"].map("FORCE\\u{:05d}".format),
            "OfficerInCaseCollarNumber": (rows["officer"] + 1200).astype(str),
            "HomeOfficeOffenceCode": null(_code(rows)),
            "HomeOfficeOffenceDescription": null(offence(rows, 2)),
            "IsCrime": flagged(rows["kind"] != "no_crime", "1", "0"),
            "IsDomesticAbuse": flagged(rows["da"], "1", "0"),
            "IsHateCrime": flagged(rng.random(len(rows)) < 0.03, "1", "0"),
            "IsAlcoholInvolved": flagged(rows["alcohol"], "1", "0"),
            "IsDrugsInvolved": flagged(rows["drugs"], "1", "0"),
            "IsHonourBasedAbuse": flagged(rng.random(len(rows)) < 0.01, "1", "0"),
            "IsSuspectArrested": flagged(rows["arrested"], "1", "0"),
            "IsRepeatVictim": flagged(rng.random(len(rows)) < 0.2, "1", "0"),
            "DashRiskLevel": null(rows["risk"].str.title()),
            "SuspectPersonKey": null(numbered(rows["offender"], "{:010d}")),
            "SuspectFullName": null(rows["offender_name"]),
            "SuspectDateOfBirth": moment(rows["offender_born"]),
            "SuspectSex": null(sexed(rows, "offender", "Male", "Female")),
            "SuspectEthnicity": null(coded(rows, "offender", UK_RACES)),
            "SuspectMobilePhone": null(numbered(rows["offender"], "07700{:06d}")),
            "VictimPersonKey": null(numbered(rows["victim"], "{:010d}")),
            "VictimFullName": null(rows["victim_name"]),
            "VictimDateOfBirth": moment(rows["victim_born"]),
            "VictimSex": null(sexed(rows, "victim", "Male", "Female")),
            "VictimPostcode": null(numbered(rows["victim"], "ZZ1 {:05d}").str.slice(0, 7)),
            "VictimRelationshipToSuspect": null(relation),
            "WitnessPersonKey": gaps(rng, (rows["officer"] * 31 + 80_000).map("{:010d}".format), 0.7, "NULL"),
            "OutcomeDescription": null(worded(rng, rows["outcome"].astype(str), OUTCOME_WORDS)),
            "LocationTypeDescription": worded(rng, rows["place"], PREMISES, rows["event"]),
            "DistrictName": rows["area"].map(lambda n: BEATS[n]),
        }
    )


SQL_SERVER = Layout(
    name="sql_server",
    source="invented, a grid saved from SQL Server",
    note="Tabs, NULL, bits, milliseconds, ids with leading noughts, a witness, an officer, names and telephones.",
    table=sql_server,
    rows=partial(many, name="sql_server"),
    file=File("results.txt", delimiter="\t", datetime_format="%Y-%m-%d %H:%M:%S.%f"),
    expected={
        "incident_id": "IncidentUrn",
        "offence_id": "CrimeNumber",
        "offender_id": "SuspectPersonKey",
        "victim_id": "VictimPersonKey",
        "occurred_from": "CommittedFromDateTime",
        "occurred_to": "CommittedToDateTime",
        "reported_at": "ReportedDateTime",
        "offence_code": "HomeOfficeOffenceCode",
        "offence": "HomeOfficeOffenceDescription",
        "is_crime": "IsCrime",
        "da_flag": "IsDomesticAbuse",
        "alcohol": "IsAlcoholInvolved",
        "drugs": "IsDrugsInvolved",
        "honour_based": "IsHonourBasedAbuse",
        "arrested": "IsSuspectArrested",
        "risk_grade": "DashRiskLevel",
        "offender_dob": "SuspectDateOfBirth",
        "victim_dob": "VictimDateOfBirth",
        "offender_sex": "SuspectSex",
        "victim_sex": "VictimSex",
        "offender_ethnicity": "SuspectEthnicity",
        "relationship": "VictimRelationshipToSuspect",
        "outcome_code": "OutcomeDescription",
        "location_type": "LocationTypeDescription",
        "borough": "DistrictName",
    },
    may={
        "CrimeRecordKey": frozen("offence_id"),
        "IsHateCrime": frozen(MARKERS),
        "IsRepeatVictim": frozen(MARKERS),
        "CrimeNumber": frozen("is_crime"),
    },
    values={
        **dict.fromkeys(("is_crime", "da_flag", "alcohol", "drugs", "honour_based", "arrested"), BIT),
        "risk_grade": {"standard": "standard", "medium": "medium", "high": "high"},
        "offender_sex": SEXES,
        "victim_sex": SEXES,
        "outcome_code": OUTCOMES,
        "location_type": sure(PREMISES),
        "relationship": sure({k: v for k, v in RELATIONS.items() if k != "none"}),
    },
    person=frozen(
        "SuspectPersonKey",
        "SuspectFullName",
        "SuspectDateOfBirth",
        "SuspectMobilePhone",
        "VictimPersonKey",
        "VictimFullName",
        "VictimDateOfBirth",
        "VictimPostcode",
        "WitnessPersonKey",
        "CreatedBy",
        "OfficerInCaseCollarNumber",
    ),
)


def power_bi(seed: int) -> pd.DataFrame:
    """Make a table exported from Power BI: long readable names."""
    rng, rows = made(seed, "power_bi")
    clock = "%d/%m/%Y %H:%M:%S"
    return pd.DataFrame(
        {
            "Investigation Reference Number": numbered(rows["offence"] + 1, "20/{:06d}/19"),
            "Parent Occurrence Reference": numbered(rows["event"] + 1, "OCC-{:07d}"),
            "Crime or Incident": flagged(rows["kind"] != "no_crime", "Crime", "Incident"),
            "Date and Time Committed From": stamped(rows["start"], clock),
            "Date and Time Committed To": gaps(rng, stamped(rows["end"], clock), 0.2),
            "Date and Time First Reported": stamped(rows["reported"], clock),
            "Home Office Counting Rules Description": offence(rows, 2).where(
                rows["kind"] != "no_crime", "Non-Crime DA"
            ),
            "Home Office Counting Rules Code": _code(rows),
            "Domestic Abuse Keyword Present": flagged(rows["da"], "DA", "Non DA"),
            "Keywords Applied": flagged(rows["da"], "Domestic Abuse; Vulnerable", "")
            + flagged(rows["alcohol"], "; Alcohol", ""),
            "DASH Risk Assessment Grading": rows["risk"]
            .map({"standard": "STANDARD", "medium": "MEDIUM", "high": "HIGH"})
            .fillna("Not Applicable"),
            "Unique Person Identifier of Suspect": numbered(rows["offender"], "{}"),
            "Suspect Date of Birth": stamped(rows["offender_born"], "%d/%m/%Y"),
            "Suspect Age at Time of Offence": aged(rows, "offender"),
            "Suspect Gender": sexed(rows, "offender", "Male", "Female"),
            "Suspect Self-Defined Ethnicity (16+1)": coded(rows, "offender", UK_RACES),
            "Unique Person Identifier of Victim": numbered(rows["victim"], "{}"),
            "Victim Date of Birth": stamped(rows["victim_born"], "%d/%m/%Y"),
            "Victim Age at Time of Offence": aged(rows, "victim"),
            "Victim Gender": sexed(rows, "victim", "Male", "Female"),
            "Victim Self-Defined Ethnicity (16+1)": coded(rows, "victim", UK_RACES),
            "Relationship of Victim to Suspect": worded(rng, rows["relation"], TWENTY),
            "Was the Suspect Arrested?": flagged(rows["arrested"], "Yes", "No"),
            "Home Office Outcome Description": worded(rng, rows["outcome"].astype(str), OUTCOME_WORDS),
            "Outcome Date": stamped(rows["reported"] + pd.Timedelta(days=20), "%d/%m/%Y"),
            "Type of Premises": worded(rng, rows["place"], PREMISES, rows["event"]),
            "Lower Super Output Area (LSOA) Code": (14370 + rows["area"] * 31).map("E010{:05d}".format),
            "Lower Super Output Area (LSOA) Name": rows["area"].map(lambda n: f"{BEATS[n]} 00{n}A"),
            "Index of Multiple Deprivation Decile": (rows["area"] + 2).astype(str),
            "Local Policing Unit": rows["area"].map(lambda n: BEATS[n]),
            "Number of Children Present": rng.integers(0, 4, len(rows)).astype(str),
            "Sum of Cambridge Harm Index": (rows["kind"].str.len() * 5).astype(str),
        }
    )


POWER_BI = Layout(
    name="power_bi",
    source="invented, a table exported from Power BI",
    note="Long readable names; births and ages; DA or Non DA; outcomes in words; twenty relations.",
    table=power_bi,
    rows=partial(many, name="power_bi"),
    file=File("data.csv", encoding="utf-8-sig"),
    expected={
        "incident_id": "Parent Occurrence Reference",
        "offence_id": "Investigation Reference Number",
        "offender_id": "Unique Person Identifier of Suspect",
        "victim_id": "Unique Person Identifier of Victim",
        "occurred_from": "Date and Time Committed From",
        "occurred_to": "Date and Time Committed To",
        "reported_at": "Date and Time First Reported",
        "offence": "Home Office Counting Rules Description",
        "offence_code": "Home Office Counting Rules Code",
        "is_crime": "Crime or Incident",
        "da_flag": "Domestic Abuse Keyword Present",
        "risk_grade": "DASH Risk Assessment Grading",
        "offender_dob": "Suspect Date of Birth",
        "victim_dob": "Victim Date of Birth",
        "offender_sex": "Suspect Gender",
        "victim_sex": "Victim Gender",
        "offender_ethnicity": "Suspect Self-Defined Ethnicity (16+1)",
        "victim_ethnicity": "Victim Self-Defined Ethnicity (16+1)",
        "relationship": "Relationship of Victim to Suspect",
        "arrested": "Was the Suspect Arrested?",
        "outcome_code": "Home Office Outcome Description",
        "location_type": "Type of Premises",
        "lsoa": "Lower Super Output Area (LSOA) Code",
        "imd_decile": "Index of Multiple Deprivation Decile",
        "borough": "Local Policing Unit",
    },
    may={
        "Suspect Age at Time of Offence": frozen("offender_age"),
        "Victim Age at Time of Offence": frozen("victim_age"),
        "Outcome Date": frozen("outcome_at"),
        "Keywords Applied": frozen("alcohol", "da_flag", MARKERS),
        "Sum of Cambridge Harm Index": frozen("severity"),
        "Number of Children Present": frozen(MARKERS),
        "Home Office Counting Rules Description": frozen("is_crime", "offence_family"),
        "Home Office Counting Rules Code": frozen("is_crime"),
    },
    values={
        "da_flag": {"da": "true", "non da": "false"},
        "is_crime": {"crime": "true", "incident": "false"},
        "risk_grade": {"standard": "standard", "medium": "medium", "high": "high"},
        "arrested": YES,
        "offender_sex": SEXES,
        "victim_sex": SEXES,
        "outcome_code": OUTCOMES,
        "location_type": sure(PREMISES),
        "relationship": sure({k: v for k, v in TWENTY.items() if k != "none"}),
    },
    person=frozen(
        "Unique Person Identifier of Suspect",
        "Suspect Date of Birth",
        "Unique Person Identifier of Victim",
        "Victim Date of Birth",
    ),
    accepts=frozen("Keywords Applied"),
)


def titled(seed: int) -> pd.DataFrame:
    """Make a workbook of one sheet with titles and a blank row above its header."""
    rng, rows = made(seed, "titled")
    clock = "%Y-%m-%d %H:%M:%S"
    return pd.DataFrame(
        {
            "Log No": numbered(rows["event"] + 1, "{}"),
            "Crime No": numbered(rows["offence"].where(rows["kind"] != "no_crime", -1), "C{:06d}"),
            "From": stamped(rows["start"], clock),
            "To": stamped(rows["end"], clock),
            "Date Rec'd": stamped(rows["reported"], clock),
            "Offence": offence(rows, 2).where(rows["kind"] != "no_crime", "Verbal argument only"),
            "HO Class": offence(rows, 0),
            "HO Sub": offence(rows, 1),
            "DV?": flagged(rows["da"], "Y", ""),
            "Risk": rows["risk"].map({"standard": "Std", "medium": "Med", "high": "High"}).fillna(""),
            "Perp Ref": numbered(rows["offender"], "{}"),
            "Perp Name": rows["offender_name"],
            "Perp DOB": stamped(rows["offender_born"], clock),
            "Perp Sex": sexed(rows, "offender"),
            "Vic Ref": numbered(rows["victim"], "{}"),
            "Vic Name": rows["victim_name"],
            "Vic DOB": stamped(rows["victim_born"], clock),
            "Vic Sex": sexed(rows, "victim"),
            "Rel (vic to perp)": worded(rng, rows["relation"], RELATIONS),
            "Nicked": flagged(rows["arrested"], "Y", ""),
            "Drink": flagged(rows["alcohol"], "Y", ""),
            "Drugs": flagged(rows["drugs"], "Y", ""),
            "LPA": rows["area"].map(lambda n: BEATS[n]),
            "Checked by": rows["officer"].map("Staff {:03d}".format),
        }
    )


TITLED = Layout(
    name="titled_workbook",
    source="invented, a workbook an analyst keeps",
    note="Two titles and a blank row above the header, days as Excel keeps them, Y or nothing, slang.",
    table=titled,
    rows=partial(many, name="titled"),
    file=Titled("DA log 2015-20.xlsx", titles=("DOMESTIC ABUSE LOG 2015 to 2020", "OFFICIAL-SENSITIVE")),
    expected={
        "incident_id": "Log No",
        "offence_id": "Crime No",
        "offender_id": "Perp Ref",
        "victim_id": "Vic Ref",
        "occurred_from": "From",
        "occurred_to": "To",
        "reported_at": "Date Rec'd",
        "offence": "Offence",
        "offence_code": "HO Class",
        "da_flag": "DV?",
        "risk_grade": "Risk",
        "offender_dob": "Perp DOB",
        "victim_dob": "Vic DOB",
        "offender_sex": "Perp Sex",
        "victim_sex": "Vic Sex",
        "arrested": "Nicked",
        "relationship": "Rel (vic to perp)",
        "alcohol": "Drink",
        "drugs": "Drugs",
        "borough": "LPA",
    },
    may={
        "HO Sub": frozen("offence_code"),
        "Offence": frozen("is_crime", "offence_family"),
        "Crime No": frozen("is_crime"),
        "HO Class": frozen("is_crime"),
    },
    values={
        "da_flag": {"y": "true"},
        "arrested": {"y": "true"},
        "alcohol": {"y": "true"},
        "drugs": {"y": "true"},
        "risk_grade": {"std": "standard", "med": "medium", "high": "high"},
        "offender_sex": {"m": "M", "f": "F"},
        "victim_sex": {"m": "M", "f": "F"},
        "relationship": sure({k: v for k, v in RELATIONS.items() if k != "none"}),
    },
    person=frozen("Perp Ref", "Perp Name", "Perp DOB", "Vic Ref", "Vic Name", "Vic DOB", "Checked by"),
    accepts=frozen("Nicked", "Drink"),
    derived={"offence_code": "with HO Sub"},
)


def connect(seed: int) -> pd.DataFrame:
    """Make an export of a Connect: nominals and their roles."""
    rng, rows = made(seed, "connect")
    clock = "%d/%m/%Y %H:%M"
    return pd.DataFrame(
        {
            "INV_URN": numbered(rows["event"] + 1, "45CN{:07d}19"),
            "INV_TYPE": flagged(rows["kind"] != "no_crime", "Crime Investigation", "Non-Crime Investigation"),
            "OFF_REF": numbered(rows["offence"] + 1, "OF{:08d}"),
            "HO_OFFENCE_CODE": _code(rows).map(lambda c: f"{int(c[:3])}/{c[3:]}" if c else ""),
            "STAT_CLASS": offence(rows, 2),
            "EARLIEST_COMMITTED_DT": stamped(rows["start"], clock),
            "LATEST_COMMITTED_DT": stamped(rows["end"], clock),
            "REPORTED_DT": stamped(rows["reported"], clock),
            "CLOSED_DT": gaps(rng, stamped(rows["reported"] + pd.Timedelta(days=60), clock), 0.2),
            "KEYWORDS": flagged(rows["da"], "DA|VULN", "")
            + flagged(rows["alcohol"], "|ALC", "")
            + flagged(rows["drugs"], "|DRG", ""),
            "NOM_1_ROLE": flagged(rows["offender"] >= 0, "SUSPECT", ""),
            "NOM_1_URN": numbered(rows["offender"], "00{}"),
            "NOM_1_SEX": sexed(rows, "offender"),
            "NOM_1_AGE": aged(rows, "offender"),
            "NOM_2_ROLE": flagged(rows["victim"] >= 0, "VICTIM", ""),
            "NOM_2_URN": numbered(rows["victim"], "00{}"),
            "NOM_2_SEX": sexed(rows, "victim"),
            "NOM_2_AGE": aged(rows, "victim"),
            "NOM_3_ROLE": flagged(rows["event"] % 3 == 0, "WITNESS", ""),
            "NOM_3_URN": (rows["officer"] * 17 + 60_000).map("00{}".format).where(rows["event"] % 3 == 0, ""),
            "NOM_1_NOM_2_REL": worded(
                rng,
                rows["relation"].replace({"parent": "child", "child": "parent"}),
                {**RELATIONS, "parent": ["Parent of"], "child": ["Child of"]},
            ),
            "OIC_COLLAR": (rows["officer"] + 300).map("{:05d}".format),
            "SUP_COLLAR": (rows["officer"] // 6 + 900).map("{:05d}".format),
            "CURRENT_STATUS": flagged(rows["outcome"].eq(0), "Open", "Filed"),
            "OUTCOME_TYPE": rows["outcome"].astype(str),
            "AREA_CODE": rows["area"].map("LPA{}".format),
        }
    ).pipe(lambda frame: frame.assign(KEYWORDS=frame["KEYWORDS"].str.strip("|")))


CONNECT = Layout(
    name="connect_nominals",
    source="invented, an export of a Connect",
    note="Three nominals, each with a role column; a list of keywords alone says domestic; ids with leading noughts; "
    "pipes between the columns and quotes about the keywords.",
    table=connect,
    rows=partial(many, name="connect"),
    file=File("connect_extract.txt", delimiter="|", datetime_format="%d/%m/%Y %H:%M"),
    expected={
        "incident_id": "INV_URN",
        "offence_id": "OFF_REF",
        "offender_id": "NOM_1_URN",
        "victim_id": "NOM_2_URN",
        "occurred_from": "EARLIEST_COMMITTED_DT",
        "occurred_to": "LATEST_COMMITTED_DT",
        "reported_at": "REPORTED_DT",
        "is_crime": "INV_TYPE",
        "offence_code": "HO_OFFENCE_CODE",
        "offence": "STAT_CLASS",
        "da_flag": "KEYWORDS",
        "offender_sex": "NOM_1_SEX",
        "victim_sex": "NOM_2_SEX",
        "offender_age": "NOM_1_AGE",
        "victim_age": "NOM_2_AGE",
        "relationship": "NOM_1_NOM_2_REL",
        "outcome_code": "OUTCOME_TYPE",
        "borough": "AREA_CODE",
    },
    may={
        "KEYWORDS": frozen("alcohol", "drugs", MARKERS),
        "CLOSED_DT": frozen("outcome_at"),
        "HO_OFFENCE_CODE": frozen("is_crime"),
        "STAT_CLASS": frozen("is_crime", "offence_family"),
        "NOM_1_ROLE": frozen("offender_id"),
        "NOM_2_ROLE": frozen("victim_id"),
        "CURRENT_STATUS": frozen(MARKERS),
    },
    values={
        "is_crime": {"crime investigation": "true", "non-crime investigation": "false"},
        "offender_sex": {"m": "M", "f": "F"},
        "victim_sex": {"m": "M", "f": "F"},
    },
    person=frozen("NOM_1_URN", "NOM_2_URN", "NOM_3_URN", "OIC_COLLAR", "SUP_COLLAR"),
    derived={"da_flag": "DA among the keywords"},
)


def slashes(seed: int) -> pd.DataFrame:
    """Make a file whose days are of two orders, and one column that could be either."""
    _, rows = made(seed, "slashes")
    early = rows["reported"] + pd.Timedelta(days=3)
    early = early - pd.to_timedelta(np.maximum(early.dt.day - 12, 0), unit="D")
    born = {who: rows[f"{who}_born"] for who in ("offender", "victim")}
    return pd.DataFrame(
        {
            "Ref": numbered(rows["event"] + 1, "DA{:06d}"),
            "Incident Date": stamped(rows["start"], "%d/%m/%Y"),
            "Incident Time": stamped(rows["start"], "%H%M"),
            "Reported (system)": stamped(rows["reported"], "%m/%d/%Y %I:%M %p"),
            "Review Date": stamped(early, "%d/%m/%Y"),
            "Offence Type": offence(rows, 2).where(rows["kind"] != "no_crime", "Non crime domestic"),
            "Domestic": flagged(rows["da"], "Domestic", "Not Domestic"),
            "Offender Number": numbered(rows["offender"], "{}"),
            "Offender D.O.B.": stamped(born["offender"], "%d/%m/%y"),
            "Victim Number": numbered(rows["victim"], "{}"),
            "Victim D.O.B.": stamped(born["victim"], "%d/%m/%y"),
            "Gender of Offender": sexed(rows, "offender", "Man", "Woman"),
            "Gender of Victim": sexed(rows, "victim", "Man", "Woman"),
            "Charged": flagged(rows["outcome"].eq(1), "1", "0"),
            "Town": rows["area"].map(lambda n: BEATS[n]),
        }
    )


SLASHES = Layout(
    name="slashes",
    source="invented, days of two orders in one file",
    note="Days d/m/Y, a system's m/d/Y, births of two-digit years, a review day never above 12; the clock is 4 digits.",
    table=slashes,
    rows=partial(many, name="slashes"),
    file=File("Copy of DA data (2).csv", encoding="cp1252"),
    expected={
        "incident_id": "Ref",
        "offender_id": "Offender Number",
        "victim_id": "Victim Number",
        "occurred_from": "Incident Date",
        "reported_at": "Reported (system)",
        "offence": "Offence Type",
        "da_flag": "Domestic",
        "offender_dob": "Offender D.O.B.",
        "victim_dob": "Victim D.O.B.",
        "offender_sex": "Gender of Offender",
        "victim_sex": "Gender of Victim",
        "borough": "Town",
    },
    may={
        "Offence Type": frozen("is_crime", "offence_family"),
        "Charged": frozen("outcome_code", MARKERS),
        "Incident Time": frozen("occurred_from"),
    },
    values={
        "da_flag": {"domestic": "true", "not domestic": "false"},
        "offender_sex": {"man": "M", "woman": "F"},
        "victim_sex": {"man": "M", "woman": "F"},
    },
    person=frozen("Offender Number", "Victim Number", "Offender D.O.B.", "Victim D.O.B."),
    derived={"occurred_from": "with Incident Time"},
)


def review(seed: int) -> pd.DataFrame:
    """Make a file where no day of a start is above 12."""
    rows = review_rows(seed)
    return pd.DataFrame(
        {
            "Incident No": numbered(rows["event"] + 1, "{}"),
            "Date of Incident": stamped(rows["start"], "%d/%m/%Y %H:%M"),
            "Suspect Id": numbered(rows["offender"], "{}"),
            "Victim Id": numbered(rows["victim"], "{}"),
            "DA": flagged(rows["da"], "TRUE", "FALSE"),
            "Crime": flagged(rows["kind"] != "no_crime", "TRUE", "FALSE"),
            "Offence": offence(rows, 2),
        }
    )


def review_rows(seed: int) -> pd.DataFrame:
    """Move every start to a day up to 12."""
    rows = many(seed, "review")
    rows["start"] = rows["start"] - pd.to_timedelta(np.maximum(rows["start"].dt.day - 12, 0), unit="D")
    return rows


NO_DAY = Layout(
    name="no_day_above_12",
    source="invented, a review of first fortnights",
    note="No day of a start is above 12: either order reads every cell. A day in the order of the file would tell.",
    table=review,
    rows=review_rows,
    file=File("review.csv"),
    expected={
        "incident_id": "Incident No",
        "offender_id": "Suspect Id",
        "victim_id": "Victim Id",
        "occurred_from": "Date of Incident",
        "da_flag": "DA",
        "is_crime": "Crime",
        "offence": "Offence",
    },
    may={"Offence": frozen("is_crime", "offence_family")},
    values={"da_flag": TRUTH, "is_crime": TRUTH},
    person=frozen("Suspect Id", "Victim Id"),
)


def continental(seed: int) -> pd.DataFrame:
    """Make a file with semicolons, decimal commas, two-digit years and ages alone."""
    rng, rows = made(seed, "continental")
    return pd.DataFrame(
        {
            "crime_ref": numbered(rows["event"] + 1, "{:06d}"),
            "committed_from": stamped(rows["start"], "%d.%m.%y %H:%M"),
            "committed_to": stamped(rows["end"], "%d.%m.%y %H:%M"),
            "recorded": stamped(rows["reported"], "%d.%m.%y %H:%M"),
            "ho_code": _code(rows).str.lstrip("0"),
            "offence_title": offence(rows, 2),
            "crime_yn": flagged(rows["kind"] != "no_crime", "Y", ""),
            "da": flagged(rows["da"], "Y", ""),
            "css_weight": (rows["kind"].str.len() * 37.25 + 1.5)
            .map("{:.2f}".format)
            .str.replace(".", ",", regex=False)
            .where(rows["kind"] != "no_crime", "0,00"),
            "easting": (rows["lon"] * 1e4 + 412_345.5).map("{:.1f}".format).str.replace(".", ",", regex=False),
            "offender_ref": numbered(rows["offender"], "{:07d}"),
            "offender_age_yrs": aged(rows, "offender"),
            "offender_gender": sexed(rows, "offender", "1", "2"),
            "victim_ref": numbered(rows["victim"], "{:07d}"),
            "victim_age_yrs": aged(rows, "victim"),
            "victim_gender": sexed(rows, "victim", "1", "2"),
            "alcohol": flagged(rows["alcohol"], "Y", ""),
            "hbv": flagged(rng.random(len(rows)) < 0.01, "Y", ""),
            "fm": flagged(rng.random(len(rows)) < 0.008, "Y", ""),
            "fgm": "",
            "district": rows["area"].map(lambda n: BEATS[n]),
        }
    )


CONTINENTAL = Layout(
    name="continental",
    source="invented, saved on a machine of other habits",
    note="Semicolons, decimal commas, two-digit years with stops, ages alone, Y or nothing, sexes 1 and 2, codes that "
    "lost their noughts, an empty fgm.",
    table=continental,
    rows=partial(many, name="continental"),
    file=File("export.csv", delimiter=";", decimal=","),
    expected={
        "incident_id": "crime_ref",
        "offender_id": "offender_ref",
        "victim_id": "victim_ref",
        "occurred_from": "committed_from",
        "occurred_to": "committed_to",
        "reported_at": "recorded",
        "offence_code": "ho_code",
        "offence": "offence_title",
        "is_crime": "crime_yn",
        "da_flag": "da",
        "severity": "css_weight",
        "offender_age": "offender_age_yrs",
        "victim_age": "victim_age_yrs",
        "offender_sex": "offender_gender",
        "victim_sex": "victim_gender",
        "alcohol": "alcohol",
        "honour_based": "hbv",
        "forced_marriage": "fm",
        "borough": "district",
    },
    may={"fgm": frozen("fgm"), "ho_code": frozen("is_crime"), "offence_title": frozen("is_crime", "offence_family")},
    values={
        "da_flag": {"y": "true"},
        "is_crime": {"y": "true"},
        "alcohol": {"y": "true"},
        "honour_based": {"y": "true"},
    },
    person=frozen("offender_ref", "victim_ref"),
    accepts=frozen("fgm"),
)


def half_rows(seed: int) -> pd.DataFrame:
    """Lose half of the suspects."""
    rows = many(seed, "half")
    lost = np.random.default_rng(seed).random(len(rows)) < 0.5
    rows.loc[lost, "offender"] = -1
    rows.loc[lost, "relation"] = "none"
    rows.loc[lost, ["offender_sex"]] = ""
    rows.loc[lost, ["offender_age", "offender_race"]] = -1
    rows.loc[lost, "offender_born"] = pd.NaT
    rows.loc[rows["offender"] < 0, "outcome"] = 18
    return rows


def half(seed: int) -> pd.DataFrame:
    """Make a file where half of the suspects are nobody, in words."""
    rng = made(seed, "half")[0]
    rows = half_rows(seed)
    return pd.DataFrame(
        {
            "Crime Reference": numbered(rows["event"] + 1, "CR/{:05d}/19"),
            "Record Type": flagged(rows["kind"] != "no_crime", "CRIME", "NON CRIME"),
            "Start Date/Time": stamped(rows["start"], "%d %b %Y %H:%M"),
            "Recorded Date": stamped(rows["reported"], "%d %b %Y"),
            "Crime Type": offence(rows, 2).where(rows["kind"] != "no_crime", "Non-crime domestic incident"),
            "DA Marker": flagged(rows["da"], "DA", "Non DA"),
            "Suspect PID": numbered(rows["offender"], "{}").replace("", "UNKNOWN"),
            "Suspect Gender": sexed(rows, "offender", "Male", "Female").replace("", "Unknown"),
            "Suspect Ethnicity": coded(rows, "offender", UK_RACES).replace("", "Unknown"),
            "Victim PID": numbered(rows["victim"], "{}").replace("", "STATE"),
            "Victim Gender": sexed(rows, "victim", "Male", "Female").replace("", "Unknown"),
            "Relationship": worded(rng, rows["relation"], TWENTY),
            "Risk Level": rows["risk"].map({"standard": "1", "medium": "2", "high": "3"}).fillna("0"),
            "Disposal": worded(rng, rows["outcome"].astype(str), OUTCOME_WORDS).where(rows["kind"] != "no_crime", ""),
            "Informant PID": (rows["event"] * 3 + 500_000).astype(str),
            "Officer Name": rows["officer"].map("PC {} INVENTED".format),
            "Ward": rows["area"].map(lambda n: BEATS[n]),
        }
    )


HALF = Layout(
    name="half_unknown",
    source="invented, half of the suspects unknown",
    note="UNKNOWN is half of the suspects and STATE some victims; risk is 1, 2 or 3 and 0 for none; twenty relations "
    "that do not say whose; outcomes in words; an informant's id.",
    table=half,
    rows=half_rows,
    file=File("crimes_and_non_crimes.csv"),
    expected={
        "incident_id": "Crime Reference",
        "is_crime": "Record Type",
        "occurred_from": "Start Date/Time",
        "reported_at": "Recorded Date",
        "offence": "Crime Type",
        "da_flag": "DA Marker",
        "offender_id": "Suspect PID",
        "offender_sex": "Suspect Gender",
        "offender_ethnicity": "Suspect Ethnicity",
        "victim_id": "Victim PID",
        "victim_sex": "Victim Gender",
        "relationship": "Relationship",
        "risk_grade": "Risk Level",
        "outcome_code": "Disposal",
        "borough": "Ward",
    },
    may={"Crime Type": frozen("is_crime", "offence_family")},
    values={
        "da_flag": {"da": "true", "non da": "false"},
        "is_crime": {"crime": "true", "non crime": "false"},
        "offender_sex": SEXES,
        "victim_sex": SEXES,
        "outcome_code": OUTCOMES,
    },
    missing={"offender_id": frozen("unknown"), "victim_id": frozen("state")},
    person=frozen("Suspect PID", "Victim PID", "Informant PID", "Officer Name"),
)


def areas(seed: int) -> pd.DataFrame:
    """Make a file of many areas, two deprivations and a class apart from its sub-class."""
    rng, rows = made(seed, "areas")
    clock = "%Y-%m-%dT%H:%M:%SZ"
    decile = (rows["area"] * 2 % 10 + 1 + rng.integers(0, 2, len(rows))).clip(1, 10)
    return pd.DataFrame(
        {
            "force_name": flagged(rows["area"] < 3, "Northmarch Police", "Southmarch Police"),
            "bcu": rows["area"].map(lambda n: "East" if n < 3 else "West"),
            "local_authority": rows["area"].map(lambda n: BEATS[n // 2]),
            "community_safety_partnership": rows["area"].map(lambda n: f"{BEATS[n // 2]} CSP"),
            "ward_code": rows["area"].map("E0500{:04d}".format),
            "ward_name": rows["area"].map(lambda n: f"{BEATS[n]} Ward"),
            "lsoa_code": (14_370 + rows["area"] * 31).map("E010{:05d}".format),
            "lsoa_name": rows["area"].map(lambda n: f"{BEATS[n]} 00{n}B"),
            "msoa_code": (2_370 + rows["area"] * 3).map("E0200{:04d}".format),
            "imd_quintile": ((decile + 1) // 2).astype(str),
            "imd_decile": decile.astype(str),
            "incident_urn": numbered(rows["event"] + 1, "{:012d}"),
            "offence_urn": numbered(rows["offence"] + 1, "{:012d}"),
            "created_at": stamped(rows["reported"] + pd.Timedelta(minutes=9), clock),
            "updated_at": stamped(rows["reported"] + pd.Timedelta(days=200), clock),
            "start_at": stamped(rows["start"], clock),
            "finish_at": stamped(rows["end"], clock),
            "notified_at": stamped(rows["reported"], clock),
            "ho_class": offence(rows, 0),
            "ho_subclass": offence(rows, 1),
            "ho_group": offence(rows, 2).where(rows["kind"] != "no_crime", "Non-notifiable"),
            "domestic_flag": flagged(rows["da"], "true", "false"),
            "hate_flag": flagged(rng.random(len(rows)) < 0.02, "true", "false"),
            "reporting_officer_id": (rows["officer"] + 30_000).astype(str),
            "suspect_urn": numbered(rows["offender"], "{}"),
            "suspect_age": aged(rows, "offender"),
            "suspect_gender": sexed(rows, "offender", "male", "female"),
            "suspect_ethnicity_officer_defined": coded(rows, "offender", ("IC1", "IC4", "IC3", "IC6", "IC9")),
            "suspect_postcode": numbered(rows["offender"], "ZZ{}").str.slice(0, 6),
            "victim_urn": numbered(rows["victim"], "{}"),
            "victim_age": aged(rows, "victim"),
            "victim_gender": sexed(rows, "victim", "male", "female"),
            "victim_phone": numbered(rows["victim"], "07700{:06d}"),
            "witness_urn": gaps(rng, (rows["event"] * 5 + 70_000).astype(str), 0.5),
            "relationship_offender_to_victim": worded(
                rng,
                rows["relation"].replace({"parent": "child", "child": "parent"}),
                {**RELATIONS, "parent": ["Parent"], "child": ["Child"]},
            ),
            "outcome": rows["outcome"].map("{:02d}".format),
            "outcome_date": stamped(rows["reported"] + pd.Timedelta(days=30), "%Y-%m-%d"),
        }
    )


AREAS = Layout(
    name="areas",
    source="invented, an extract of two forces from a data lake",
    note="Areas, deciles and quintiles, class and sub-class, moments with Z, creations and updates, other people.",
    table=areas,
    rows=partial(many, name="areas"),
    file=File("extract_part_1.csv"),
    expected={
        "incident_id": "incident_urn",
        "offence_id": "offence_urn",
        "offender_id": "suspect_urn",
        "victim_id": "victim_urn",
        "occurred_from": "start_at",
        "occurred_to": "finish_at",
        "reported_at": "notified_at",
        "offence_code": "ho_class",
        "offence": "ho_group",
        "da_flag": "domestic_flag",
        "offender_age": "suspect_age",
        "victim_age": "victim_age",
        "offender_sex": "suspect_gender",
        "victim_sex": "victim_gender",
        "offender_ethnicity": "suspect_ethnicity_officer_defined",
        "relationship": "relationship_offender_to_victim",
        "outcome_code": "outcome",
        "lsoa": "lsoa_code",
        "imd_decile": "imd_decile",
        "borough": "local_authority",
    },
    may={
        "ho_subclass": frozen("offence_code"),
        "ho_group": frozen("is_crime", "offence_family"),
        "ho_class": frozen("is_crime"),
        "bcu": frozen("borough"),
        "ward_name": frozen("borough"),
        "ward_code": frozen("borough"),
        "community_safety_partnership": frozen("borough"),
        "force_name": frozen("force", "borough"),
        "outcome_date": frozen("outcome_at"),
        "hate_flag": frozen(MARKERS),
        "msoa_code": frozen("borough"),
    },
    values={
        "da_flag": TRUTH,
        "offender_sex": SEXES,
        "victim_sex": SEXES,
        "relationship": {
            **sure({k: RELATIONS[k] for k in ("partner", "ex_partner", "sibling", "stranger")}),
            "parent": "child",
            "child": "parent",
        },
    },
    person=frozen(
        "suspect_urn", "victim_urn", "witness_urn", "reporting_officer_id", "suspect_postcode", "victim_phone"
    ),
    derived={"offence_code": "with ho_subclass"},
)


def psni(seed: int) -> pd.DataFrame:
    """Make a Northern Irish export."""
    rng, rows = made(seed, "psni")
    return pd.DataFrame(
        {
            "CC_Number": numbered(rows["event"] + 1, "CC2019{:07d}"),
            "Crime_Ref": numbered(rows["offence"].where(rows["kind"] != "no_crime", -1), "{:06d}/19"),
            "Committed_Start": stamped(rows["start"], "%d-%b-%Y %H:%M:%S"),
            "Committed_End": stamped(rows["end"], "%d-%b-%Y %H:%M:%S"),
            "Date_Reported": stamped(rows["reported"], "%d-%b-%Y %H:%M:%S"),
            "Classification": offence(rows, 2),
            "Motivation_Domestic": flagged(rows["da"], "Yes", "No"),
            "Motivation_Sectarian": flagged(rng.random(len(rows)) < 0.03, "Yes", "No"),
            "Offender_NICHE_Id": numbered(rows["offender"], "{}"),
            "Offender_Age_Group": pd.cut(
                rows["offender_age"],
                [-2, -0.5, 17, 24, 34, 44, 200],
                labels=["", "Under 18", "18-24", "25-34", "35-44", "45+"],
            ).astype(str),
            "Offender_Gender": sexed(rows, "offender", "Male", "Female"),
            "Victim_NICHE_Id": numbered(rows["victim"], "{}"),
            "Victim_Gender": sexed(rows, "victim", "Male", "Female"),
            "Victim_Offender_Relationship": worded(rng, rows["relation"], TWENTY),
            "Policing_District": rows["area"].map(
                lambda n: (
                    "Belfast City",
                    "Mid Ulster",
                    "Causeway Coast & Glens",
                    "Ards & North Down",
                    "Fermanagh",
                    "",
                )[n]
            ),
            "Sanction_Outcome": worded(rng, rows["outcome"].astype(str), OUTCOME_WORDS),
        }
    )


PSNI = Layout(
    name="psni_like",
    source="invented, with the words of the statistics of the Police Service of Northern Ireland",
    note="Motivations say domestic; ages are groups; a control number is the event.",
    table=psni,
    rows=partial(many, name="psni"),
    file=File("psni.csv"),
    expected={
        "incident_id": "CC_Number",
        "offence_id": "Crime_Ref",
        "offender_id": "Offender_NICHE_Id",
        "victim_id": "Victim_NICHE_Id",
        "occurred_from": "Committed_Start",
        "occurred_to": "Committed_End",
        "reported_at": "Date_Reported",
        "offence": "Classification",
        "da_flag": "Motivation_Domestic",
        "offender_sex": "Offender_Gender",
        "victim_sex": "Victim_Gender",
        "relationship": "Victim_Offender_Relationship",
        "borough": "Policing_District",
        "outcome_code": "Sanction_Outcome",
    },
    may={
        "Crime_Ref": frozen("is_crime"),
        "Classification": frozen("is_crime", "offence_family"),
        "Offender_Age_Group": frozen("offender_age"),
        "Motivation_Sectarian": frozen(MARKERS),
    },
    values={"da_flag": YES, "offender_sex": SEXES, "victim_sex": SEXES, "outcome_code": OUTCOMES},
    person=frozen("Offender_NICHE_Id", "Victim_NICHE_Id"),
)


def dutch(seed: int) -> pd.DataFrame:
    """Make a Dutch export."""
    _, rows = made(seed, "dutch")
    return pd.DataFrame(
        {
            "registratienummer": numbered(rows["event"] + 1, "PL0900-2019{:06d}"),
            "pleegdatum": stamped(rows["start"], "%d-%m-%Y"),
            "pleegtijd": stamped(rows["start"], "%H:%M"),
            "kennisname": stamped(rows["reported"], "%d-%m-%Y %H:%M"),
            "maatschappelijke_klasse": rows["kind"]
            .map(
                {
                    "assault": "Mishandeling",
                    "injury": "Zware mishandeling",
                    "threats": "Bedreiging",
                    "theft": "Diefstal",
                    "damage": "Vernieling",
                }
            )
            .fillna("Overige"),
            "huiselijk_geweld": flagged(rows["da"], "J", "N"),
            "verdachte_id": numbered(rows["offender"], "{}"),
            "geslacht_verdachte": sexed(rows, "offender", "M", "V"),
            "geboortedatum_verdachte": stamped(rows["offender_born"], "%d-%m-%Y"),
            "slachtoffer_id": numbered(rows["victim"], "{}"),
            "geslacht_slachtoffer": sexed(rows, "victim", "M", "V"),
            "geboortedatum_slachtoffer": stamped(rows["victim_born"], "%d-%m-%Y"),
            "gemeente": rows["area"].map(lambda n: ("Utrecht", "Zeist", "Amersfoort", "Soest", "Baarn", "Bunnik")[n]),
        }
    )


DUTCH = Layout(
    name="dutch",
    source="invented, with the words of the Dutch police's register",
    note="Another language: what the names say is not known, only what the cells hold. Harder than a force will be.",
    table=dutch,
    rows=partial(many, name="dutch"),
    file=File("uittreksel.csv", delimiter=";"),
    expected={
        "incident_id": "registratienummer",
        "occurred_from": "pleegdatum",
        "reported_at": "kennisname",
        "offence": "maatschappelijke_klasse",
        "da_flag": "huiselijk_geweld",
        "offender_id": "verdachte_id",
        "offender_sex": "geslacht_verdachte",
        "offender_dob": "geboortedatum_verdachte",
        "victim_id": "slachtoffer_id",
        "victim_sex": "geslacht_slachtoffer",
        "victim_dob": "geboortedatum_slachtoffer",
        "borough": "gemeente",
    },
    may={"maatschappelijke_klasse": frozen("offence_family", "is_crime"), "pleegtijd": frozen("occurred_from")},
    values={
        "da_flag": {"j": "true", "n": "false"},
        "offender_sex": {"m": "M", "v": "F"},
        "victim_sex": {"m": "M", "v": "F"},
    },
    person=frozen("verdachte_id", "slachtoffer_id", "geboortedatum_verdachte", "geboortedatum_slachtoffer"),
    derived={"occurred_from": "with pleegtijd"},
)

FORCES = (ORACLE, SQL_SERVER, POWER_BI, TITLED, CONNECT, SLASHES, NO_DAY, CONTINENTAL, HALF, AREAS, PSNI, DUTCH)
