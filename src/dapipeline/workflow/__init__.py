"""The commands: which stages each runs, in which order, and which outputs of an earlier run it reuses."""
