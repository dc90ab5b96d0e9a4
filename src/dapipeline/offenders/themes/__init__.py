"""The catalogue, one module a theme of the study."""
