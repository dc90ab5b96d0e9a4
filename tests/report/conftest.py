"""A small run written out by hand: four clusters, two typologies, an analyst's name and one cluster without any.

Its limit is 3, so that most of it may be printed. Fewer than 6 people are not broken down alone: the 3 of cluster 4
stand together with the next in size, the 12 of cluster 3, in every table of people by a characteristic.
"""

from datetime import date

import pandas as pd
import pytest
from tests.report.course_made import bare_course, course_tables
from tests.report.scrutiny_made import scrutiny_tables

from dapipeline.analysis.harm.by_harm import harm_and_history, harm_trend
from dapipeline.analysis.harm.comparisons import COLUMNS as GROUPED
from dapipeline.analysis.harm.concentration import gini, harm_concentration, harm_parts, lorenz_curve
from dapipeline.analysis.harm.regression import COLUMNS as REGRESSION
from dapipeline.analysis.harm.regression import regression_summary
from dapipeline.analysis.harm.shares import share_of_harm
from dapipeline.analysis.hexagons import cohort_hexagons
from dapipeline.config import Config
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.contents import Contents, HarmTables
from dapipeline.report.printable import SEVERITIES, printable
from dapipeline.report.reported import reported_typologies
from dapipeline.typology.definitions import Definitions

DEFINITIONS = Definitions.model_validate(
    {
        "name": "Two and a half",
        "source": "a test",
        "enough": 0.75,
        "response": {"manage": "Offender management", "protect": "Safeguarding"},
        "typologies": {
            "catastrophic_offender": {
                "title": "Catastrophic offender", "description": "One offence of very high harm.",
                "is_not": "Not foreseeable from these records.", "group": "E", "response": "protect",
                "source": "a test", "criteria": [{"feature": "da_homicides", "statistic": "mean", "at_least": 1}],
            },
            "prolific_violent_offender": {
                "title": "Prolific violent offender", "description": "Many incidents, much violence.",
                "is_not": "Not a measure of how dangerous any one person is.", "group": "B", "response": "manage",
                "source": "a test",
                "criteria": [
                    {"feature": "da_incidents", "statistic": "mean", "at_least": 10, "published": 20, "required": True},
                    {"feature": "da_night_share", "statistic": "mean", "at_least": 0.28},
                ],
            },
            "domestic_abuse_specialist": {
                "title": "Domestic abuse specialist", "description": "Much domestic abuse and little else.",
                "is_not": "Not a finding that there is no other offending.", "group": "A", "response": "protect",
                "source": "a test",
                "criteria": [
                    {"feature": "da_incidents", "statistic": "mean", "at_least": 4, "published": 7, "required": True},
                    {"feature": "da_night_share", "statistic": "mean", "at_least": 0.28},
                    {"feature": "da_incidents", "statistic": "mean", "times_feature": ["non_da_incidents", 5]},
                ],
            },
        },
    }
)  # fmt: skip
SIZES = {1: 60, 2: 25, 3: 12, 4: 3}
MEANS = {
    "incidents": (1.0, 8.0, 30.0, 41.0),
    "da_incidents": (1.0, 7.0, 18.0, 2.0),
    "non_da_incidents": (0.0, 1.0, 12.0, 39.0),
    "da_severity_total": (20.0, 200.0, 4000.0, 100.0),
    "non_da_severity_total": (0.0, 5.0, 900.0, 1200.0),
    "da_night_share": (0.5, 0.25, 0.3, 0.0),
    "da_duration_mean_hours": (1.0, 60.0, 20000.0, 3.0),
    "age_first_da": (33.0, 40.0, 27.5, 19.0),
}
CLUSTERED = [name for name in MEANS if name != "incidents"]
EVIL = '<script>alert("x")</script> & $theft$'


