"""A new extract in an old typology: everybody's nearest medoid, and how far the cohort has drifted."""
