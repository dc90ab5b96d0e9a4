"""What a person at a terminal reads: progress while a command runs, and what it found."""
