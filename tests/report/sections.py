"""What one section of the page says, in words alone."""

import re

from dapipeline.report.page import render_report


def words_of(section, contents):
    page = render_report(contents)["report/index.html"]
    found = re.search(rf'<section id="{section}".*?</section>', page, re.DOTALL).group(0)
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found, flags=re.DOTALL).split())
