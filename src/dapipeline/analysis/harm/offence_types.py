"""Which non-DA offence types each person is suspected of: a sparse matrix of people by types, and a table of types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from dapipeline.reference.tables import families

TOLD = ("offence_code", "offence", "family", "study_family")


@dataclass(frozen=True)
class OffenceTypes:
    """People and the types of non-DA offence in their record.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per type, those of most people first: offence_code, offence, family, study_family, offenders (how many
        people have it).
    held : scipy.sparse.csr_array of shape (n_people, n_types)
        1 where a person has a type, else 0.
    """

    table: pd.DataFrame
    held: sparse.csr_array

    def only(self, chosen: np.ndarray) -> OffenceTypes:
        """Return some of the types.

        Parameters
        ----------
        chosen : ndarray of int or bool
            Positions in the table.

        Returns
        -------
        OffenceTypes
        """
        return OffenceTypes(self.table[chosen].reset_index(drop=True), self.held[:, np.flatnonzero(chosen)])


def types_of(names: Sequence[str], held: np.ndarray) -> OffenceTypes:
    """Lay out who has what, for the comparisons of harm.

    Parameters
    ----------
    names : sequence of str
    held : ndarray of float, shape (n_people, n_names)
        1 where a person has it, else 0.

    Returns
    -------
    OffenceTypes
        In the order of the names; they stand for codes and titles.
    """
    table = pd.DataFrame({"offence_code": names, "offence": names, "offenders": held.sum(axis=0).astype(int)})
    return OffenceTypes(table, sparse.csr_array(held))


def kind_of(table: pd.DataFrame) -> pd.Series:
    """Return what tells the offences of a table of types apart.

    Parameters
    ----------
    table : pandas.DataFrame
        offence_code and offence, the title, which is never missing there.

    Returns
    -------
    pandas.Series of str
        The code, else the title.
    """
    return table["offence_code"].fillna(table["offence"])


def offence_types(history: pd.DataFrame, people: pd.Index) -> OffenceTypes:
    """Lay out who has which types of offence.

    Parameters
    ----------
    history : pandas.DataFrame
        One row per offender and non-DA offence: offender_id, offence_code, offence, family, study_family. Types are
        told apart by code, else by title, else by family. People who are not among `people` are left out.
    people : pandas.Index
        Ids of everybody who is compared, with or without an offence.

    Returns
    -------
    OffenceTypes
        The title, family and study family of a type are the first by alphabet that its rows give.
    """
    kind = history["offence_code"].fillna(history["offence"]).fillna(history["family"])
    known = history.assign(kind=kind, row=people.get_indexer(history["offender_id"]))
    known = known[known["kind"].notna() & (known["row"] >= 0)]
    pairs = known[["row", "kind"]].drop_duplicates()
    counts = pairs["kind"].value_counts().rename_axis("kind").rename("offenders").reset_index()
    counts = counts.sort_values(["offenders", "kind"], ascending=[False, True], ignore_index=True)
    table = counts.assign(**{name: counts["kind"].map(_first_of(known, name)) for name in TOLD})
    titles = families().set_index("family")["title"]
    table["offence"] = table["offence"].fillna(table["kind"].map(titles)).fillna(table["kind"])
    columns = pd.Index(counts["kind"]).get_indexer(pairs["kind"])
    order = np.lexsort((columns, pairs["row"]))
    where = (pairs["row"].to_numpy()[order], columns[order])
    held = sparse.csr_array((np.ones(len(pairs)), where), shape=(len(people), len(counts)))
    return OffenceTypes(table[[*TOLD, "offenders"]], held)


def _first_of(known: pd.DataFrame, column: str) -> pd.Series:
    """Find the first text by alphabet in a column for each type; rows without one are skipped."""
    said = known[["kind", column]].dropna().drop_duplicates()
    return said.sort_values(column).groupby("kind")[column].first()


def held_by_two(types: OffenceTypes, harm: np.ndarray) -> np.ndarray:
    """Compute how much of a harm that is compared is that of the two people with most of it.

    Parameters
    ----------
    types : OffenceTypes
    harm : ndarray of shape (n_people,)

    Returns
    -------
    ndarray of float
        Of those with each type or of those without it, whichever is more; 0 where neither have any harm.
    """
    columns = sparse.csc_array(types.held)
    largest, whole = np.argsort(-harm, kind="stable"), harm.sum()
    shares = np.zeros(len(types.table))
    for at in range(len(shares)):
        holders = columns.indices[columns.indptr[at] : columns.indptr[at + 1]]
        own = np.sort(harm[holders])
        has, two = set(holders.tolist()), []
        for person in largest:  # few are met before two are found who do not have the type
            if person not in has:
                two.append(harm[person])
                if len(two) == 2:
                    break
        sides = ((own[-2:].sum(), own.sum()), (sum(two), whole - own.sum()))
        shares[at] = max((top / total for top, total in sides if total > 1e-9), default=0.0)
    return shares
