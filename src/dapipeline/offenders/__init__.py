"""Incidents become one feature vector per offender: the feature catalogue and what it is computed from."""
