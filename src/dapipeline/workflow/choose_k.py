"""The stages of choose-k: those of a run up to the feature vectors, then a clustering for every k of a range."""

from __future__ import annotations

from dapipeline.clustering.choosing_k import REFERENCES, try_ks
from dapipeline.clustering.clusters import place_offenders
from dapipeline.clustering.stability import HALVES
from dapipeline.config import Clustering
from dapipeline.report.choose_k import render_choice
from dapipeline.workflow import outputs
from dapipeline.workflow.pipeline import what_to_cluster
from dapipeline.workflow.stage import Context, Outputs, Stage
from dapipeline.workflow.to_vectors import TO_VECTORS

READ = (*(f"clustering.{name}" for name in Clustering.model_fields if name != "k"), "features.transform")


def stages_of_choice(ks: range) -> tuple[Stage, ...]:
    """Return the stages that cluster and measure with every k of a range.

    Parameters
    ----------
    ks : range
        Numbers of clusters, ascending.

    Returns
    -------
    tuple of Stage
        In the order in which they run.
    """

    def trials(context: Context) -> Outputs:
        """Cluster the feature vectors with every k."""
        vectors, kinds, weights = what_to_cluster(context)
        settings = context.config.clustering
        scores = place_offenders(vectors, kinds, settings, context.config.features.transform).scores
        found = try_ks(scores, weights, vectors["offender_id"].to_numpy(), ks, settings, context.say)
        return {
            outputs.TRIALS: found.table,
            outputs.TRIAL_CLUSTERS: found.clusters,
            outputs.TRIALS_ABOUT: {
                "offenders": len(vectors),
                "offenders_measured": found.people,
                "halves": HALVES,
                "offenders_in_half": found.people_in_half,
                "references": REFERENCES,
                "offenders_in_reference": found.people_in_reference,
            },
        }

    return (
        *TO_VECTORS,
        Stage(
            work=trials, title="Trying every k", package="clustering", settings=READ, after=("offenders",),
            options={"--from": ks[0], "--to": ks[-1]},
        ),
        Stage(
            work=comparison, title="Comparing them", package="report", settings=("name", "clustering"),
            after=("trials",),
        ),
    )  # fmt: skip


def comparison(context: Context) -> Outputs:
    """Write the measures as a paragraph, a figure and a page."""
    trials, clusters = context.frame(outputs.TRIALS), context.frame(outputs.TRIAL_CLUSTERS)
    found = render_choice(trials, clusters, context.document(outputs.TRIALS_ABOUT), context.config)
    return {
        outputs.CHOICE_PAGE: found.html,
        outputs.CHOICE: found.evidence,
        outputs.figure("choose_k", made_by="comparison"): found.figure,
    }
