"""Who is in it: victims, suspects, those who recur, and how the risk was graded."""

from __future__ import annotations

from dapipeline.scrutiny.indicator import Indicator

COUNTED_TWICE = "How many people: whoever is in several incidents is counted in each."
POLICE = "Who does it, or whom it happens to, beyond what was reported and recorded."
ONE_PLACE = "What happened in another area, year or force."

PEOPLE = (
    Indicator("repeat_victims_incidents", "Repeat victims, by incidents", "people", "victims", "Victims named in two "
              "or "
              "more DA incidents", "Victims named in any", "MPS 2008 ¶18-19", ONE_PLACE, lambda t: t.da,
              needs=("victim_id",), within=("sex", "age")),
    Indicator("repeat_victims_offences", "Repeat victims, by crimes", "people", "victims", "Victims of two or more DA "
              "crimes", "Victims of any", "MPS 2008 ¶18-19", ONE_PLACE, lambda t: t.da.ifelse(t.crimes, 0),
              needs=("victim_id",), within=("sex", "age")),
    Indicator("victims_profile", "Victims of DA crime", "share", "victims", "Victims of DA incidents that hold a crime "
              "against them, in the group", "All of them", "MPS 2008 ¶12; MPS VAW 2010, Demographics", COUNTED_TWICE,
              lambda t: t.da & t.crime, lambda t: t.da & t.crime, needs=("victim_id",),
              shared_by=("sex", "age", "ethnicity"), recurs=True),
    Indicator("accused_profile", "Suspects of DA crime", "share", "suspects", "Suspects of DA crimes in the group",
              "All of them", "MPS 2008 ¶17; MPS VAW 2010, Demographics", POLICE, lambda t: t.da & t.crime,
              lambda t: t.da & t.crime, shared_by=("sex", "age", "ethnicity"), recurs=True),
    Indicator("victims_under_18", "Victims under 18", "count", "victims", "Victims under 18 in incidents flagged, or "
              "by "
              "partner or family, once an incident", "", "MPS 2008 ¶4, ¶12", "DA: its definition starts at an age.",
              lambda t: (t.flag | t.close) & (t.years < 18), needs=("victim_id", "victim_dob|victim_age")),
    Indicator("older_victims", "Victims of 61 and over", "share", "victims", "Victims of DA of 61 or over",
              "Victims of DA of known age", "MPS VAW 2010, Demographics", COUNTED_TWICE,
              lambda t: t.da & (t.years >= 61), lambda t: t.da & t.years.notnull(),
              needs=("victim_id", "victim_dob|victim_age"), recurs=True),
    Indicator("repeat_suspects", "Repeat suspects", "people", "suspects", "Suspects of two or more DA incidents",
              "Suspects of any", "MPS 2004 ¶2.19", ONE_PLACE, lambda t: t.da),
    Indicator("serial_perpetrators", "Suspects with several victims", "people", "pairs", "Suspects of DA against two "
              "or "
              "more people", "Suspects of DA against any who are named", "MPS 2004 ¶2.19; HMIC 2014, Findings",
              ONE_PLACE, lambda t: t.da, needs=("victim_id",)),
    Indicator("multi_victim", "DA incidents with several victims", "share", "incidents", "DA incidents with two or "
              "more "
              "named victims", "DA incidents", "MPS VAW 2010, brief B2", "Victims without an id.",
              lambda t: t.da & t.several_harmed, lambda t: t.da, needs=("victim_id",), recurs=True),
    Indicator("multi_suspect", "DA incidents with several suspects", "share", "incidents", "DA incidents with two or "
              "more "
              "named suspects", "DA incidents", "MPS VAW 2010, brief B2", "Suspects who are not named.",
              lambda t: t.da & t.several_suspected, lambda t: t.da, recurs=True),
    Indicator("relationship", "The victim's tie to the suspect", "share", "incidents", "DA incidents by the closest "
              "tie",
              "DA incidents", "MPS 2004 ¶4.2.3, ¶5.2.2", "Ties that nobody recorded.", lambda t: t.da, lambda t: t.da,
              needs=("relationship",), shared_by=("tie",), recurs=True),
    Indicator("separation", "Couples who have parted", "share", "incidents", "DA incidents between ex-partners",
              "DA incidents between partners or ex-partners", "MPS 2004 ¶4.2.3", "Couples about to part.",
              lambda t: t.da & t.couple & t.parted, lambda t: t.da & t.couple, needs=("relationship",), recurs=True),
    Indicator("same_sex_couples", "Couples of one sex", "share", "incidents", "DA incidents between partners of one "
              "sex",
              "DA incidents between partners whose sexes are known", "MPS VAW 2010, recommendation 2",
              "Sexual orientation, and who is transgender.", lambda t: t.da & t.same_sex, lambda t: t.da &
              t.couple_sexed,
              needs=("relationship", "offender_sex", "victim_sex"), recurs=True),
    Indicator("risk_shares", "DA incidents by risk grade", "share", "incidents", "DA incidents of the grade",
              "DA incidents", "HMIC 2014, Risk levels", "Whether the grade was right.", lambda t: t.da, lambda t: t.da,
              needs=("risk_grade",), shared_by=("risk_grade",), recurs=True),
    Indicator("risk_form_completion", "DA incidents with a risk grade", "share", "incidents", "DA incidents with a "
              "grade",
              "DA incidents", "MPS 2008 ¶67, ¶72", "Whether the form was filled in: the grade stands in for it.",
              lambda t: t.da & t.risk.notnull(), lambda t: t.da, needs=("risk_grade",), recurs=True),
    Indicator("substances", "Alcohol or drugs", "share", "incidents", "DA incidents with either", "DA incidents",
              "MPS 2004 ¶4.1.4, ¶5.1.6", "On whose side.", lambda t: t.da & t.alcohol_or_drugs, lambda t: t.da,
              needs=("alcohol|drugs",), recurs=True),
)  # fmt: skip
