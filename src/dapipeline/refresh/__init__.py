"""Refreshed extracts: assign offenders to the medoids of an earlier run, and measure how far the cohort has drifted."""
