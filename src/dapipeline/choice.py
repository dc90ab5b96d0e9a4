"""The stages of choose-k: those of a run up to the feature vectors, and then every k in the place of one."""

from __future__ import annotations

from dapipeline.clustering.choosing_k import REFERENCES, try_ks
from dapipeline.clustering.clusters import place_offenders
from dapipeline.clustering.stability import HALVES
from dapipeline.config import Clustering
from dapipeline.pipeline import TO_VECTORS, what_to_cluster
from dapipeline.report.choice import render_choice
from dapipeline.stage import Context, Outputs, Stage

READ = tuple(f"clustering.{name}" for name in Clustering.model_fields if name != "k")


def stages_of_choice(ks: range) -> tuple[Stage, ...]:
    """Give the stages that measure every k of a range."""

    def trials(context: Context) -> Outputs:
        """Feature vectors are clustered with every k."""
        vectors, kinds, weights = what_to_cluster(context)
        settings = context.config.clustering
        scores = place_offenders(vectors, kinds, settings).scores
        found = try_ks(scores, weights, vectors["offender_id"].to_numpy(), ks, settings, context.say)
        return {
            "tables/choose_k.csv": found.table,
            "tables/choose_k_clusters.csv": found.clusters,
            "model/choose_k.json": {
                "offenders": len(vectors),
                "offenders_measured": found.people,
                "halves": HALVES,
                "offenders_in_half": found.people_in_half,
                "references": REFERENCES,
                "offenders_in_reference": found.people_in_reference,
            },
        }

    asked = {"--from": ks[0], "--to": ks[-1]}
    return (
        *TO_VECTORS,
        Stage(trials, "Trying every k", READ, (), ("offenders",), ("clustering", "choice.py"), asked),
        Stage(comparison, "Comparing them", ("name", "clustering"), (), ("trials",), ("clustering", "report")),
    )


def comparison(context: Context) -> Outputs:
    """What was measured becomes a paragraph, a figure and a page."""
    trials, clusters = context.frame("tables/choose_k.csv"), context.frame("tables/choose_k_clusters.csv")
    return render_choice(trials, clusters, context.document("model/choose_k.json"), context.config)
