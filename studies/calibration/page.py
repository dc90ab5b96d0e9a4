"""Renders the results as docs/calibration.md: published figures, names against planted typologies, name stability."""

from __future__ import annotations

from pathlib import Path

from studies.calibration.found_again import (
    ceiling_tables,
    confusion_tables,
    name_stability_tables,
    rarest_tables,
    recovery_tables,
)
from studies.calibration.names_found import naming_tables
from studies.calibration.published import exceptions
from studies.calibration.results import read
from studies.calibration.side_by_side import before_table, figure_tables, ranking_table

HEAD = """# Calibration

Made by `make calibrate`. The study's data can never be published, so a made-up force of its size stands in for it:
`dapipeline synth --preset west_midlands`. Everybody in it is invented, its rates are the study's where it printed
any, and it is no evidence about real people.

*Made* is counted from the extract in plain pandas, with the typology that each offender was made as, without the
pipeline. *Found* is what a run of [configs/west_midlands_2022.yaml](../configs/west_midlands_2022.yaml) says in its
tables, by the names it gave. Both are measured without recording faults and with them. What the study printed is in
`studies/calibration/published.csv`, one row per figure; every measurement is in `studies/calibration/results/`.

The bar is for what was made, without faults: a count or mean within a tenth or two standard errors of the published
figure, a share within three points or two standard errors, whichever is wider. Who is left out for missing data is
judged with faults, and what only a run has (clusters, features, groups) in the run. A medoid is one person; what was
made is the median of its typology. – stands where nobody is of the typology, or the figure is not to be had there.

![How near each published figure comes](calibration.svg)
"""
CONFUSION = """
## Planted and assigned

Everybody who is clustered, by what they were made as (down) and by the name of their cluster (across, in the same
order), without faults. `none` is the study's config, `incidents` differs from it in the weight alone. Rand is the
adjusted Rand index: among those with a planted name, and of all with the unnamed as one class. Macro-F1 is the mean
over the planted typologies, 0 for a name that no cluster got.

![Planted against assigned](calibration_confusion.svg)
"""
BEFORE = """
## Before the study's definitions

Version 0.1 counted domestic abuse from 16 on by the flag alone, called other things DA-parallel and non-compliance,
gave child-abuse non-crimes a family by mapping alone and clustered on the features of `west_midlands_2022_v1`; its
made-up high harm offenders had eight victims of DA. Its figures (`figures_v1.csv`) beside those of now, without faults:
"""
NAMES_FOUND = """
## Names on forces that nobody tuned for

`python -m studies.calibration.naming` makes these forces, describes them with the default config, clusters and names
them: ten seeds of `varied` (the study's force with every rate, size and offence mix moved by up to a third, two more
kinds without a name, and codes and titles written its own way), `west_midlands`, and `west_midlands_shifted` (every
rate moved by a third). Rule, criteria and defaults were chosen on other seeds, and these were measured once, at the
end.

The *best union* is the set of whole clusters that finds a typology best: no naming of these clusters could do better.
The *rule before* names the same clusters by averages alone, by the definitions before. *Own records* is the
definition asked of each person's own record, with no clusters at all. *Background named* is the share of people
without a planted typology who get a name. [decisions/names_by_members.md](decisions/names_by_members.md) says what
was chosen, and what was tried and lost.
"""
RECOVERY = """
## Recovery

Measured with version 0.1, whose features and definitions of DA were others (see above).

Forces that were not used to write the definitions: `west_midlands_shifted` has rates changed by a third and two kinds
of offender without a name. A seed is the force's and the clustering's, so fits differ in everybody who is made up and
in every draw of the search. 29 clusters are the study's. *Squared* stands where the total of squared distances was made
least. Means over the seeds, lowest and highest in brackets. The best union is the set of whole clusters that finds a
typology best: what is lost there the clusters lose, the rest the naming.

[decisions/recovery.md](decisions/recovery.md) says what to make of it.
"""
CEILING = """
## What is reached where the names are shown

Measured with version 0.1, as the recovery.

*Forest*: a random forest on the same 37 features, grown with the planted names of four fifths of the people and asked
for those of the rest. A typology that it cannot tell apart is not to be seen in these features. The other columns are
k-medoids as in a run, k = 29, but on distances fitted to the names: linear discriminants of the features, which set the
planted typologies as far apart as a linear map can. They are scored by the best union of clusters, which no naming can
beat. A run knows no name, so both are more than it can be expected to reach over all typologies; a single one may be
held better by distances that are not fitted to the others, as catastrophic offenders are.
"""
NAME_STABILITY = """
## Name stability: who keeps their name

Measured with version 0.1, as the recovery.

The same cohort clustered and named again, from the scaling on: with ten other seeds, and on ten halves of the people,
with other seeds too. Of those who had a name in the first fit, the share who have it again.
"""
RAREST = """
## The rarest: high harm offenders

Measured with version 0.1, as the recovery.

Ways to find groups, each blind to what was planted. Size, held, purity, recall and ranks by mean severity are of the
cluster that holds most high harm offenders. *Spread over* counts the clusters that hold any; *best union F1* is that
of the set of whole clusters that finds them best, which no name could exceed.
[decisions/recovery.md](decisions/recovery.md) says which was adopted.
"""


def render(results: Path) -> str:
    """Write the page from the results; a part that was not measured is left out."""
    tables = {name: read(name, results) for name in (
        "figures", "figures_v1", "naming", "confusion", "names", "recovery", "recovery_by_name", "ceiling",
        "name_stability", "formulations",
    )}  # fmt: skip
    parts = [HEAD]
    for needed, heading, write in (
        (["figures"], "", lambda figures: figure_tables(figures, exceptions()) + ranking_table(figures)),
        (["confusion", "names"], CONFUSION, confusion_tables),
        (["figures_v1", "figures"], BEFORE, before_table),
        (["naming"], NAMES_FOUND, naming_tables),
        (["recovery", "recovery_by_name"], RECOVERY, recovery_tables),
        (["ceiling"], CEILING, ceiling_tables),
        (["name_stability"], NAME_STABILITY, name_stability_tables),
        (["formulations"], RAREST, rarest_tables),
    ):
        found = [tables[name] for name in needed]
        if all(table is not None for table in found):
            parts += [heading, write(*found)]
    return "".join(parts)