def clusters_table():
    table = pd.DataFrame(
        {
            "cluster": [1, 2, 3, 4],
            "typology": ["unnamed", "domestic_abuse_specialist", "prolific_violent_offender", "town_centre_group"],
            "named_by": ["nothing", "criteria", "criteria", "override"],
            "unnamed_because": ["nothing fits", None, None, None],
            "best": ["catastrophic_offender", "domestic_abuse_specialist", *["prolific_violent_offender"] * 2],
            "score": [0.4, 1.0, 0.83, 0.6],
            "second": ["domestic_abuse_specialist", "prolific_violent_offender", *["domestic_abuse_specialist"] * 2],
            "second_score": [0.2, 0.3, 0.79, 0.2],
            "second_fits": [False, False, True, False],
            "fits_by": pd.array([None, "members", "averages", None], dtype="string"),
            "members": [0.02, 0.64, 0.25, 0.0],
            "lead": [0.2, 0.7, 0.04, 0.4],
            "defined_group": pd.array([None, "A", "B", None], dtype="string"),
            "group": ["E", "A", "B", "D"],
            "size": list(SIZES.values()),
            "share": [0.60, 0.25, 0.12, 0.03],
            "stability": [0.55, 0.81, 0.92, float("nan")],
            "stability_band": ["unstable", "stable", "highly stable", "not assessed"],
            "harm_rank_da": [4, 2, 1, 3],
            "harm_rank_non_da": [4, 3, 2, 1],
        }
    )
    return table.join(pd.DataFrame({f"mean_{name}": values for name, values in MEANS.items()}))


def profiles_table():
    cohort = {name: sum(m * n for m, n in zip(v, SIZES.values(), strict=True)) / 100 for name, v in MEANS.items()}
    spread = {name: 1 + abs(value) for name, value in cohort.items()}  # any spread will do here
    return pd.DataFrame(
        [
            (c, name, v[c - 1], v[c - 1], cohort[name], cohort[name], (v[c - 1] - cohort[name]) / spread[name])
            for c in SIZES
            for name, v in MEANS.items()
        ],
        columns=["cluster", "feature", "mean", "median", "cohort_mean", "cohort_median", "difference"],
    )


def offence(cluster, start, what, family, da, **more):
    return {
        "cluster": cluster, "offender_id": f"PERSON{cluster}", "incident_number": 1,
        "incident_id": f"EVENT{start}{cluster}",
        "offence": what, "family": family, "is_crime": family != "non_crime", "severity": 10.0, "outcome_code": "16",
        "occurred_from": pd.Timestamp(start), "occurred_to": pd.Timestamp(start) + pd.Timedelta(hours=1), "is_da": da,
        "below_age": False,
        "offender_age": 30.0, "location_type": "residential", "risk": 1, "victim_sex": "F", "victim_age": 29.0,
        "relationship": "ex_partner", "victims": 1, "reported_at": pd.Timestamp(start) + pd.Timedelta(hours=2),
    } | more  # fmt: skip


def medoids_table():
    nobody = {"victim_sex": None, "victim_age": None, "relationship": None, "victims": 0, "location_type": "retail"}
    thefts = [
        offence(3, f"201{2 + at // 12}-{1 + at % 12:02d}-09 10:00", "Theft from a shop", "acquisitive", False, **nobody)
        for at in range(34)
    ]
    table = pd.DataFrame(
        [
            offence(1, "2012-03-17 20:00", "Domestic incident", "non_crime", True, severity=0.0, outcome_code=None),
            offence(2, "2013-05-19 20:00", "Common assault", "violence", True),
            offence(2, "2013-05-23 21:00", "Common assault", "violence", True, victims=3),
            offence(2, "2017-11-28 02:00", "Stalking", "stalking_harassment", True,
                    occurred_to=pd.Timestamp("2020-11-28 02:00")),
            *thefts[:20],
            offence(3, "2013-09-09 11:00", "Common assault", "violence", True),
            *thefts[20:],
            offence(4, "2015-02-27 20:00", EVIL, "acquisitive", False, **nobody),
            offence(4, "2015-07-27 20:00", "Criminal damage", "criminal_damage", True, relationship="parent"),
        ]
    )  # fmt: skip
    return table.assign(incident_number=table.groupby("cluster").cumcount() + 1)


OTHERS = ["cluster", "shown", "role", "incident_number", "person", "sex", "age", "relationship", "intimacy"]


