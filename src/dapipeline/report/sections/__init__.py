"""The sections of the page: one module and one template of the same name each."""
