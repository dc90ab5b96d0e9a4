"""What the card of a typology says: its figures in sentences, on axes, and beside what a study prints and promises."""
