"""Questions about finished runs: why an offender is in a cluster, and how two runs differ."""
