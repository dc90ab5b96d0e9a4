"""What is declared about each kind of career: rates and offence mixes, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ASSUMED = "assumed"


@dataclass(frozen=True)
class Rate:
    """A number and where it comes from: "published: KEY" or "assumed", with the reason where there is one."""

    value: float
    source: str = ASSUMED


@dataclass(frozen=True)
class Mix:
    """Percentages of offence kinds, adding to 100, and where they come from."""

    shares: Mapping[str, float]
    source: str = ASSUMED


def published(value: float, key: str) -> Rate:
    """Declare a rate printed by the study, under its key among the published figures."""
    return Rate(value, f"published: {key}")


def assumed(value: float, why: str = "") -> Rate:
    """Declare a rate the study does not print."""
    return Rate(value, f"{ASSUMED}: {why}" if why else ASSUMED)


@dataclass(frozen=True)
class Archetype:
    """How one kind of offender behaves, over the ten years of the window.

    Attributes
    ----------
    name, typology : str
        The archetype, and the truth label it carries; several archetypes may share a label.
    da_mix, non_da_mix : Mix
        What the domestic and the other incidents are recorded as.
    final_mix : Mix or None
        What the last incident of the career is recorded as, where it ends in one grave offence.
    da_incidents, non_da_incidents : Rate
        Mean incidents an offender.
    da_minimum, non_da_minimum : Rate
        Fewest incidents; the non-DA minimum binds those who have any.
    da_dispersion, non_da_dispersion : Rate
        Size of the negative binomial above the minimum; smaller is more uneven.
    exclusively_da : Rate
        Share of offenders without any non-DA incident.
    da_victims : Rate
        Mean distinct victims of DA incidents.
    non_da_new_victim : Rate
        Probability that a non-DA incident against a person, after the first, has a new victim.
    stays : Rate
        Probability that a repeat is against the latest DA victim and not an earlier one.
    intimate : Rate
        Share of DA victims who are partners or ex-partners; the rest are family.
    second_victim : Rate
        Probability that a family member, where the next DA victim is one, is a victim of the same incident.
    da_delay : Rate
        Share of the career that passes before the first DA incident.
    age_first_da, age_shape : Rate
        Mean age in years at the first DA incident, and the gamma shape of the years above 16.
    women, asian, black : Rate
        Shares of offenders.
    da_substance, non_da_substance : Rate
        Shares of incidents with alcohol or drugs.
    da_victimisations : Rate
        Mean DA incidents in which the offender is the victim.
    non_crime_high, non_crime_medium, crime_high, crime_medium : Rate
        Shares of graded DA non-crimes, and of graded DA crimes that are not grave, by risk grade.
    retrospective, retrospective_years : Rate
        Share of incidents (DA, or against children) reported after years of it, and the mean years.
    night : Rate
        Share of non-DA incidents that follow the night rather than the shops.
    deprivation : Rate
        Slope of the log share of offenders over the deprivation deciles; 0 is flat.
    childhood : Rate
        Share of offenders whose non-DA incidents reach back before they were 16, where the window does.
    decline : Rate
        Fall of the log rate of non-DA incidents with each year of age after 20, after a rise from 10; 0 is flat.
    escalation : Rate
        How far DA offences are in order of severity along the career, from 0 to 1.
    co_offending : Rate
        Share of non-DA incidents in which an offender of the same archetype is suspected too.
    family_pair : Rate
        Share of DA incidents in which another of the family, an offender of the same archetype, is suspected too.
    counter : Rate
        Share of DA incidents that are counter-allegations: within days of one by the same partner.
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
