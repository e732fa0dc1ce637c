"""`/opties`, `/vergelijk`, `/help` and `/voorwaarden`."""

import pytest

from bot.sandbox import building
from bot.ui.options import comparison_screen
from tests.e2e.chat import Chat


async def test_the_overview_opens_an_option_in_full_for_whoever_chooses(chat: Chat) -> None:
    stage = chat.stage
    overview = await stage.anna.slash(stage.algemeen, "opties").reply()
    shown = await stage.bram.choose(overview, ["2. Regiegroep"]).reply()

    assert "15. Ambtelijke fusie" in overview.content
    assert not overview.is_ephemeral
    assert shown.is_ephemeral
    assert shown.content.startswith("## 2. Regiegroep")
    assert "**Voordelen**" in shown.content
    assert "-# Bronnen: " in shown.content


async def test_an_option_is_found_by_what_somebody_types(chat: Chat) -> None:
    stage = chat.stage
    for typed in ("centrumgemeente", "4", "centrumgemente", "BVO"):
        shown = await stage.anna.slash(stage.algemeen, "opties", {"optie": typed}).reply()
        assert shown.content.startswith("## ")
    refused = await stage.anna.slash(stage.algemeen, "opties", {"optie": "banaan"}).reply()
    assert refused.is_ephemeral
    assert "Deze optie ken ik niet" in refused.content


async def test_options_are_offered_while_typing(chat: Chat) -> None:
    stage = chat.stage
    for path, option in (("opties", "optie"), ("vergelijk", "eerste"), ("vergelijk", "tweede")):
        typing = stage.anna.autocomplete(stage.algemeen, path, option, {option: "regigroep"})
        first, *_ = await typing.choices()
        assert first.name == "Regiegroep"


async def test_two_options_stand_side_by_side_and_one_not_beside_itself(chat: Chat) -> None:
    stage = chat.stage
    options = {"eerste": "centrumgemeente", "tweede": "stichting"}
    shown = await stage.anna.slash(stage.algemeen, "vergelijk", options).reply()
    (embed,) = shown.embeds
    same = {"eerste": "stichting", "tweede": "11"}
    refused = await stage.anna.slash(stage.algemeen, "vergelijk", same).reply()

    names = [one.name for one in embed.fields if one.inline]
    assert names[:2] == [
        "Wat het is: Centrumgemeente (lichte regeling)",
        "Wat het is: Stichting",
    ]
    assert len(names) == 10
    assert refused.content == "Kies twee verschillende opties om te vergelijken."


async def test_every_pair_of_options_fits_in_one_embed(chat: Chat) -> None:
    options = chat.library.options
    sizes = [
        len(screen.embed)
        for one in options
        for other in options
        if one is not other and (screen := comparison_screen(one, other)).embed is not None
    ]

    assert len(sizes) == len(options) * (len(options) - 1)
    assert max(sizes) <= 6_000


async def test_help_tells_each_role_what_it_can_do(chat: Chat) -> None:
    stage = chat.stage
    for person, words in (
        (stage.bezoeker, "**bezoeker**"),
        (stage.anna, "**lid**"),
        (stage.marja, "**moderator**"),
    ):
        shown = await person.slash(stage.algemeen, "help").reply()
        assert shown.is_ephemeral
        assert words in shown.content
        assert "</vraag:" in shown.content


async def test_only_those_who_can_mend_it_read_what_is_missing(chat: Chat) -> None:
    stage = chat.stage
    building.remove_channel(stage.world, stage.reacties)
    await chat.settled()
    member = await stage.anna.slash(stage.algemeen, "help").reply()
    moderator = await stage.marja.slash(stage.algemeen, "help").reply()

    assert "Nog niet ingericht" not in member.content
    assert "het kanaal **reacties**" in moderator.content


async def test_an_example_is_one_click_away(chat: Chat) -> None:
    stage = chat.stage
    shown = await stage.anna.slash(stage.algemeen, "help").reply()
    answer = await stage.anna.click(shown, "Wat adviseert Berenschot?").reply()

    assert "Bron:" in answer.content
    assert answer.is_ephemeral


@pytest.mark.parametrize("topic", ["vragen", "opties", "bronnen", "privacy", "moderatoren"])
async def test_help_explains_each_topic(chat: Chat, topic: str) -> None:
    stage = chat.stage
    shown = await stage.anna.slash(stage.algemeen, "help", {"onderwerp": topic}).reply()

    assert shown.content.startswith("**")
    assert "{" not in shown.content


async def test_the_house_rules_say_what_is_kept(chat: Chat) -> None:
    stage = chat.stage
    shown = await stage.bezoeker.slash(stage.algemeen, "voorwaarden").reply()

    assert shown.is_ephemeral
    assert "30 dagen" in shown.content


async def test_everything_for_everybody_works_in_private_messages(chat: Chat) -> None:
    stage = chat.stage
    there = stage.anna.dm_channel()
    for path, options in (
        ("vraag", {"vraag": "wat is een stichting?"}),
        ("opties", {}),
        ("vergelijk", {"eerste": "1", "tweede": "2"}),
        ("help", {}),
        ("voorwaarden", {}),
    ):
        shown = await stage.anna.slash(there, path, options).reply()
        assert shown.text
