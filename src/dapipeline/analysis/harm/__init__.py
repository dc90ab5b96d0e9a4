"""Who does the harm, which other offending goes with it, in what order, and how few hold most of it."""
