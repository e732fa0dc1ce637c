import datetime as dt
from typing import cast

import pytest
from playwright.async_api import Page as Tab
from playwright.async_api import expect
from pydantic import JsonValue

from bot.sandbox.interaction_records import Interaction
from bot.sandbox.server import Server
from tests.discord.stage import Stage, build_stage
from tests.page.browsing import PHONE, Browsing, choose_person, composer, message, picture
from tests.page.parts import bot_shows, plan_meeting, row


async def focused(tab: Tab) -> str:
    script = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
    return str(await tab.evaluate(script))


async def test_all_of_it_works_with_the_keyboard_alone(browsing: Browsing, stage: Stage) -> None:
    tab = await browsing.open(stage.anna)
    keys = tab.keyboard
    await keys.press("Tab")
    assert await focused(tab) == "Naar het bericht dat je typt"
    await keys.press("Enter")
    await expect(composer(tab)).to_be_focused()
    await keys.type("Hoi")
    await keys.press("Shift+Enter")
    await keys.type("allemaal")
    await keys.press("Enter")
    await expect(message(tab, "Hoi")).to_contain_text("allemaal")

    await tab.locator("#person").focus()
    await keys.press("Enter")
    await keys.press("End")
    await keys.press("Enter")
    await expect(tab.locator("#person")).to_have_attribute(
        "aria-label", "Je bent Marja. Iemand anders kiezen"
    )
    await tab.locator(".place-row").first.focus()
    await keys.press("ArrowDown")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(tab.get_by_role("heading", level=1)).to_have_text("#reacties")
    assert browsing.faults == []


async def test_the_keyboard_walks_along_messages_and_their_menus(
    browsing: Browsing, stage: Stage
) -> None:
    for text in ("Eerste", "Tweede", "Derde"):
        stage.bram.say(stage.algemeen, text)
    tab = await browsing.open(stage.anna)
    await message(tab, "Derde").wait_for()
    keys = tab.keyboard
    await tab.locator("#scroller").focus()
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    assert (await focused(tab)).startswith("Bram")
    await keys.press("Tab")
    await keys.press("Enter")
    # What is on the menu is asked for first, and until it opens the keys go to its button.
    await expect(tab.get_by_role("menuitem", name="Beantwoorden", exact=True)).to_be_focused()
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await tab.get_by_role("dialog", name="Kies een emoji").wait_for()
    await keys.press("Enter")
    await expect(message(tab, "Tweede").get_by_role("button", name="👍, 1 keer")).to_be_visible()
    assert browsing.faults == []


async def test_a_message_is_answered_edited_and_taken_away(
    browsing: Browsing, stage: Stage
) -> None:
    stage.bram.say(stage.algemeen, "Van Bram")
    tab = await browsing.open(stage.anna)
    await message(tab, "Van Bram").click(button="right")
    await tab.get_by_role("menuitem", name="Beantwoorden", exact=True).click()
    await composer(tab).fill("Mijn antwoord")
    await composer(tab).press("Enter")
    own = message(tab, "Mijn antwoord")
    await expect(own.get_by_role("button", name="Antwoord op Bram: Van Bram")).to_be_visible()

    await own.click(button="right")
    await tab.get_by_role("menuitem", name="Bewerken").click()
    await composer(tab).fill("Mijn beter antwoord")
    await composer(tab).press("Enter")
    await expect(message(tab, "Mijn beter antwoord")).to_contain_text("(bewerkt)")

    await message(tab, "Mijn beter").click(button="right")
    await tab.get_by_role("menuitem", name="Verwijderen").click()
    await expect(tab.locator("#log .message")).to_have_count(1)
    assert browsing.faults == []


async def test_a_bot_that_does_not_react_is_named(browsing: Browsing, stage: Stage) -> None:
    button: JsonValue = {"type": 2, "style": 1, "label": "Druk", "custom_id": "a"}
    bot_shows(stage, row(button), content="Knop")
    async with Server(stage.world):
        tab = await browsing.open(stage.anna)
        await tab.get_by_role("button", name="Druk").click()

        await expect(tab.locator("#log .notice")).to_have_text(
            "De app reageerde niet.", timeout=6000
        )


@pytest.mark.parametrize(("kind", "choice"), [(3, "Twee"), (5, "Bram"), (6, "@lid"), (8, "#forum")])
async def test_every_kind_of_select_offers_what_it_takes(
    browsing: Browsing, stage: Stage, kind: int, choice: str
) -> None:
    select: dict[str, JsonValue] = {"type": kind, "custom_id": "s", "placeholder": "Maak je keuze"}
    if kind == 3:
        select["options"] = [{"label": one, "value": one} for one in ("Een", "Twee")]
    bot_shows(stage, row(select), content="Kies")
    tab = await browsing.open(stage.anna)
    await tab.get_by_role("button", name="Maak je keuze").click()
    await tab.get_by_role("button", name=choice, exact=True).last.click()

    def used() -> Interaction | None:
        return next(iter(stage.world.interactions.values()), None)

    found = await stage.world.until(used, timeout=5)
    assert len(cast("list[str]", found.data["values"])) == 1


async def test_a_forum_lists_its_posts_and_takes_a_new_one(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.anna)
    stage.bram.post(stage.forum, "Een idee", "Tekst van Bram", tags=[stage.forum.tags[1].id])
    await tab.get_by_role("button", name="forum").click()
    await picture(tab, "forum")
    await tab.locator("#forum").get_by_role("button", name="Een idee").click()
    await expect(message(tab, "Tekst van Bram")).to_be_visible()
    await tab.get_by_role("button", name="Gesprek in #forum").click()
    await tab.get_by_role("button", name="Nieuw onderwerp").click()
    await tab.get_by_label("Titel").fill("Nog een idee")
    await tab.get_by_label("Bericht", exact=True).fill("Van Anna")
    await tab.get_by_label("vraag").check()
    await picture(tab, "forum-new")
    await tab.get_by_role("button", name="Plaatsen").click()

    await expect(tab.get_by_role("heading", level=1)).to_have_text("Nog een idee")
    await expect(message(tab, "Van Anna")).to_be_visible()
    assert browsing.faults == []


