import pytest
from playwright.async_api import expect

from bot.sandbox.people import Person
from tests.discord.stage import Stage
from tests.page.browsing import (
    PHONE,
    Browsing,
    choose_person,
    composer,
    message,
    picture,
)

pytestmark = pytest.mark.usefixtures("breed")


async def test_a_question_is_asked_with_the_bots_own_suggestions(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.anna)
    await composer(tab).press_sequentially("/vr")
    await picture(tab, "commands")
    await composer(tab).press("Enter")
    field = tab.get_by_role("combobox", name="vraag")
    await field.press_sequentially("wat adviseert berenschot")
    await tab.get_by_role("listbox").get_by_role("option").first.wait_for()
    await picture(tab, "suggestions")
    await field.press("ArrowDown")
    await field.press("Enter")
    await field.press("Enter")
    answer = message(tab, "coöperatie")
    await answer.get_by_role("button", name="Bronnen").click()
    await expect(message(tab, "Alleen jij ziet dit")).to_be_visible()
    await picture(tab, "answer")
    assert browsing.faults == []


async def test_a_question_by_mention_is_answered_and_can_be_followed_up(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.anna)
    await composer(tab).press_sequentially("@BR")
    await tab.get_by_role("option", name="@BREED").wait_for()
    await composer(tab).press("Tab")
    await composer(tab).press_sequentially("wanneer was de ALV van juni 2016?")
    await composer(tab).press("Enter")
    await expect(message(tab, "8 juni 2016")).to_be_visible()

    await composer(tab).fill("@BREED en waar was dat?")
    await composer(tab).press("Enter")
    await expect(message(tab, "en waar was dat?")).to_be_visible()
    await expect(tab.locator("#log .message .origin")).to_have_count(2)
    await picture(tab, "follow-up")
    assert browsing.faults == []


async def test_a_thumb_down_opens_a_form_that_is_sent(browsing: Browsing, stage: Stage) -> None:
    tab = await browsing.open(stage.anna)
    await composer(tab).fill("@BREED wat adviseert Berenschot?")
    await composer(tab).press("Enter")
    await message(tab, "coöperatie").get_by_role("button", name="👎").click()
    dialog = tab.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await picture(tab, "form")
    field = dialog.get_by_role("textbox").first
    await field.fill("Ik zocht het jaar.")
    await dialog.get_by_role("button", name="Versturen").click()

    await expect(dialog).to_have_count(0)
    await expect(tab.locator("#log .message.ephemeral")).to_be_visible()
    assert browsing.faults == []


async def test_a_form_with_an_empty_field_stays_open_and_says_so(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.anna)
    await composer(tab).fill("/vraag")
    await composer(tab).press("Enter")
    await composer(tab).press("Enter")
    await tab.get_by_role("button", name="Uitvoeren").click()

    await expect(tab.get_by_role("alert")).to_have_text("vraag: Vul dit in.")
    await expect(tab.get_by_role("combobox", name="vraag")).to_be_focused()


async def test_a_menu_on_a_message_lets_the_bot_answer_it(browsing: Browsing, stage: Stage) -> None:
    stage.bram.say(stage.algemeen, "Wat adviseert Berenschot?")
    tab = await browsing.open(stage.anna)
    await message(tab, "Wat adviseert").click(button="right")
    await picture(tab, "message-menu")
    await tab.get_by_role("menuitem", name="Vraag beantwoorden").click()

    await expect(message(tab, "coöperatie")).to_be_visible()
    assert browsing.faults == []


async def test_people_can_be_switched_and_see_what_they_may(
    browsing: Browsing, stage: Stage
) -> None:
    tab = await browsing.open(stage.bezoeker)
    places = tab.get_by_role("navigation", name="Kanalen")
    await expect(places.get_by_role("button", name="moderators")).to_have_count(0)
    await tab.locator("#person").click()
    await picture(tab, "people")
    await tab.keyboard.press("Escape")

    await choose_person(tab, "Marja")

    await expect(places.get_by_role("button", name="moderators")).to_be_visible()
    assert f"person={stage.marja.id}" in tab.url
    assert browsing.faults == []


async def test_two_tabs_are_two_people_who_see_each_other_write(
    browsing: Browsing, stage: Stage
) -> None:
    anna = await browsing.open(stage.anna)
    bram = await browsing.open(stage.bram)
    await composer(anna).press_sequentially("Hallo **Bram**")
    await expect(bram.locator("#typing")).to_have_text("Anna is aan het typen…")
    await composer(anna).press("Enter")
    await expect(message(bram, "Hallo Bram").locator("strong").last).to_have_text("Bram")

    await composer(bram).fill("/help")
    await composer(bram).press("Enter")
    await composer(bram).press("Enter")
    await bram.get_by_role("button", name="Uitvoeren").click()
    await expect(bram.locator("#log .ephemeral")).to_be_visible()
    await picture(bram, "help")
    await bram.get_by_role("button", name="Sluit dit bericht").click()
    await expect(bram.locator("#log .ephemeral")).to_have_count(0)
    await expect(anna.locator("#log .message")).to_have_count(1)
    assert browsing.faults == []


async def test_a_private_question_is_answered_privately(browsing: Browsing, stage: Stage) -> None:
    new = Person.new(stage.world, "Nieuw", stage.guild, stage.lid)
    tab = await browsing.open(new, size=PHONE, tips=True)
    await picture(tab, "phone-start")
    await tab.get_by_role("button", name="Praat privé met de bot").click()
    await expect(tab.get_by_role("heading", level=1)).to_have_text("Privé met BREED")
    await expect(composer(tab)).to_have_value("Wat is collectivisering?")
    await composer(tab).press("Enter")
    await tab.get_by_role("button", name="Verberg Probeer dit").click()
    await expect(tab.get_by_role("button", name="Bronnen")).to_be_visible()
    await picture(tab, "phone-private")
    await tab.get_by_role("button", name="Kanalen tonen").click()
    await picture(tab, "phone-places")
    assert browsing.faults == []


async def test_an_option_is_shown_with_its_menus(browsing: Browsing, stage: Stage) -> None:
    tab = await browsing.open(stage.anna, colors="dark", tips=True)
    await tab.get_by_role("button", name="Bekijk de opties").click()
    await tab.get_by_role("button", name="Uitvoeren").click()
    await tab.locator("#log .message").first.wait_for()
    await picture(tab, "dark-options")
    assert browsing.faults == []
