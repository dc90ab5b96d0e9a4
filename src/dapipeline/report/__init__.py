"""What a run found, for readers: sentences, tables, figures and timelines in one self-contained page."""
