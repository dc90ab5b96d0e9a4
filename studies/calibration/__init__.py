"""The made-up force beside the published study, and what the pipeline finds in it again."""
