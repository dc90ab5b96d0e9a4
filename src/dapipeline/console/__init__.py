"""What the analyst reads at a terminal: progress while a command runs, and what it found."""
