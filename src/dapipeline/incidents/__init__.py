"""Canonical rows become incidents: severity, offence families, domestic abuse, relationship and area."""
