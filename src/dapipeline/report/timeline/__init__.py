"""Timelines: the record of one person, as an example of a cluster, in sentences, as a strip and year by year."""
