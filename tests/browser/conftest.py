"""The page of a finished run in a real browser, from its file, with the network off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import dapipeline

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"  # Debian's


# Down the whole page and up again, so that every table that can be seen gets its controls.
THROUGH = """async () => {
    document.documentElement.style.scrollBehavior = 'auto';
    for (let at = 0; at < document.documentElement.scrollHeight; at += 2000) {
        scrollTo(0, at);
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    }
    scrollTo(0, 0);
}"""


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample, with the shareable edition beside it."""
    out = tmp_path_factory.mktemp("sample") / "run"
    config = dapipeline.load_config(ROOT / "configs/sample.yaml")
    shared = config.report.model_copy(update={"edition": "shareable"})
    dapipeline.run(config.model_copy(update={"report": shared}), out=out)
    return out / "report/index.html"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Watched:
    """A page with what it asked for and what it complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def opened(context: BrowserContext, report: Path) -> Watched:
    """The page, opened from its file."""
    watched = Watched(context)
    watched.page.goto(report.as_uri())
    return watched
