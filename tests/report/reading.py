"""What one section of the page says, in words alone."""

import re

from dapipeline.report.page import render_report


def files_of(contents):
    """The page and its figures, by their places in a run."""
    page = render_report(contents)
    return {f"figures/{name}.svg": text for name, text in page.figures.items()} | {"report/index.html": page.html}


def words_of(section, contents):
    page = render_report(contents).html
    found = re.search(rf'<section id="{section}".*?</section>', page, re.DOTALL).group(0)
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found, flags=re.DOTALL).split())
