"""Clusters get groups, profiles, harm ranks and names."""
