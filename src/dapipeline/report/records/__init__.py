"""Records of responsible use: what a run knows of itself in the fields of published forms; blanks for the force."""
