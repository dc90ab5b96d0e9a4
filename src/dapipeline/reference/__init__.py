"""Code lists, offence families, severity, outcomes and deprivation: small tables with their sources."""
