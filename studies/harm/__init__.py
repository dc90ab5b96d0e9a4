"""How well the statistics of the harm analyses hold what they say, on forces whose truth is known."""