def others_table():
    """Who they met: a partner who becomes an ex-partner, a child, somebody without an id; and who is suspect too."""
    ex = ("F", 29.0, "ex_partner", "intimate")
    return pd.DataFrame(
        [
            (1, "example", "suspect", 1, "V1", "F", 41.0, "partner", "intimate"),
            (1, "medoid", "suspect", 1, "V1", *ex),
            (2, "medoid", "suspect", 1, "V1", "F", 28.0, "partner", "intimate"),
            (2, "medoid", "suspect", 2, "V1", *ex),
            (2, "medoid", "suspect", 2, "V2", "M", 9.0, "child", "family"),
            (2, "medoid", "suspect", 2, None, None, None, None, None),
            (2, "medoid", "suspect", 3, "V1", *ex),
            (3, "medoid", "suspect", 21, "V1", *ex),
            (3, "medoid", "victim", 1, "V1", *ex),
            (3, "medoid", "victim", 2, "S1", "M", 50.0, "stranger", "neither"),
            (4, "medoid", "suspect", 2, "V1", "F", 61.0, "parent", "family"),
        ],
        columns=OTHERS,
    ).astype({"person": "string"})


def timeline_records_table():
    """The medoid of cluster 3 as a victim, of V1 and of a stranger; and an example in cluster 1."""
    of_medoid = ["victim_sex", "victim_age", "relationship", "victims"]
    table = pd.DataFrame(
        [
            offence(1, "2016-01-05 20:00", "Murder", "homicide", True, shown="example", role="suspect", severity=7e3),
            offence(3, "2013-10-08 20:00", "Common assault", "violence", True, shown="medoid", role="victim"),
            offence(3, "2015-03-08 20:00", EVIL, "violence", False, shown="medoid", role="victim", incident_number=2),
        ]
    )  # fmt: skip
    return table.drop(columns=of_medoid)


