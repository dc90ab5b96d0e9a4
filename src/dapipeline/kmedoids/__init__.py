"""k-medoids clustering for any number of rows: a library of its own, described in README.md beside this file."""

from dapipeline.kmedoids.estimator import KMedoids

__all__ = ["KMedoids"]
