"""The shareable edition: what of a run may leave the force."""