async def test_a_thread_begins_at_a_message(browsing: Browsing, stage: Stage) -> None:
    stage.bram.say(stage.algemeen, "Hierover verder")
    tab = await browsing.open(stage.anna)
    await message(tab, "Hierover").click(button="right")
    await tab.get_by_role("menuitem", name="Gesprek beginnen").click()
    await tab.get_by_label("Naam van het gesprek").fill("Verder")
    await tab.keyboard.press("Enter")

    await expect(tab.get_by_role("heading", level=1)).to_have_text("Verder")
    await expect(message(tab, "Hierover verder")).to_be_visible()
    assert browsing.faults == []


async def test_interest_in_a_meeting_is_shown_to_all(browsing: Browsing, stage: Stage) -> None:
    tab = await browsing.open(stage.anna)
    event = plan_meeting(stage)
    await tab.get_by_role("button", name="Evenementen").click()
    await tab.get_by_role("button", name="Ik heb interesse").click()
    await expect(tab.get_by_text("1 geïnteresseerde")).to_be_visible()
    await picture(tab, "meetings")

    assert event.subscribers == [stage.anna.id]
    assert browsing.faults == []


async def test_what_was_said_elsewhere_is_marked_unread(browsing: Browsing, stage: Stage) -> None:
    tab = await browsing.open(stage.anna)
    stage.bram.say(stage.reacties, "Kijk hier eens")
    unread = tab.get_by_role("button", name="reacties ongelezen")
    await expect(unread).to_be_visible()
    await unread.click()
    await expect(message(tab, "Kijk hier")).to_be_visible()

    await expect(tab.get_by_role("button", name="reacties ongelezen")).to_have_count(0)


async def test_the_clock_is_moved_by_a_button(browsing: Browsing, stage: Stage) -> None:
    tab = await browsing.open(stage.anna)
    await tab.locator("#clock").click()
    await tab.get_by_role("button", name="1 week").click()
    await expect(tab.get_by_role("dialog")).to_have_count(0)
    await tab.locator("#clock").click()
    await tab.get_by_label("Of naar dit moment").fill("2016-06-08T09:00")
    await tab.get_by_role("button", name="Zet vooruit").click()
    await expect(tab.get_by_role("alert")).to_contain_text("hooguit 400 dagen")

    assert browsing.page.controls.clock.moved == dt.timedelta(days=7)


async def test_a_reset_is_asked_twice_and_brings_back_the_same_person(
    browsing: Browsing, stage: Stage
) -> None:
    stage.anna.say(stage.algemeen, "Van vroeger")
    tab = await browsing.open(stage.bram)
    await message(tab, "Van vroeger").wait_for()
    fresh = build_stage(now=browsing.page.controls.clock)
    browsing.page.controls.fresh.append(fresh.world)
    await tab.get_by_role("button", name="Opnieuw beginnen").click()
    await tab.get_by_role("button", name="Annuleren").click()
    assert browsing.page.controls.resets == 0

    await tab.get_by_role("button", name="Opnieuw beginnen").click()
    await tab.get_by_role("button", name="Ja, begin opnieuw").click()
    await expect(tab.locator("#log .message")).to_have_count(0)
    await tab.wait_for_url(f"**person={fresh.bram.id}")
    await expect(tab.locator("#person")).to_contain_text("Bram")
    await composer(tab).fill("Weer hier")
    await composer(tab).press("Enter")
    await expect(message(tab, "Weer hier")).to_be_visible()


async def test_the_page_comes_back_by_itself_when_the_connection_was_lost(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.anna, size=PHONE)
    await tab.context.set_offline(True)
    await tab.evaluate("performance.now()")
    await browsing.page.drop()
    await expect(tab.locator("#banner")).to_contain_text("verbinding is weg")
    stage.bram.say(stage.algemeen, "Intussen gezegd")
    await tab.context.set_offline(False)

    await expect(message(tab, "Intussen gezegd")).to_be_visible(timeout=8000)


async def test_colours_can_be_chosen_and_stay(browsing: Browsing, stage: Stage) -> None:
    tab = await browsing.open(stage.anna, colors="light")
    light = await tab.evaluate("getComputedStyle(document.body).backgroundColor")
    await tab.get_by_role("button", name="Kleuren").click()
    await tab.get_by_role("button", name="Kleuren").click()
    await tab.reload()
    await tab.locator("#person[aria-label]").wait_for()

    assert await tab.evaluate("getComputedStyle(document.body).backgroundColor") != light
    await expect(tab.get_by_role("button", name="Kleuren: Donker")).to_be_visible()


async def test_a_tab_can_become_somebody_who_may_not_see_what_is_open(
    browsing: Browsing, stage: Stage
) -> None:
    stage.marja.say(stage.moderators, "Onder ons")
    tab = await browsing.open(stage.marja)
    await tab.get_by_role("button", name="moderators").click()
    await message(tab, "Onder ons").wait_for()
    await choose_person(tab, "Bezoeker")

    await expect(tab.get_by_role("heading", level=1)).to_have_text("#algemeen")
    await expect(tab.locator("#log .message")).to_have_count(0)
    assert browsing.faults == []
