from importlib import resources

import pytest
from playwright.async_api import Page as Tab
from playwright.async_api import expect
from pydantic import JsonValue

from bot.client import BreedBot
from bot.sandbox import posting
from bot.sandbox.bodies.base import parse
from bot.sandbox.bodies.embeds import Embed
from bot.sandbox.enums import MessageFlag
from bot.sandbox.posting import Draft, Upload
from tests.discord.stage import Stage
from tests.page.browsing import PHONE, Browsing, composer, message, picture
from tests.page.parts import bot_shows, container, plan_meeting

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360f8cf50cf0000030201005f5a5d2c0000000049454e44ae426082"
)
MARKDOWN = """# Kop
## Tweede kop
**vet** *schuin* __onder__ ~~weg~~ ||geheim|| `code` snake_case_naam
-# klein
> een citaat
> met twee regels
- een
- twee
  - binnen
1. eerst
2. dan
[bron](<https://example.org/a>) <https://example.org/b> https://example.org/c.
<t:1465372800:D> \\*geen nadruk\\* 😀
```python
print("hallo")
```"""


async def axe(tab: Tab) -> list[str]:
    await tab.evaluate(AXE)
    script = "tags => axe.run({runOnly: tags}).then(found => found.violations)"
    found = await tab.evaluate(script, RULES)
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}" for one in found]


def furnish(stage: Stage) -> None:
    """Put one of everything in the channel."""
    world, here = stage.world, stage.algemeen
    first = stage.anna.say(here, MARKDOWN)
    stage.bram.react(first, "👍")
    stage.bram.say(here, f"Mooi, {stage.anna.mention}! Zie <#{stage.reacties.id}>", reply_to=first)
    embeds: list[JsonValue] = [
        {"title": "Kaart", "description": "Een **kaart**", "color": 0x0B6470},
        {
            "fields": [{"name": f"Veld {n}", "value": "waarde", "inline": True} for n in range(3)],
            "footer": {"text": "voet"},
            "image": {"url": "attachment://stip.png"},
        },
    ]
    upload = Upload("stip.png", DOT, "image/png", description="Een stip")
    note = Upload("lees.txt", b"tekst", "text/plain")
    draft = Draft(embeds=[parse(Embed, one) for one in embeds], uploads=(upload, note))
    posting.post(world, here, world.bot.id, draft)
    button: JsonValue = {"type": 2, "style": 1, "label": "Druk", "custom_id": "a"}
    framed = container(
        {"type": 10, "content": "### Een kader\nmet tekst"},
        {"type": 14},
        {
            "type": 9,
            "components": [{"type": 10, "content": "Naast een knop"}],
            "accessory": button,
        },
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 3, "label": "Eens", "custom_id": "b"},
                {"type": 2, "style": 4, "label": "Oneens", "custom_id": "c"},
                {"type": 2, "style": 2, "label": "Uit", "custom_id": "d", "disabled": True},
                {"type": 2, "style": 5, "label": "Lees", "url": "https://example.org/"},
            ],
        },
        {"type": 1, "components": [{"type": 8, "custom_id": "e"}]},
    )
    bot_shows(stage, framed, flags=MessageFlag.COMPONENTS_V2)
    plan_meeting(stage)
    stage.bram.post(stage.forum, "Een idee", "Tekst", tags=[stage.forum.tags[1].id])


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 1400), PHONE])
async def test_nothing_on_the_page_is_out_of_reach_by_the_rules_of_wcag(
    browsing: Browsing, stage: Stage, colors: str, size: tuple[int, int]
) -> None:
    furnish(stage)
    tab = await browsing.open(
        stage.anna, colors="dark" if colors == "dark" else "light", size=size, tips=size != PHONE
    )
    await message(tab, "Een kader").wait_for()
    await picture(tab, f"sights-{colors}-{size[0]}")
    found = await axe(tab)
    await message(tab, "Mooi").get_by_role("button", name="Meer doen").focus()
    await tab.keyboard.press("Enter")
    await tab.get_by_role("menu").wait_for()
    found += await axe(tab)
    await tab.keyboard.press("Escape")
    await tab.locator("#clock").click()
    await tab.get_by_role("dialog").wait_for()
    await picture(tab, f"clock-{colors}-{size[0]}")
    found += await axe(tab)

    assert found == []
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await tab.evaluate(overflow) == 0
    assert browsing.faults == []


