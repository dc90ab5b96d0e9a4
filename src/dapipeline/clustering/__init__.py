"""Feature vectors become clusters: scaling, principal components, k-medoids."""
