"""The commands: what each runs, in which order, and what of an earlier run it may reuse."""
