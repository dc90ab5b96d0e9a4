"""How much there is: incidents, crimes, their kinds, and where and how they are reported."""

from __future__ import annotations

from dapipeline.scrutiny.indicator import Indicator
from dapipeline.scrutiny.units import GBH_WITH_INTENT

OFFENCE = ("offence_code|offence|offence_family",)
NOT_ALL = "Rates over people or calls: incidents that nobody reported are not in it."
SEVERAL = "How many people or events: several crimes in one incident count severally."
FLAGGED = "What is DA but carries no flag; see the flag audit."

VOLUME = (
    Indicator("da_incidents", "DA incidents", "count", "incidents", "Incidents, crime or not, of which a row is DA by "
              "the run's definition", "", "MPS 2008 ¶9; MPS VAW 2010, borough table", NOT_ALL, lambda t: t.da),
    Indicator("flagged_incidents", "Incidents with the DA flag", "count", "incidents", "Incidents of which a row is "
              "flagged, whatever the ages", "", "MPS 2008 ¶9", FLAGGED, lambda t: t.flag),
    Indicator("spi8a_incidents", "Incidents by flag or tie (SPI8a)", "count", "incidents", "Incidents with a row that "
              "is flagged or whose victim is partner or family of the suspect, both of age as far as is known", "",
              "MPS 2008 ¶10-11, ¶54", "The statutory indicator itself: its method is in an appendix that was not "
              "published.", lambda t: t.spi8a, needs=("relationship",)),
    Indicator("da_offences", "DA crimes", "count", "records", "Crimes recorded in DA incidents, each once", "",
              "MPS 2008 ¶9, ¶11; HMIC 2014, Outcomes", SEVERAL, lambda t: t.da & t.crime, within=("crime_type",)),
    Indicator("flagged_offences", "Crimes of incidents with the DA flag", "count", "records", "Crimes of incidents of "
              "which a row is flagged", "", "MPS 2008 ¶9", FLAGGED, lambda t: t.flag & t.crime),
    Indicator("spi8a_offences", "Crimes by flag or tie (SPI8a)", "count", "records", "Crimes of incidents that SPI8a "
              "counts", "", "MPS 2008 ¶11", SEVERAL, lambda t: t.spi8a & t.crime, needs=("relationship",)),
    Indicator("incident_to_offence_share", "DA crimes per DA incident", "rate", "records", "DA crimes", "DA incidents",
              "MPS VAW 2010, Territorial Policing", "A share of incidents: one incident may hold several crimes.",
              lambda t: t.da & t.crime, lambda t: t.da, "incidents"),
    Indicator("da_share_of_crime", "DA share of all recorded crime", "share", "records", "DA crimes",
              "All recorded crimes", "HMIC 2014, Crime", "How common DA is: much of it is never reported.",
              lambda t: t.da & t.crime, lambda t: t.crime, within=("crime_type",), recurs=True, all_crime=True),
    Indicator("crime_type_share_of_da", "Make-up of DA crime by type", "share", "records", "DA crimes of the type",
              "All DA crimes", "MPS 2004 ¶3.1", "The DA share of a type of crime, which has another denominator.",
              lambda t: t.da & t.crime, lambda t: t.da & t.crime, shared_by=("crime_type",), recurs=True,
              needs=OFFENCE),
    Indicator("da_sexual_offences", "DA share of sexual crimes", "share", "records", "Sexual crimes in DA incidents",
              "All sexual crimes", "MPS VAW 2010, SCD2 table", "Which are serious: all crimes of the family count.",
              lambda t: t.da & t.crime & (t.family == "sexual"), lambda t: t.crime & (t.family == "sexual"),
              recurs=True, all_crime=True, needs=OFFENCE),
    Indicator("sexual_share_of_da", "Sexual crimes among DA crimes", "share", "records", "Sexual crimes in DA "
              "incidents",
              "DA crimes", "HMIC 2014, Crime", "How much sexual abuse is reported as such.",
              lambda t: t.da & t.crime & (t.family == "sexual"), lambda t: t.da & t.crime, recurs=True, needs=OFFENCE),
    Indicator("stalking_harassment", "Stalking and harassment", "count", "records", "Crimes of stalking or harassment",
              "", "MPS VAW 2010, headline table", "Stalking before November 2012: it was no offence of its own.",
              lambda t: t.crime & (t.family == "stalking_harassment"), within=("da",), needs=OFFENCE),
    Indicator("serious_violence", "DA grievous bodily harm with intent", "count", "records", "DA crimes with Home "
              "Office code 5/1", "", "MPS 2008 ¶26-27", "Other serious violence.",
              lambda t: t.da & t.crime & (t.code == GBH_WITH_INTENT), needs=("offence_code",)),
    Indicator("homicides", "Homicides by partners and family", "count", "records", "Homicides whose victim is partner, "
              "ex-partner or family of a suspect, flagged or not", "", "MPS 2008 ¶23-25; MPS 2004 note 2",
              "Suicides after abuse, and homicides without a recorded tie.",
              lambda t: t.crime & (t.family == "homicide") & t.close, needs=(*OFFENCE, "relationship")),
    Indicator("homicides_by_partners", "Homicides by partners", "count", "records", "Of these, by a partner or "
              "ex-partner", "", "MPS 2008 ¶46", "As above.",
              lambda t: t.crime & (t.family == "homicide") & t.couple, needs=(*OFFENCE, "relationship")),
    Indicator("honour_based_fm", "Honour-based abuse or forced marriage", "count", "incidents", "Incidents marked as "
              "either", "", "MPS 2008 ¶35-39; MPS VAW 2010", "A series before 2009: one mark then stood for both.",
              lambda t: t.honour | t.forced, needs=("honour_based|forced_marriage",)),
    Indicator("honour_based_fm_flagged", "Of these, with the DA flag", "share", "incidents", "Incidents marked as "
              "either and flagged", "Incidents marked as either", "MPS 2008 ¶38", FLAGGED,
              lambda t: (t.honour | t.forced) & t.flag, lambda t: t.honour | t.forced,
              needs=("honour_based|forced_marriage",), recurs=True),
    Indicator("forced_marriage", "Forced marriage", "count", "incidents", "Incidents marked so", "", "MPS 2008 ¶36-39",
              "Marriages: one may be several incidents.", lambda t: t.forced, needs=("forced_marriage",)),
    Indicator("fgm", "Female genital mutilation", "count", "incidents", "Incidents marked so", "",
              "MPS VAW 2010, headline table", "How common it is.", lambda t: t.fgm, needs=("fgm",)),
    Indicator("fgm_offences", "Crimes of incidents with FGM", "count", "records", "Crimes of incidents marked FGM", "",
              "MPS VAW 2010, headline table", SEVERAL, lambda t: t.fgm & t.crime, needs=("fgm",)),
    Indicator("reporting_route", "DA incidents by route of the report", "share", "incidents", "DA incidents by the "
              "route", "DA incidents", "MPS VAW 2010, Thematic sessions", "Who reported.", lambda t: t.da,
              lambda t: t.da, needs=("reported_via",), shared_by=("route",), recurs=True),
    Indicator("places", "DA incidents by kind of place", "share", "incidents", "DA incidents at the kind of place",
              "DA incidents", "MPS VAW 2010, Conclusion", "Where people live.", lambda t: t.da, lambda t: t.da,
              needs=("location_type",), shared_by=("place",), recurs=True),
    Indicator("deprivation", "DA incidents by deprivation", "share", "incidents", "DA incidents in areas of the decile",
              "DA incidents", "MPS VAW 2010, Conclusion", "A rate: how many people live in each decile is not known.",
              lambda t: t.da, lambda t: t.da, needs=("imd_decile",), shared_by=("deprivation",), recurs=True),
    Indicator("da_incidents_per_1000", "DA incidents per 1,000 people", "rate", "incidents", "DA incidents",
              "Residents, by the force's table", "MPS 2008 ¶46", NOT_ALL, lambda t: t.da, None, "population",
              per=1000),
    Indicator("da_offences_per_1000", "DA crimes per 1,000 people", "rate", "records", "DA crimes",
              "Residents, by the force's table", "MPS 2008 ¶46", NOT_ALL, lambda t: t.da & t.crime, None,
              "population", per=1000),
)  # fmt: skip
