"""The course of abuse: what goes before, what follows, how soon again."""
