"""The parts of the section on the course of abuse, each with findings, a figure, tables and what it cannot say."""
