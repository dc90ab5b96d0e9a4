"""The parts of the section on scrutiny."""