def timeline_people_table():
    columns = ["cluster", "shown", "offender_id", "example", "members", "measures", "in_middle", "members_in_middle"]
    rows = [
        (1, "medoid", "PERSON1", None, 60, 7, 7, 5.25), (1, "example", "PERSON1E", "with a homicide", 60, 7, 4, 5.25),
        (2, "medoid", "PERSON2", None, 25, 7, 6, 4.9), (3, "medoid", "PERSON3", None, 12, 7, 5, 4.0),
        (4, "medoid", "PERSON4", None, 3, 7, 3, 2.0),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({"example": "string"})


def criteria_table():
    columns = ["cluster", "typology", "criterion", "feature", "value", "threshold", "met", "required", "weight"]
    rows = []
    for c in SIZES:
        da, other, night = (MEANS[name][c - 1] for name in ("da_incidents", "non_da_incidents", "da_night_share"))
        for typology, least in (("prolific_violent_offender", 10.0), ("domestic_abuse_specialist", 4.0)):
            rows += [
                (c, typology, f"mean da incidents at least {least}", "da_incidents", da, least, da >= least, True, 1.0),
                (
                    c,
                    typology,
                    "mean da night share at least 0.28",
                    "da_night_share",
                    night,
                    0.28,
                    night >= 0.28,
                    False,
                    1.0,
                ),
            ]
        words = "mean da incidents at least 5 × non da incidents"
        rows.append((c, "domestic_abuse_specialist", words, "da_incidents", da, 5 * other, da >= 5 * other, False, 1.0))
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(number=table.groupby(["cluster", "typology"]).cumcount() + 1)


def audit_table():
    women = {1: 20, 2: 4, 3: 5, 4: 1}  # 30 of 100
    rows = []
    for c, size in SIZES.items():
        for value, number in (("F", women[c]), ("M", size - women[c])):
            if number:
                share = {"F": 0.3, "M": 0.7}[value]
                rows.append(("offender_sex", value, c, "any", number, number / size, share, number / size / share))
    return pd.DataFrame(
        rows,
        columns=["characteristic", "value", "cluster", "typology", "offenders", "share", "cohort_share", "ratio"],
    )


def stand_ins_table():
    """Sex can hardly be told; nobody's age band is audited."""
    rows = [
        ("offender_sex", "all together", "cross-validated AUC", 0.58, 100, 2, False),
        ("offender_sex", "da_incidents", "eta squared of ranks", 0.031, 100, 2, False),
        ("offender_sex", "non_da_incidents", "eta squared of ranks", 0.012, 100, 2, False),
        ("offender_sex", "age_first_da", "eta squared of ranks", 0.0, 100, 2, False),
        ("age_band", "all together", "cross-validated AUC", 0.9, 94, 3, False),
        ("age_band", "age_first_da", "eta squared of ranks", 0.8, 94, 3, True),
    ]  # fmt: skip
    columns = ["characteristic", "feature", "measure", "strength", "people", "values", "own"]
    return pd.DataFrame(rows, columns=columns)


def overlap_table():
    counts = {  # offenders of clusters 1 to 4
        "victim": (12, 20, 6, 1), "da_victim": (6, 20, 5, 0), "da_victim_of_partner": (5, 15, 4, 0),
        "da_victim_of_family": (1, 0, 2, 0), "da_victim_of_other": (0, 0, 0, 0), "da_victim_of_unknown": (0, 5, 0, 0),
        "counter_allegation": (4, 14, 3, 1), "counter_allegation_near": (3, 11, 2, 1),
        "both_in_one_incident": (0, 2, 0, 0), "before_age": (6, 5, 8, 0), "flagged_before_age": (0, 0, 1, 0),
    }  # fmt: skip
    known = {"before_age": (60, 25, 12, 0), "flagged_before_age": (60, 25, 12, 0)}
    return pd.DataFrame(
        [
            (measure, "in words", c, "any", n, of)
            for measure, numbers in counts.items()
            for c, n, of in zip(SIZES, numbers, known.get(measure, SIZES.values()), strict=True)
        ],
        columns=["measure", "meaning", "cluster", "typology", "offenders", "known"],
    )


def patterns_table():
    rows = [  # pattern, cluster, offenders, repeat_too, with_other_crime
        ("serial", 1, 4, 3, 4), ("serial", 2, 4, 3, 4), ("serial", 3, 5, 4, 5), ("serial", 4, 1, 1, 1),
        ("repeat", 1, 9, 0, 0), ("repeat", 2, 13, 0, 10), ("repeat", 3, 2, 0, 0), ("repeat", 4, 1, 0, 0),
        ("single", 1, 44, 0, 15), ("single", 2, 5, 0, 2), ("single", 3, 2, 0, 0), ("single", 4, 1, 0, 1),
        ("not known", 1, 3, 0, 0), ("not known", 2, 3, 0, 0), ("not known", 3, 3, 0, 0),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["pattern", "cluster", "offenders", "repeat_too", "with_other_crime"])


def name_stability_tables():
    nothing = float("nan")
    name_stability = pd.DataFrame(
        [
            ("catastrophic_offender", 0, 0, 3, nothing, nothing, 1.0),
            ("prolific_violent_offender", 12, 20, 18, 0.6, 0.0, 0.25),
            ("domestic_abuse_specialist", 25, 20, 20, 0.87, 0.5, 0.1),
            ("unnamed", 60, 20, 20, 0.97, 0.9, 0.05),
        ],
        columns=["typology", "people", "fits", "named_in", "kept", "lowest", "new_entrants"],
    )
    changes = pd.DataFrame(
        [
            ("prolific_violent_offender", "prolific_violent_offender", 0.6),
            ("prolific_violent_offender", "domestic_abuse_specialist", 0.3),
            ("prolific_violent_offender", "unnamed", 0.1),
            ("domestic_abuse_specialist", "domestic_abuse_specialist", 0.87),
            ("domestic_abuse_specialist", "prolific_violent_offender", 0.03),
            ("domestic_abuse_specialist", "unnamed", 0.1),
        ],
        columns=["typology", "became", "share"],
    )
    return {"name_stability": name_stability, "name_changes": changes}


def ranking_table():
    return pd.DataFrame(
        {
            "typology": ["prolific_violent_offender", "domestic_abuse_specialist", "town_centre_group"],
            "offenders": [12, 25, 3],
            "severity_da": [4000.0, 200.0, 100.0], "rank_da": [1, 2, 3], "published_rank_da": [3, 6, None],
            "severity_non_da": [900.0, 5.0, 1200.0], "rank_non_da": [2, 3, 1], "published_rank_non_da": [5, 20, None],
        }
    )  # fmt: skip


def people_table():
    """The people of each cluster have its mean severity, all of them the same."""
    clusters = pd.Series([c for c, n in SIZES.items() for _ in range(n)])
    severity = {name: clusters.map(dict(enumerate(MEANS[name], start=1))) for name in SEVERITIES}
    return pd.DataFrame({"cluster": clusters, **severity})


def harm_people():
    """The same people with what analyses of harm ask; in clusters 1 and 2 a quarter have other incidents."""
    clusters = people_table()["cluster"]
    own = {name: clusters.map(dict(enumerate(MEANS[name], start=1))) for name in ("da_incidents", *SEVERITIES)}
    at = clusters.groupby(clusters).cumcount()
    other = clusters.map({1: 0, 2: 1, 3: 12, 4: 39}).where(clusters.gt(2) | (at % 4 > 0), 4)
    typology = dict(clusters_table()[["cluster", "typology"]].itertuples(index=False))
    return pd.DataFrame(own).assign(
        non_da_incidents=other, da_crimes=own["da_incidents"] - 1, da_high_graded=(at < 2).astype(int),
        da_severity_max=own["da_severity_total"], da_victims=clusters.map({1: 1, 2: 1, 3: 3, 4: 1}),
        recency_days=100.0 * clusters, cluster=clusters.astype(str), typology=clusters.map(typology),
        group=clusters.map({1: "E", 2: "A", 3: "B", 4: "C"}), sex=(at % 3).map({0: "F", 1: "M", 2: "M"}),
    )  # fmt: skip


def hexagons_table():
    """The same people in hexagons; their components are those of their cluster, and one in ten has others."""
    people = harm_people()
    ids = [f"S{at:03}" for at in people.index]
    far = pd.Series(people.index % 10 == 0)
    return cohort_hexagons(
        pd.DataFrame({"offender_id": ids, "cluster": people_table()["cluster"], "group": people["group"]}),
        people[["da_incidents", "non_da_incidents"]].assign(offender_id=ids),
        pd.DataFrame({"offender_id": ids, "weight": 1.0, "component_1": 1.0 * people_table()["cluster"],
                      "component_2": far.astype(float)}),
    )  # fmt: skip


def harm_tables():
    """The tables of those people; a regression and an order in time of our own making."""
    people = harm_people().rename_axis("offender_id")
    people.index = [f"S{at:03}" for at in people.index]
    history = harm_and_history(people)
    units = {"offenders": people["da_severity_total"].to_numpy(), "pairs": people["da_severity_total"].to_numpy() / 2}
    bands = {"recency": (150, 250), "frequency": (2, 10), "gravity": (1, 100, 501), "victims": (1, 2, 3)}
    effects = [("univariate", 14, 812.5, 616.5, 1008.5, 2e-6), ("joint_adjusted", 14, 500.0, 300.0, 700.0, 0.0004)]
    begging = [("univariate", 31, -3.0, None, None, 0.9), ("joint_adjusted", 31, -2.0, None, None, 0.8)]
    regression = pd.DataFrame(
        [
            (model, None, offence, family, study, n, effect, 10.0, low, high, q / 2, q, effect / 10, "")
            for offence, family, study, lines in (
                (EVIL, "acquisitive", "acquisitive", effects), ("Begging", "public_order", None, begging)
            )
            for model, n, effect, low, high, q in lines
        ],
        columns=REGRESSION,
    )  # fmt: skip
    order = pd.DataFrame(
        [
            ("before_first_da", whom, model, "violent", 20, 80, 2500.0, 100.0, 2400.0, 300.0, low, high, 1e-3, 2e-3, "")
            for whom in ("all", "first_known")
            for model, low, high in (("apart", 1800.0, 3000.0), ("together", None, None))
        ],
        columns=["design", "whom", "model", "study_family", "with", "without", "harm_with", "harm_without", "effect",
                 "standard_error", "low", "high", "p", "q", "note"],
    )  # fmt: skip
    dimensions = {name: people[name] for name in ("typology", "group", "cluster", "sex")}
    return HarmTables(
        share_of_harm=share_of_harm(people, dimensions),
        harm_and_history=history,
        harm_trend=harm_trend(history),
        harm_regression=regression,
        harm_models=regression_summary(regression),
        harm_found_by_all=regression.iloc[[0]].assign(models=2, more_harm=True),
        harm_order=order,
        harm_concentration=harm_concentration(units),
        lorenz=lorenz_curve(units),
        gini=gini(units),
        harm_parts=harm_parts(people, bands),
        harm_people=people.reset_index(drop=True),
        harm_units=pd.concat([pd.DataFrame({"unit": u, "severity": sorted(v)[::-1]}) for u, v in units.items()]),
    )


def holders_table():
    """How much of what is compared two people hold."""
    return pd.DataFrame(
        [("harm_regression", EVIL, 0.3), ("harm_regression", "Begging", 0.5),
         ("harm_order", "before_first_da all violent", 0.2),
         ("harm_order", "before_first_da first_known violent", 0.2),
         ("comparisons", "sex F da_severity_total", 0.2), ("comparisons", "sex F da_victims", 0.0)],
        columns=["table", "of", "held_by_two"],
    )  # fmt: skip


def comparisons_table():
    """Women and men, of whom one figure differs; and a group that is too small."""
    harm = ("da_severity_total", "DA severity, total", "severity points")
    return pd.DataFrame(
        [
            ("sex", "F", "M", *harm, 340, 660, 120.0, 325.0, -205.0, 30.0, -264.0, -146.0, 1e-9, 1e-8, ""),
            ("sex", "F", "M", "da_victims", "Different victims of DA", "people",
             340, 660, 1.0, 1.1, -0.1, 0.2, -0.5, 0.3, 0.6, 0.7, ""),
            ("age_band", "17 and under", "25 to 34", *harm,
             4, 660, 120.0, 325.0, -205.0, None, None, None, None, None, "too few people for an interval"),
        ],
        columns=GROUPED[:-1],
    )  # fmt: skip


def measures_table():
    """Of 100 people and 120 suspects; two people's incidents are below the age, and ages are in the extract."""
    everyone, cohort = "everyone named as a suspect", "the cohort"
    lines = [
        ("flagged", "Flagged", everyone, 210, 900, "incidents of any kind", 102, 120, None),
        ("below_age", "Flagged, but somebody is too young", everyone, 3, 900, "incidents of any kind", 2, 120, ""),
        ("da", "Counted as DA", everyone, 207, 900, "incidents of any kind", 100, 120, ""),
        ("perpetrators", "Perpetrators", cohort, 207, 850, "incidents of any kind", 100, 100, ""),
        ("da_parallel", "DA-parallel", cohort, 31, 643, "incidents that are not DA", 22, 100, ""),
        ("high_risk_non_crime", "High-risk non-crimes", cohort, None, None, "DA non-crimes", None, None, "risk_grade"),
    ]
    table = pd.DataFrame(
        lines, columns=["measure", "title", "whose", "incidents", "of_incidents", "of", "people", "of_people",
                        "missing_columns"]
    )  # fmt: skip
    share = table["incidents"] / table["of_incidents"]
    return table.assign(definition=f"What it is {EVIL}.", source="Crest 2023, Annex 3", share=share)


def everything():
    catalogue = pd.DataFrame(
        [
            (f.name, f.theme, f.kind, f.unit, f.meaning, "clustered" if f.name in CLUSTERED else "described", "")
            for f in BY_NAME.values()
            if f.name in MEANS
        ],
        columns=["feature", "theme", "kind", "unit", "meaning", "use", "missing_columns"],
    )
    return {
        "clusters": clusters_table(),
        "profiles": profiles_table(),
        "groups": pd.DataFrame(
            {
                "group": list("ABCDE"),
                "title": ["High volume DA, low volume non-DA", "High volume both", "Low volume both",
                          "High volume non-DA, low volume DA", "DA only, low volume"],
                "offenders": [22, 13, 7, 3, 55],
                "share": [0.22, 0.13, 0.07, 0.03, 0.55],
            }
        ),
        "criteria": criteria_table(),
        "scores": pd.DataFrame(
            {
                "cluster": [1, 1], "typology": ["catastrophic_offender", "domestic_abuse_specialist"],
                "score": [0.4, 0.2], "required_met": [False, False], "members": [0.02, 0.1],
                "fits_by": pd.array([None, None], dtype="string"),
            }
        ),
        "own_records": pd.DataFrame(
            {
                "typology": ["catastrophic_offender", "domestic_abuse_specialist", "prolific_violent_offender"],
                "by_cluster": [0, 25, 12], "by_record": [14, 26, 15], "both": [0, 16, 10],
                "cluster_alone": [0, 9, 2], "record_alone": [14, 10, 5],
            }
        ),
        **name_stability_tables(),
        "measures": measures_table(),
        "overlap": overlap_table(),
        "cohort_hexagons": hexagons_table(),
        "offender_patterns": patterns_table(),
        "severity_bands": None,
        "harm_ranking": ranking_table(),
        "harm_rank_agreement": pd.DataFrame({"severity": ["da", "non_da"], "typologies": 2, "spearman": float("nan")}),
        "medoids": medoids_table(),
        "timeline_people": timeline_people_table(),
        "timeline_records": timeline_records_table(),
        "timeline_others": others_table(),
        "components": pd.DataFrame({"component": [1, 2], "share": [0.7, 0.21], "cumulative": [0.7, 0.91]}),
        "feature_catalogue": catalogue,
        "missing_features": pd.DataFrame(
            {"feature": ["age_first_da", "any"], "offenders": [6, 6], "treatment": ["excluded"] * 2}
        ),
        "warnings": pd.DataFrame(
            [("W201", "victim_id", 0, "Of 5 suspects and 4 <victims>, 0 share an id.", "Link them.")],
            columns=["code", "column", "rows", "text", "remedy"],
        ),
        "reconciliation": pd.DataFrame(
            [
                ("extract", "rows_read", None, "read", 1000), ("extract", "exact_duplicate", None, "duplicate", 7),
                ("extract", "missing_date", "occurred_from", "quarantined", 13),
                ("extract", "missing_flag", "da_flag", "quarantined", 0),
                ("extract", "end_before_start", "occurred_to", "blanked", 5),
                ("extract", "outside_window", "occurred_from", "out of scope", 80),
                ("extract", "rows_kept", None, "kept", 900),
                ("offenders", "cohort_as_suspect", "offender_id", "used", 820),
                ("offenders", "cohort_as_victim", "victim_id", "used", 50),
                ("offenders", "no_da_incident", "offender_id", "out of scope", 30),
            ],
            columns=["stage", "rule", "column", "effect", "rows"],
        ),
        "offences": pd.DataFrame(
            {
                "is_crime": [True, True, False, True, False],
                "offence_code": ["10501", None, None, None, None],
                "offence": ["Common assault", EVIL, "Domestic incident", f"{EVIL} again", "Written once"],
                "offence_family": [None] * 5, "rows": [40, 9, 30, 5, 2],
                "family": ["violence", "acquisitive", "non_crime", "other", "non_crime"],
                "resolved_by": ["code", "title", "title", "nothing", "nothing"],
                "severity": [10.0, 1.0, 0.0, 10.0, 0.0],
            }
        ),
        "harm": harm_tables(),
        "course": course_tables(),
        "counted_for_scrutiny": scrutiny_tables(),
        "comparisons": comparisons_table(),
        "harm_holders": holders_table(),
        "harm_gaps": pd.DataFrame(
            [("comparisons", "deprivation", "missing: imd_decile")], columns=["table", "what", "because"]
        ),
        "equality_audit": audit_table(),
        "stand_ins": stand_ins_table(),
        "people": people_table(),
        "definitions": DEFINITIONS,
        "config": Config.model_validate(
            {"name": "Example & force", "extract": {"path": "secret_folder/extract.csv"},
             "window": {"from": "2011-01-01", "to": "2020-12-31"}, "clustering": {"k": 4}, "report": {"limit": 3}}
        ),
        "unresolved": {"crimes": 40, "crimes_without_severity": 3, "areas": 50, "areas_unknown": 0},
        "common_assault": 10.0,
        "scale": "Cambridge Crime Harm Index 2026, median days by offence subgroup",
        "model": {"components": 2, "k": 4, "loss": 1.5, "offenders": 100, "seed": 2022, "stability_fits": 20,
                  "stability_offenders_in_each": 50},
        "columns": ("incident_id", "offender_id", "occurred_from", "da_flag", "offender_sex", "offender_dob"),
        "settings_sha256": "cd" * 32,
        "inputs": {"extract.csv": "ab" * 32},
        "versions": {"dapipeline": "0.1.0", "numpy": "2.1"},
        "made_on": date(2024, 2, 29),
    }  # fmt: skip


@pytest.fixture(scope="session")
def make():
    """Return the contents of the run, with some of them changed."""
    return lambda **changes: Contents(**(everything() | changes))


@pytest.fixture
def typologies(make):
    """Return the typologies of the run, and its unnamed cluster."""
    return reported_typologies(make())


@pytest.fixture
def by_key(typologies):
    return {typology.key: typology for typology in typologies}


@pytest.fixture
def may(make):
    """Return what of the run may be printed."""
    return printable(make(), reported_typologies(make()))


@pytest.fixture
def strict(make):
    """Return what may be printed of the run under a limit of 10 instead."""
    settings = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": 10}}
    contents = make(config=Config.model_validate(settings))
    return printable(contents, reported_typologies(contents))


@pytest.fixture
def reduced(make):
    """Return a run on an extract without victims, severity, sex or ages, and without definitions."""
    clusters = clusters_table().assign(typology="unnamed", named_by="nothing")
    evidence = [
        "unnamed_because",
        "best",
        "score",
        "second",
        "second_score",
        "second_fits",
        "fits_by",
        "members",
        "lead",
    ]
    harm = [name for name in clusters if "severity" in name or "harm_rank" in name or "age_first" in name]
    profiles = profiles_table()
    medoids = medoids_table().assign(
        victim_sex=None, victim_age=None, relationship=None, victims=0, outcome_code=None, location_type=None,
        offender_age=float("nan"), occurred_to=pd.NaT, severity=float("nan"), offence=None, reported_at=pd.NaT,
        risk=float("nan"),
    )  # fmt: skip
    medoids_alone = timeline_people_table().query("shown == 'medoid'")
    catalogue = everything()["feature_catalogue"].set_index("feature")
    catalogue.loc["da_severity_total", ["use", "missing_columns"]] = ["off", "offence_code; offence"]
    catalogue.loc["age_first_da", ["use", "missing_columns"]] = ["off", "offender_dob"]
    return make(
        clusters=clusters.drop(columns=[*harm, *evidence]),
        profiles=profiles[~profiles["feature"].str.contains("severity|age_first")],
        medoids=medoids, timeline_people=medoids_alone, timeline_records=timeline_records_table().iloc[:0],
        timeline_others=others_table().iloc[:0], criteria=None,
        scores=None, definitions=None, harm=None, course=bare_course(),
        own_records=None, name_stability=None, name_changes=None, offender_patterns=None, harm_ranking=None,
        harm_rank_agreement=None,
        overlap=overlap_table().iloc[:0],
        people=people_table()[["cluster"]], equality_audit=audit_table().iloc[:0],
        stand_ins=stand_ins_table().iloc[:0],
        missing_features=everything()["missing_features"].iloc[:0],
        feature_catalogue=catalogue.reset_index(),
    )  # fmt: skip
