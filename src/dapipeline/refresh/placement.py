"""Places a refreshed cohort in an existing typology: everybody gets the cluster of the nearest medoid of the run."""

from __future__ import annotations

import pandas as pd

from dapipeline.clustering.model import Model
from dapipeline.errors import CohortError
from dapipeline.typology.clusters import name_offenders
from dapipeline.typology.groups import offender_groups


def assign_offenders(
    model: Model, vectors: pd.DataFrame, features: pd.DataFrame, typologies: pd.Series
) -> pd.DataFrame:
    """Assign offenders to the nearest medoid of a run, which is not fitted again.

    Parameters
    ----------
    model : Model
        Of the run.
    vectors : pandas.DataFrame
        offender_id and the model's features in natural units, without missing values; one row per offender, sorted by
        offender_id.
    features : pandas.DataFrame
        offender_id, da_incidents and non_da_incidents, of at least these people.
    typologies : pandas.Series
        Name of each cluster in the run, indexed by cluster.

    Returns
    -------
    pandas.DataFrame
        One row per offender: offender_id, cluster, typology, group (by the offender's own counts), distance,
        second_cluster, margin.
    """
    placed = model.place(vectors)
    counts = features.set_index("offender_id").loc[placed["offender_id"]]
    groups = offender_groups(counts["da_incidents"], counts["non_da_incidents"])
    return name_offenders(placed, typologies, groups)


def check_features(wanted: list[str], catalogue: pd.DataFrame) -> None:
    """Check that an extract has the columns that the features of a model are computed from.

    Parameters
    ----------
    wanted : list of str
        The features of the model.
    catalogue : pandas.DataFrame
        feature, use, missing_columns: which features the extract allows.

    Raises
    ------
    CohortError
        D109 if a column for one of the features is missing.
    """
    off = catalogue[catalogue["feature"].isin(wanted) & (catalogue["use"] == "off")]
    if len(off):
        columns = sorted({column for columns in off["missing_columns"] for column in columns.split("; ")})
        raise CohortError(
            "D109",
            f"The extract lacks {', '.join(columns)}, from which the run has {', '.join(off['feature'])}.",
            "Export the columns the run had, under the same names; or make a new run on this extract.",
        )


def check_scale(fitted: str, scale: str) -> None:
    """Check that severity is measured on the scale of the run.

    Parameters
    ----------
    fitted, scale : str
        Severity scale of the run and of the refreshed extract.

    Raises
    ------
    CohortError
        D110 if they differ.
    """
    if scale != fitted:
        raise CohortError(
            "D110",
            f"The severity scale of the run is {fitted}; this extract would be measured on another, {scale}.",
            "Export the column severity if the run's extract had it, and leave it out if not.",
        )
