"""Offence families, severity, outcomes and deprivation: small tables with their sources."""
