"""The dictionary of the outputs: what every column of every table means, in words that an analyst understands."""
