"""Counts what inspectors, boards and boroughs ask for: indicators by area and year, of every kept row."""
