"""The k-medoids solver beside its peers: loss, time and memory, every fit in a process of its own."""
