"""The parts of the section on harm: each opens with findings, has a figure and tables, and says what it cannot say."""
