"""The files of a run: written whole or not at all, hashed, listed in run.json, and reused where nothing changed."""