async def test_what_people_type_is_shown_as_text(browsing: Browsing, stage: Stage) -> None:
    hostile = (
        "<img src=x onerror=alert(1)><script>alert(1)</script> [klik](javascript:alert(1)) "
        '[x](https://example.org/"onmouseover="alert(1))'
    )
    stage.anna.say(stage.algemeen, hostile)
    tab = await browsing.open(stage.bram)

    shown = message(tab, "onerror")
    await expect(shown).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(shown.locator("img, script")).to_have_count(0)
    await expect(shown.locator("a[href^='javascript']")).to_have_count(0)
    assert browsing.faults == []


async def test_markdown_looks_as_in_discord(browsing: Browsing, stage: Stage) -> None:
    stage.anna.say(stage.algemeen, MARKDOWN)
    tab = await browsing.open(stage.bram)
    text = message(tab, "Tweede kop")

    await expect(text.locator("strong", has_text="vet")).to_have_count(1)
    await expect(text.locator("em")).to_have_text("schuin")
    await expect(text.locator("u")).to_have_text("onder")
    await expect(text.locator("s")).to_have_text("weg")
    await expect(text.locator("blockquote")).to_have_text("een citaat\nmet twee regels")
    await expect(text.locator("pre")).to_have_text('print("hallo")')
    await expect(text.locator("ul ul li")).to_have_text("binnen")
    await expect(text.locator("ol li")).to_have_text(["eerst", "dan"])
    await expect(text).to_contain_text("snake_case_naam")
    await expect(text).to_contain_text("*geen nadruk*")
    await expect(text.locator("time.stamp")).to_have_text("8 juni 2016")
    links = await text.locator("a").evaluate_all("all => all.map(one => [one.href, one.rel])")
    assert links == [[f"https://example.org/{one}", "noopener noreferrer"] for one in "abc"]
    await text.get_by_role("button", name="Verborgen tekst").click()
    await expect(text.locator(".spoiler.open")).to_have_text("geheim")


async def test_two_thousand_messages_arrive_and_are_scrolled_through(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.anna)
    last = tab.locator("#log .message:last-child")
    for hundred in range(20):
        for number in range(100):
            stage.bram.say(stage.algemeen, f"Bericht {hundred * 100 + number} **vet**")
        await expect(last).to_contain_text(f"Bericht {hundred * 100 + 99} ")

    await expect(tab.locator("#log .message")).to_have_count(2000)
    first = await tab.evaluate_handle("document.querySelector('#log .message')")
    await composer(tab).fill("Nog een")
    await composer(tab).press("Enter")
    await expect(last).to_contain_text("Nog een")
    await expect(last).to_be_in_viewport()
    same = "node => node === document.querySelector('#log .message')"
    assert await tab.evaluate(same, first), "what was shown already is left alone"
    await picture(tab, "two-thousand")
    assert browsing.faults == []


async def test_older_messages_are_fetched_on_scrolling_up(browsing: Browsing, stage: Stage) -> None:
    for number in range(120):
        stage.bram.say(stage.algemeen, f"Bericht {number}.")
    tab = await browsing.open(stage.anna)
    await expect(message(tab, "Bericht 119.")).to_be_in_viewport()
    await expect(tab.locator("#log .message")).to_have_count(50)

    await tab.locator("#scroller").evaluate("box => { box.scrollTop = 0; }")
    await expect(tab.locator("#log .message")).to_have_count(100)
    await tab.locator("#scroller").evaluate("box => { box.scrollTop = 0; }")
    await expect(tab.locator("#log .message")).to_have_count(120)


async def test_without_a_bot_the_page_says_that_it_is_starting(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.anna)

    await expect(tab.locator("#banner")).to_contain_text("nog aan het starten")


@pytest.mark.usefixtures("breed")
async def test_the_first_sight_is_inviting(
    browsing: Browsing, breed: BreedBot, stage: Stage
) -> None:
    stage.bram.say(stage.algemeen, "Welkom allemaal!")
    tab = await browsing.open(stage.anna, tips=True)
    await message(tab, "Welkom").wait_for()
    await picture(tab, "first-sight")
    await tab.get_by_role("button", name="Stel een vraag").click()

    await expect(tab.get_by_role("combobox", name="vraag")).to_have_value(
        "Wat adviseert Berenschot?"
    )
    assert breed.is_ready()
