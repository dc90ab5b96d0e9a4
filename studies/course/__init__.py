"""Whether the analyses of the course of abuse find what was planted, on forces whose law is known."""
