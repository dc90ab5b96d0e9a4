"""A file becomes canonical rows; bad rows go to quarantine, counted."""
