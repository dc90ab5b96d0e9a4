"""Analyses of the whole cohort: concentration of harm, patterns, overlap of suspects and victims, equality audit."""
