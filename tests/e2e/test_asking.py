"""`/vraag` and **Vraag beantwoorden**: what is asked, who sees the answer, what stands in it."""

import re

import pytest

from bot.sandbox import building
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.permissions import Permission
from bot.ui import acknowledging
from storage.records import AnswerStatus
from tests.e2e.chat import Chat, Options

QUESTION = "wat adviseert Berenschot nou eigenlijk?"
NEAR = "Wat was je in de begintijd kwijt als lid van Dimpact?"
NONSENSE = "hoeveel tulpen groeien er in de kas van mijn buurvrouw"


async def test_a_public_answer_starts_with_the_question_and_ends_with_its_source(
    chat: Chat,
) -> None:
    stage = chat.stage
    answer = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()

    first, *_, last = answer.content.splitlines()
    assert first == f"> {QUESTION}"
    assert "uitvoeringscoöperatie" in answer.content
    assert re.fullmatch(
        r"-# Bron: \[Het hoofdadvies: drie lijnen\]\(<https://\S+>\) \(kernadvies, <t:\d+:D>\).*",
        last,
    )
    assert stage.bram.sees(answer)
    without_brackets = re.sub(r"<https://\S+>", "", answer.content)
    assert "http" not in without_brackets, "an address between brackets has no preview"


async def test_a_private_answer_is_seen_by_the_asker_alone_until_it_is_shared(chat: Chat) -> None:
    stage = chat.stage
    asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION, "openbaar": False})
    private = await asked.reply()

    assert private.is_ephemeral
    assert not stage.bram.sees(private)
    shared = await stage.anna.click(private, "Deel in kanaal").reply()
    assert stage.bram.sees(shared)
    assert shared.content.startswith(f"> {QUESTION}\n")
    assert "uitvoeringscoöperatie" in shared.content
    assert shared.content.endswith("-# Gedeeld door Anna")
    assert [one.label for one in shared.buttons()] == ["Bronnen", "👍", "👎"]


async def test_an_answer_is_shared_once(chat: Chat) -> None:
    stage = chat.stage
    asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION, "openbaar": False})
    private = await asked.reply()
    both = [stage.anna.click(private, "Deel in kanaal") for _ in range(2)]
    replies = [await one.reply() for one in both]

    assert sorted(one.is_ephemeral for one in replies) == [False, True]
    refusal = next(one for one in replies if one.is_ephemeral)
    assert refusal.content == "Dit antwoord staat al in het kanaal."


async def test_a_refusal_stays_private_when_the_answer_would_have_been_public(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = chat.stage
    options: Options = {"vraag": QUESTION, "openbaar": False}
    private = await stage.anna.slash(stage.algemeen, "vraag", options).reply()
    await stage.anna.click(private, "Deel in kanaal").reply()
    monkeypatch.setattr(acknowledging, "DEFER_AFTER", 0.0)
    refusal = await stage.anna.click(private, "Deel in kanaal").followup()

    assert refusal.content == "Dit antwoord staat al in het kanaal."
    assert refusal.is_ephemeral
    assert [one for one in chat.said(stage.algemeen) if one.is_waiting] == []


async def test_an_unknown_question_can_be_passed_on_once(chat: Chat) -> None:
    stage = chat.stage
    answer = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": NONSENSE}).reply()

    assert "Bron:" not in answer.content
    first = await stage.anna.click(answer, "Vraag een moderator").reply()
    again = await stage.anna.click(answer, "Vraag een moderator").reply()
    other = await stage.bram.click(answer, "Vraag een moderator").reply()
    assert first.is_ephemeral
    below = "Het antwoord komt als reactie onder dit bericht."
    assert first.content == f"Je vraag staat bij de moderatoren. {below}"
    assert again.content == f"Deze vraag van jou staat al bij de moderatoren. {below}"
    assert other.content.startswith("Je vraag staat bij de moderatoren. Nog 1 lid vraagt dit.")
    assert await chat.services.open_questions.count(stage.guild.id) == 1


async def test_a_suggestion_gives_topics_as_buttons_that_answer(chat: Chat) -> None:
    stage = chat.stage
    answer = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": NEAR}).reply()
    topics = [one for one in answer.buttons() if one.label not in {"👍", "👎"}]

    assert topics[-1].label == "Vraag een moderator"
    assert 1 <= len(topics) - 1 <= 3
    told = await stage.bram.click(answer, topics[0].custom_id or "").reply()
    assert told.is_ephemeral
    assert "-# Bron: " in told.content
    shared = await stage.bram.click(told, "Deel in kanaal").reply()
    assert not shared.is_ephemeral


async def test_the_question_is_shown_on_one_line_escaped_and_without_addresses(chat: Chat) -> None:
    stage = chat.stage
    hostile = (
        f"wat is **collectivisering** @everyone {stage.bram.mention} https://kwaad.example/x\n# kop"
    )
    answer = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": hostile}).reply()

    first = answer.content.splitlines()[0]
    assert first.startswith("> wat is \\*\\*collectivisering\\*\\*")
    assert "everyone" not in first
    assert "kwaad" not in first
    assert not answer.pings


async def test_a_long_question_is_shown_in_200_characters(chat: Chat) -> None:
    stage = chat.stage
    question = "wat adviseert berenschot over collectivisering " * 9
    answer = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": question}).reply()

    first = answer.content.splitlines()[0].removeprefix("> ")
    assert len(first) <= 200
    assert first.endswith("…")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("?", "vraag"),
        ("👍🎉", "alleen emoji"),
        ("<@1>", "achter mijn naam"),
        ("a" * 501, "500"),
    ],
)
async def test_what_is_no_question_gets_a_sentence_and_costs_nothing(
    chat: Chat, typed: str, sentence: str
) -> None:
    stage = chat.stage
    for _ in range(5):
        refusal = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": typed}).reply()
        assert refusal.is_ephemeral
        assert sentence in refusal.content

    answer = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()
    assert "Bron:" in answer.content


