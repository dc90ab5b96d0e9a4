"""Where outputs live: atomic writes, hashes, the manifest, and what of a run can be reused."""
