"""From feature vectors to clusters: scaling, principal components, k-medoids, and how good the clusters are."""
