"""Archetypes: the declared rates and offence mixes of each kind of offender, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ASSUMED = "assumed"


@dataclass(frozen=True)
class Rate:
    """A number and where it comes from: "published: KEY", or "assumed" with a reason if there is one."""

    value: float
    source: str = ASSUMED


@dataclass(frozen=True)
class Mix:
    """Percentages of offence kinds, which add to 100, and where they come from."""

    shares: Mapping[str, float]
    source: str = ASSUMED


def published(value: float, key: str) -> Rate:
    """Return a rate that the study prints.

    Parameters
    ----------
    value : float
    key : str
        Key of the published figure.

    Returns
    -------
    Rate
    """
    return Rate(value, f"published: {key}")


def assumed(value: float, why: str = "") -> Rate:
    """Return a rate that the study does not print.

    Parameters
    ----------
    value : float
    why : str
        Reason for the value; may be empty.

    Returns
    -------
    Rate
    """
    return Rate(value, f"{ASSUMED}: {why}" if why else ASSUMED)


@dataclass(frozen=True)
class Archetype:
    """How one kind of offender behaves over the ten years of the window.

    Attributes
    ----------
    name, typology : str
        The archetype, and the typology that is planted with it; several archetypes may share one.
    da_mix, non_da_mix : Mix
        Offences recorded in the domestic and in the other incidents.
    final_mix : Mix or None
        Offences recorded in the last incident of the career, if it ends in one grave offence.
    da_incidents, non_da_incidents : Rate
        Mean number of incidents per offender.
    da_minimum, non_da_minimum : Rate
        Fewest incidents; for non-DA, of offenders who have any.
    da_dispersion, non_da_dispersion : Rate
        Size parameter of the negative binomial above the minimum; a smaller one makes counts more uneven.
    exclusively_da : Rate
        Share of offenders without any non-DA incident.
    da_victims : Rate
        Mean number of distinct victims of DA incidents.
    non_da_new_victim : Rate
        Probability that a non-DA incident against a person, after the first, has a new victim.
    stays : Rate
        Probability that a repeat is against the latest DA victim instead of an earlier one.
    intimate : Rate
        Share of DA victims who are partners or ex-partners; the rest are family.
    second_victim : Rate
        Probability that the offender's next DA victim, if a family member, is a second victim of the same incident.
    da_delay : Rate
        Share of the career before the first DA incident.
    age_first_da, age_shape : Rate
        Mean age in years at the first DA incident, and the shape parameter of the gamma-distributed years above 16.
    women, asian, black : Rate
        Shares of offenders.
    da_substance, non_da_substance : Rate
        Shares of incidents with alcohol or drugs.
    da_victimisations : Rate
        Mean number of DA incidents in which the offender is the victim.
    non_crime_high, non_crime_medium, crime_high, crime_medium : Rate
        Shares of DA non-crimes, and of DA crimes that are not grave, graded so; a few are not graded at all.
    retrospective, retrospective_years : Rate
        Share of incidents (DA, or against children) that had lasted for years when they were reported, and the mean
        number of years.
    night : Rate
        Share of non-DA incidents that happen at night rather than in shop hours.
    deprivation : Rate
        Fall of the log share of offenders per deprivation decile, from the most deprived; 0 is the same in all.
    childhood : Rate
        Share of offenders with non-DA incidents from before they were 16, as far as the window reaches back.
    decline : Rate
        Fall of the log rate of non-DA incidents per year of age after 20 (`age_crime`); 0 ignores age.
    escalation : Rate
        From 0 (DA offences in random order along the career) to 1 (in ascending order of severity).
    co_offending : Rate
        Share of non-DA incidents with a second suspect of the same archetype.
    family_pair : Rate
        Share of DA incidents with a second suspect who is family and of the same archetype.
    counter : Rate
        Share of DA incidents that are counter-allegations, made within days of an incident by the same partner.
    """

    name: str
    typology: str
    da_mix: Mix
    non_da_mix: Mix
    final_mix: Mix | None = None
    da_incidents: Rate = Rate(1)
    da_minimum: Rate = Rate(1)
    da_dispersion: Rate = Rate(2)
    non_da_incidents: Rate = Rate(0)
    non_da_minimum: Rate = Rate(1)
    non_da_dispersion: Rate = Rate(2)
    exclusively_da: Rate = Rate(0)
    da_victims: Rate = Rate(1)
    non_da_new_victim: Rate = Rate(0.8)
    stays: Rate = Rate(0.8)
    intimate: Rate = Rate(0.78)
    second_victim: Rate = Rate(0.15)
    da_delay: Rate = Rate(0.25)
    age_first_da: Rate = Rate(33)
    age_shape: Rate = Rate(2.5)
    women: Rate = Rate(0.2)
    asian: Rate = Rate(0.2)
    black: Rate = Rate(0.1)
    da_substance: Rate = Rate(0.25)
    non_da_substance: Rate = Rate(0.12)
    da_victimisations: Rate = Rate(0.1)
    non_crime_high: Rate = Rate(0.03)
    non_crime_medium: Rate = Rate(0.12)
    crime_high: Rate = Rate(0.09)
    crime_medium: Rate = Rate(0.33)
    retrospective: Rate = Rate(0.01)
    retrospective_years: Rate = Rate(2)
    night: Rate = Rate(0.5)
    deprivation: Rate = Rate(0.12)
    childhood: Rate = Rate(0)
    decline: Rate = Rate(0)
    escalation: Rate = Rate(0)
    co_offending: Rate = Rate(0)
    family_pair: Rate = Rate(0)
    counter: Rate = Rate(0)