async def test_the_fourth_question_in_a_row_waits_and_moderators_wait_too(chat: Chat) -> None:
    stage = chat.stage
    for person in (stage.anna, stage.marja):
        for _ in range(3):
            await person.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()
        refusal = await person.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()
        assert refusal.is_ephemeral
        assert "10 seconden" in refusal.content

    chat.clock.forward(seconds=10)
    answer = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()
    assert "Bron:" in answer.content


async def test_autocomplete_finds_known_questions_with_typing_errors(chat: Chat) -> None:
    stage = chat.stage
    typing = stage.anna.autocomplete(
        stage.algemeen, "vraag", "vraag", {"vraag": "wat adviseerd berenscht"}
    )
    choices = await typing.choices()

    assert any("berenschot" in one.name.lower() for one in choices)
    assert len(choices) <= 25
    assert all(len(one.name) <= 100 for one in choices)


async def test_the_menu_answers_a_message_in_public_with_a_link_to_it(chat: Chat) -> None:
    stage = chat.stage
    said = stage.bram.say(stage.algemeen, "Weet iemand wie de verkenning heeft uitgevoerd?")
    answer = await stage.anna.menu(stage.algemeen, "Vraag beantwoorden", said).reply()

    link = f"https://discord.com/channels/{stage.guild.id}/{stage.algemeen.id}/{said.id}"
    assert answer.content.startswith(f"-# Antwoord op [dit bericht](<{link}>)\n")
    assert "Berenschot" in answer.content
    assert not answer.is_ephemeral


async def test_who_may_not_write_in_a_channel_gets_the_answer_alone(chat: Chat) -> None:
    stage = chat.stage
    quiet = building.add_channel(stage.world, stage.guild, "stil")
    everyone = stage.guild.roles[stage.guild.id]
    building.set_overwrite(stage.world, quiet, everyone, deny=Permission.SEND_MESSAGES)
    answer = await stage.anna.slash(quiet, "vraag", {"vraag": QUESTION}).reply()

    assert answer.is_ephemeral
    refusal = await stage.anna.click(answer, "Deel in kanaal").reply()
    assert refusal.is_ephemeral
    assert "geen berichten plaatsen" in refusal.content


async def test_questions_are_kept_masked_and_without_the_asker(chat: Chat) -> None:
    stage = chat.stage
    typed = "wat adviseert Berenschot aan jan@gemeente.example en @jan op 06-12345678?"
    await stage.anna.slash(stage.algemeen, "vraag", {"vraag": typed}).reply()
    async with chat.units.reading() as work:
        kept = await work.questions.get(1)

    assert kept is not None
    assert kept.text == "wat adviseert Berenschot aan [e-mail] en [naam] op [getal]?"
    assert kept.status in set(AnswerStatus)
    assert not hasattr(kept, "asker_id")


async def test_a_command_that_is_not_registered_cannot_be_used(chat: Chat) -> None:
    stage = chat.stage
    with pytest.raises(NotPossibleError):
        stage.anna.slash(stage.algemeen, "bestaatniet")
