"""What hangs below answers: it works for everybody who may, also after a restart."""

from bot.sandbox import building
from bot.sandbox.message_records import Message
from storage.records import FeedbackCount
from tests.e2e.chat import Chat

QUESTION = "wat adviseert Berenschot nou eigenlijk?"


async def asked(chat: Chat, question: str = QUESTION) -> Message:
    return await chat.reply_to(chat.mention(chat.stage.anna, question))


async def opinions(chat: Chat) -> FeedbackCount:
    async with chat.units.reading() as work:
        return await work.feedback.count(1)


async def test_the_sources_show_every_passage_to_whoever_asks(chat: Chat) -> None:
    answer = await asked(chat, "wie heeft de verkenning uitgevoerd? en wat is een centrumgemeente?")
    sources = await chat.stage.bram.click(answer, "Bronnen").reply()

    assert sources.is_ephemeral
    assert "**1. [" in sources.content
    assert "**2. [" in sources.content
    assert "\n> " in sources.content


async def test_an_opinion_is_counted_once_a_person_and_can_be_changed(chat: Chat) -> None:
    stage, answer = chat.stage, await asked(chat)
    for _ in range(2):
        thanks = await stage.anna.click(answer, "👍").reply()
        assert thanks.is_ephemeral
        assert thanks.content == "Dank je, genoteerd: dit antwoord hielp."
    await stage.bram.click(answer, "👍").reply()
    assert await opinions(chat) == FeedbackCount(up=2, down=0)

    await stage.bram.click(answer, "👎").modal()
    assert await opinions(chat) == FeedbackCount(up=1, down=1)


async def test_a_thumb_down_asks_why_and_keeps_the_reason(chat: Chat) -> None:
    stage, answer = chat.stage, await asked(chat)
    opened = stage.anna.click(answer, "👎")
    form = await opened.modal()
    thanks = await stage.anna.submit(
        opened, {"Waarom hielp dit antwoord niet?": "Het gaat over iets anders."}
    ).reply()
    async with chat.units.reading() as work:
        kept = await work.feedback.of(answer_id=1, user_id=stage.anna.id)

    assert form.title == "Wat klopte er niet?"
    assert thanks.content == "Dank je, hier kunnen we iets mee."
    assert kept is not None
    assert kept.reason == "Het gaat over iets anders."


async def test_a_reason_is_not_required(chat: Chat) -> None:
    stage, answer = chat.stage, await asked(chat)
    opened = stage.anna.click(answer, "👎")
    await opened.modal()
    thanks = await stage.anna.submit(opened, {}).reply()

    assert thanks.content == "Dank je, genoteerd: dit antwoord hielp niet."


async def test_buttons_and_an_open_form_work_after_a_restart(offline: Chat) -> None:
    stage = offline.stage
    async with offline.running():
        answer = await asked(offline)
        opened = stage.anna.click(answer, "👎")
        await opened.modal()
    async with offline.running():
        thanks = await stage.anna.submit(
            opened, {"Waarom hielp dit antwoord niet?": "Verouderd."}
        ).reply()
        sources = await stage.bram.click(answer, "Bronnen").reply()
        up = await stage.bram.click(answer, "👍").reply()

    assert thanks.content == "Dank je, hier kunnen we iets mee."
    assert "drie lijnen" in sources.content
    assert up.is_ephemeral
    assert await opinions(offline) == FeedbackCount(up=1, down=1)
    assert offline.server.violations == []


async def test_a_follow_up_after_a_restart_is_a_question_of_its_own(offline: Chat) -> None:
    stage = offline.stage
    follow_up = "en wanneer was dat?"
    async with offline.running():
        await offline.reply_to(offline.mention(stage.anna, "wat is de alv van juni 2016?"))
    async with offline.running():
        reply = await offline.reply_to(offline.mention(stage.anna, follow_up))
    alone = offline.library.answerer.reply(follow_up)

    assert getattr(alone, "text", "") in reply.content


async def test_an_answer_of_more_than_a_month_ago_is_gone(chat: Chat) -> None:
    stage, answer = chat.stage, await asked(chat)
    chat.clock.forward(days=31)
    for button in ("Bronnen", "👍", "👎"):
        gone = await stage.anna.click(answer, button).reply()
        assert gone.is_ephemeral
        assert gone.content == "Dit antwoord bewaar ik niet meer. Stel je vraag opnieuw met /vraag."


async def test_what_has_expired_is_deleted_and_the_rest_stays(chat: Chat) -> None:
    stage = chat.stage
    await stage.anna.click(await asked(chat), "👍").reply()
    chat.clock.forward(days=31)
    await asked(chat, "wat is een centrumgemeente?")
    await chat.services.clean_up.run()
    async with chat.units.reading() as work:
        assert await work.answers.get(1) is None
        assert await work.answers.get(2) is not None
        assert await work.questions.get(1) is not None
        assert await work.feedback.count(1) == FeedbackCount(up=0, down=0)


async def test_a_button_in_private_messages_checks_membership_afresh(chat: Chat) -> None:
    stage = chat.stage
    answer = await chat.reply_to(stage.anna.dm(QUESTION))
    assert (await stage.anna.click(answer, "Bronnen").reply()).content.startswith("**1. [")

    building.leave(stage.world, stage.guild, stage.anna.user)
    refused = await stage.anna.click(answer, "Bronnen").reply()
    assert refused.content == "Je bent geen lid meer van de community waar dit over ging."
    # Discord says with an error that somebody is no member.
    assert [one.path for one in chat.server.violations] == [
        f"/guilds/{stage.guild.id}/members/{stage.anna.id}"
    ]
    chat.server.violations.clear()


async def test_two_people_at_once_each_get_their_own(chat: Chat) -> None:
    stage, answer = chat.stage, await asked(chat)
    both = [person.click(answer, "👍") for person in (stage.anna, stage.bram)]
    replies = [await one.reply() for one in both]

    assert [one.only_for for one in replies] == [stage.anna.id, stage.bram.id]
    assert await opinions(chat) == FeedbackCount(up=2, down=0)


async def test_questions_from_private_messages_go_to_the_moderators_of_the_guild(
    chat: Chat,
) -> None:
    stage = chat.stage
    nonsense = "hoeveel tulpen groeien er in de kas van mijn buurvrouw"
    answer = await chat.reply_to(stage.anna.dm(nonsense))
    told = await stage.anna.click(answer, "Vraag een moderator").reply()

    assert told.content.startswith("Je vraag staat bij de moderatoren. Het antwoord krijg je als")
    assert await chat.services.open_questions.count(stage.guild.id) == 1
