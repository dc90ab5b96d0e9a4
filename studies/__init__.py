"""Studies of the program itself: run by hand or by make, never imported by the package."""
