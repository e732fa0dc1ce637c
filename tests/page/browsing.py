"""A real browser on the page: tabs, what is read there, and pictures to look at."""

import contextlib
import shutil
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Locator, async_playwright
from playwright.async_api import Page as Tab

from bot.sandbox.people import Person
from tests.page.serving import Page

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = (1280, 800), (360, 740)


def chromium() -> str:
    """Return where the browser is; without one the test is skipped."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed")
    return found


@contextlib.asynccontextmanager
async def opened_browser(path: str) -> AsyncGenerator[Browser]:
    """Run a browser while the block runs."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(slots=True)
class Browsing:
    """One browser. `faults` is what its pages wrote as errors: there are to be none."""

    browser: Browser
    page: Page
    faults: list[str] = field(default_factory=list[str])

    async def open(
        self,
        person: Person,
        *,
        size: tuple[int, int] = DESKTOP,
        colors: Literal["light", "dark"] = "light",
        tips: bool = False,
    ) -> Tab:
        """Open the page as somebody, in a profile of its own, and wait until it is ready."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=colors,
            locale="nl-NL",
            reduced_motion="reduce",
        )
        if not tips:
            hidden = "localStorage.setItem('breed-sandbox-tips-hidden', 'yes')"
            await context.add_init_script(hidden)
        tab = await context.new_page()
        tab.set_default_timeout(8000)
        tab.on("console", lambda said: self._note(said.type, said.text))
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        await tab.goto(self.page.url(person))
        await tab.locator("#person[aria-label]").wait_for()
        await tab.get_by_role("heading", level=1, name="#algemeen").wait_for()
        return tab

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.faults.append(text)


async def picture(tab: Tab, name: str) -> None:
    """Keep a picture of a tab, for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await tab.screenshot(path=SCREENSHOTS / f"{name}.png", caret="initial")


def message(tab: Tab, text: str) -> Locator:
    """Return the last message in the log with a text in it."""
    return tab.locator("#log .message").filter(has_text=text).last


def composer(tab: Tab) -> Locator:
    """Return the field that messages are typed in."""
    return tab.locator("#composer-text")


async def choose_person(tab: Tab, name: str) -> None:
    """Become somebody else by the menu."""
    await tab.locator("#person").click()
    await tab.get_by_role("menuitemradio", name=name).click()
    await tab.locator(f"#person[aria-label*='{name}']").wait_for()
