"""Made-up forces whose law of the course of abuse is known, with four effects planted or without them.

What holds in both worlds:

- The records are of ten years. Everybody's first DA incident comes on any day of them, later ones at a constant rate of
  one's own, which is gamma-distributed over people (a frailty) and higher for the young. Two thirds have no second.
- An incident is a crime or not; a crime is of a family and has a severity (lognormal, and points by its family), a
  non-crime has 0. Of these three, three incidents in four keep to what is one's own, each by itself; the others are
  like anybody's. So what is to be expected of a later incident is a sum of terms in the severity and the family of an
  earlier one, which is the model that `afterwards` fits. Rate, age and time have nothing to do with either.
- Nine incidents in ten are graded: high the likelier the graver they are, by their family, and the younger the suspect.
  Crimes are the likelier charged for the same reasons; outcomes come some weeks later. These chances are a sum of a
  term in severity and family, bent in severity, and a line in age. So those graded high or charged do more harm
  afterwards anyhow, and among people alike in family, severity and age they do not: the adjusted effect is 0 by law.

`World` says what is planted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import DAY, NO_CRIME, NOT_KNOWN, Records
from dapipeline.analysis.harm.people import YEAR
from dapipeline.reference.codes import RISK_RANKS
from dapipeline.reference.tables import NON_CRIME

PEOPLE = 5_000
START = pd.Timestamp("2012-01-01")
END = pd.Timestamp("2022-01-01")
DAYS = (END - START).total_seconds() / DAY
SHAPE, RATE = 0.5, 0.16  # of the frailty; later DA incidents a year, on average
AGES = 18.0, 58.0
MIDDLE_AGE = sum(AGES) / 2
RATE_BY_AGE = 0.01  # of the rate, for each year younger
CRIMES = 0.5  # of the incidents
TYPES = np.array(["violence", "stalking_harassment", "criminal_damage", "public_order", NON_CRIME], dtype=object)
MIX = 0.55, 0.2, 0.15, 0.1  # of the crimes
MORE = np.array([20.0, 35.0, 5.0, 0.0, 0.0])  # points a crime is graver by its type
MIDDLE, SPREAD = 3.2, 1.1  # of the logarithm of a crime's severity before that
STAYING = 0.75  # of the incidents keep to what is one's own: crime or not, family, severity, each by itself
GRADED = 0.9
HIGH = np.array([0.12, 0.2, 0.06, 0.06, 0.06])  # graded high, by type, of those of little severity and middle age
CHARGED = np.array([0.14, 0.18, 0.1, 0.1, 0.0])
BY_SEVERITY, HALF = 0.3, 100.0  # more at the most, and the severity at which half of that is reached
CHANCE_BY_AGE = 0.0015  # for each year younger
MEDIUM = 0.4  # of those not graded high
CHARGE = "charged or summonsed"
NOT_CHARGED = {
    "no action, victim does not support": 0.6, "no action, victim supports": 0.3, "community resolution": 0.1,
}  # fmt: skip
WEEKS = 6.0  # from a crime to its outcome, on average
TOP_STEP = 9  # steps: the tenth incident and all after it are alike


@dataclass(frozen=True)
class World:
    """What is planted in a force: nothing, unless said.

    Attributes
    ----------
    step : float
        Escalation: points a crime is graver by for every DA incident of the person before it, up to `TOP_STEP`.
    high : float
        Grade: the rate of later incidents times this, from a first graded incident on that is high.
    charged : float
        Outcome: the rate times this, from the day on which a first DA crime ends in a charge.
    violence : float
        Recurrence: the rate times this of people whose first incident is violence.
    """

    step: float = 0.0
    high: float = 1.0
    charged: float = 1.0
    violence: float = 1.0


WORLDS = {"planted": World(step=12.0, high=1.6, charged=0.5, violence=1.6), "none": World()}


@dataclass(frozen=True)
class Force:
    """A made-up force.

    Attributes
    ----------
    records : Records
    waited : ndarray of float
        Days from each person's first incident to the second, also where the records end before it.
    """

    records: Records
    waited: np.ndarray


def force(seed: int, world: World, people: int = PEOPLE) -> Force:
    """Make a force.

    Parameters
    ----------
    seed : int
    world : World
    people : int

    Returns
    -------
    Force
    """
    random = np.random.default_rng(seed)
    age = random.uniform(*AGES, people)
    rate = random.gamma(SHAPE, RATE / SHAPE, people) * (1 - RATE_BY_AGE * (age - MIDDLE_AGE))
    own = random.random(people) < CRIMES, random.choice(len(MIX), people, p=MIX), _levels(random, people)
    graded, tried, charged_at = np.zeros(people, dtype=bool), np.zeros(people, dtype=bool), np.full(people, np.inf)
    entered = random.uniform(0, DAYS, people)
    who, when, waited = np.arange(people), entered, np.zeros(0)
    rounds: list[pd.DataFrame] = []
    while len(who):  # one incident of everybody who has another
        ages, more = age[who] + (when - entered[who]) / YEAR, world.step * min(len(rounds), TOP_STEP)
        now = _incidents(random, [of[who] for of in own], ages, more)
        rounds.append(now.assign(person=who, day=when, order=len(rounds) + 1))
        if len(rounds) == 1:
            rate[(now["type"] == TYPES[0]).to_numpy()] *= world.violence
        risk, crime = now["risk"].to_numpy(), now["is_crime"].to_numpy()
        rate[who[~graded[who] & (risk == RISK_RANKS["high"])]] *= world.high
        graded[who[~np.isnan(risk)]] = True
        charged = ~tried[who] & (now["outcome"] == CHARGE).to_numpy()
        charged_at[who[charged]] = when[charged] + now["outcome_day"].to_numpy()[charged]
        tried[who[crime]] = True
        wait = _waits(random, rate[who], charged_at[who] - when, world.charged)
        waited = wait if len(rounds) == 1 else waited
        on = when + wait < DAYS
        who, when = who[on], (when + wait)[on]
    return Force(_records(pd.concat(rounds), people), waited)


def _levels(random: np.random.Generator, number: int) -> np.ndarray:
    return random.lognormal(MIDDLE, SPREAD, number)


def _incidents(random: np.random.Generator, own: list[np.ndarray], age: np.ndarray, more: float) -> pd.DataFrame:
    """Draw what happens in one incident of each, without regard to when."""
    n = len(age)
    anybody = random.random(n) < CRIMES, random.choice(len(MIX), n, p=MIX), _levels(random, n)
    crime, of, severity = (np.where(random.random(n) < STAYING, *pair) for pair in zip(own, anybody, strict=True))
    of = np.where(crime, of, len(MIX))
    severity = severity + MORE[of] + more
    severity = np.where(crime, severity.round(2), 0.0)
    chance = BY_SEVERITY * severity / (severity + HALF) - CHANCE_BY_AGE * (age - MIDDLE_AGE)
    high, medium = random.random(n) < HIGH[of] + chance, random.random(n) < MEDIUM
    risk = np.where(high, RISK_RANKS["high"], np.where(medium, RISK_RANKS["medium"], RISK_RANKS["standard"]))
    other = random.choice(np.array(list(NOT_CHARGED), dtype=object), n, p=list(NOT_CHARGED.values()))
    outcome = np.where(random.random(n) < CHARGED[of] + chance, CHARGE, other)
    return pd.DataFrame(
        {
            "is_crime": crime, "severity": severity, "age": age, "type": TYPES[of],
            "risk": np.where(random.random(n) < GRADED, risk, np.nan), "outcome": np.where(crime, outcome, NO_CRIME),
            "outcome_day": random.exponential(7 * WEEKS, n),
        }
    )  # fmt: skip


def _waits(random: np.random.Generator, rate: np.ndarray, until: np.ndarray, factor: float) -> np.ndarray:
    """Draw the days to the next incident, at a rate (a year) that is multiplied by a factor after some days."""
    needed = random.exponential(YEAR, len(rate)) / rate
    until = np.maximum(until, 0)
    return np.minimum(needed, until) + np.maximum(needed - until, 0) / factor


def _records(incidents: pd.DataFrame, people: int) -> Records:
    """Lay out incidents as `records_of` does."""
    incidents = incidents.sort_values(["person", "order"], ignore_index=True)
    began, ended = (
        START + pd.to_timedelta(day, unit="D").dt.floor("s")
        for day in (incidents["day"], incidents["day"] + incidents["outcome_day"])
    )
    incidents = incidents.assign(
        incident_id=np.arange(len(incidents)), occurred_from=began, outcome_at=ended.where(incidents["is_crime"]),
        days=(began.diff().dt.total_seconds() / DAY).mask(incidents["order"] == 1), intimate=True,
    ).drop(columns=["day", "outcome_day"])  # fmt: skip
    ids = pd.Index([f"P{at:07}" for at in range(people)], name="offender_id")
    first = incidents.loc[incidents["order"] == 1, "type"].to_numpy()
    return Records(pd.DataFrame({"typology": NOT_KNOWN, "group": NOT_KNOWN, "first_type": first}, ids), incidents, END)
