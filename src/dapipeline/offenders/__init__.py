"""Incidents become one feature vector an offender: the feature catalogue and what it is computed from."""
