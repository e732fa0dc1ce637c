"""Comments from the form to votes and decisions, as members, visitors and moderators see them."""

import pytest

from bot.sandbox import building
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.services.comments.deciding import Look
from bot.services.comments.submitting import Draft
from bot.services.comments.voting import Cast
from bot.services.landscape.drawing import DrawnLandscape
from storage.comment_records import Comment, CommentState, Consents
from storage.vote_records import VoteValue
from tests.e2e.chat import Chat

BODY = "Wij willen samen inkopen @everyone, want dat **scheelt** geld."


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands: Discord shows them to Manage Server by default."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


@pytest.fixture
def second(offline: Chat) -> Person:
    """Return another moderator."""
    stage = offline.stage
    return Person.new(stage.world, "Mia", stage.guild, stage.lid, stage.moderator)


async def sent_in(chat: Chat, who: Person, body: str = BODY, *consents: str) -> Message:
    opened = who.slash(chat.stage.algemeen, "reactie plaats", {"onderwerp": "inzicht"})
    await opened.modal()
    typed = {"Je reactie": body, "Wat mag er met je reactie?": list(consents)}
    return await who.submit(opened, typed).reply()


async def card(chat: Chat) -> Message:
    await chat.delivered()
    return chat.said(chat.stage.moderators)[-1]


async def only_comment(chat: Chat, number: int = 1) -> Comment:
    guild_id = chat.stage.guild.id
    return await chat.services.comments.reading.by_number(number, guild_id=guild_id)


async def placed(chat: Chat, *consents: str) -> Message:
    await sent_in(chat, chat.stage.anna, BODY, *consents)
    await chat.stage.marja.click(await card(chat), "Plaatsen").reply()
    await chat.delivered()
    return chat.said(chat.stage.reacties)[-1]


async def test_a_comment_is_kept_once_and_shows_only_after_a_moderator_placed_it(
    chat: Chat,
) -> None:
    stage, anna = chat.stage, chat.stage.anna
    opened = anna.slash(stage.algemeen, "reactie plaats", {"onderwerp": "inzicht"})
    await opened.modal()
    typed = {"Je reactie": BODY, "Wat mag er met je reactie?": ["Mijn naam erbij tonen"]}
    confirmed = await anna.submit(opened, typed).reply()
    again = await anna.submit(opened, typed).reply()
    assert confirmed.is_ephemeral
    assert "**nummer 1**" in confirmed.content
    assert "Ze staat er één keer." in again.content
    shown = await card(chat)
    assert chat.said(stage.reacties) == []
    done = await stage.marja.click(shown, "Plaatsen").reply()
    assert "Reactie 1 staat er." in done.content
    await chat.delivered()
    (message,) = chat.said(stage.reacties)
    assert "> Wij willen samen inkopen" in (message.embeds[0].description or "")
    assert "@everyone" not in (message.embeds[0].description or "")
    assert message.embeds[0].author is not None
    assert message.embeds[0].author.name == "Anna"
    assert not chat.pings()


async def test_visitors_hear_how_to_become_a_member(chat: Chat) -> None:
    stage, visitor = chat.stage, chat.stage.bezoeker
    asked = visitor.slash(stage.algemeen, "reactie plaats")
    refused = await asked.reply()
    assert "Je moet lid zijn om reacties te kunnen toevoegen." in refused.content
    vote = await visitor.click(await placed(chat), "Eens").reply()
    assert "Je moet lid zijn" in vote.content
    read = await visitor.slash(stage.algemeen, "reactie lijst").reply()
    assert "Wij willen samen inkopen" in (read.embeds[0].description or "")


async def test_a_vote_can_be_changed_and_the_walk_ends_when_all_is_voted_on(chat: Chat) -> None:
    stage, bram = chat.stage, chat.stage.bram
    message = await placed(chat)
    first = await bram.click(message, "Eens").reply()
    other = await bram.click(message, "Oneens").reply()
    assert "**eens** bij reactie 1" in first.content
    assert "**oneens** bij reactie 1. Eerst was het eens." in other.content
    comment = await only_comment(chat)
    own = await chat.services.comments.voting.own(comment.text.id, user_id=bram.id)
    assert own is VoteValue.DISAGREE
    walk = await stage.marja.slash(stage.algemeen, "reactie stemmen").reply()
    assert "Wat vind je van reactie 1?" in walk.content
    done = await stage.marja.click(walk, "Pas").reply()
    assert "Je hebt op alle reacties gestemd." in done.content


async def test_of_two_moderators_one_decides_and_an_appeal_goes_to_the_other(
    second: Person, chat: Chat
) -> None:
    stage, anna, marja = chat.stage, chat.stage.anna, chat.stage.marja
    await sent_in(chat, anna)
    shown = await card(chat)
    opened = marja.click(shown, "Afwijzen")
    await opened.modal()
    rejected = await marja.submit(opened, {"Waarom?": "Te kort uitgelegd"}).reply()
    assert "Reactie 1 is afgewezen." in rejected.content
    late = await second.click(shown, "Plaatsen").reply()
    assert f"<@{marja.id}> was je voor" in late.content
    await chat.delivered()
    told = chat.said(anna.dm_channel())[-1]
    assert "Te kort uitgelegd" in (told.embeds[0].description or "")

    appeal = anna.click(told, "Bezwaar maken")
    await appeal.modal()
    sent = await anna.submit(appeal, {"Waarom ben je het er niet mee eens?": "Toch wel"}).reply()
    assert "Je bezwaar is verstuurd." in sent.content
    queue = await marja.slash(stage.algemeen, "moderatie wachtrij").reply()
    own = await marja.click(queue, "Plaatsen").reply()
    assert "zelf genomen" in own.content
    theirs = await second.slash(stage.algemeen, "moderatie wachtrij").reply()
    done = await second.click(theirs, "Plaatsen").reply()
    assert "Reactie 1 staat er." in done.content
    assert "Er wacht geen reactie meer" in done.content
    assert (await only_comment(chat)).state is CommentState.PLACED


async def test_own_comments_are_changed_and_taken_back(chat: Chat) -> None:
    stage, anna = chat.stage, chat.stage.anna
    await placed(chat)
    mine = await anna.slash(stage.algemeen, "reactie mijn").reply()
    assert "**Reactie 1** (geplaatst)" in (mine.embeds[0].description or "")
    detail = await anna.choose(mine, ["1"]).reply()
    opened = anna.click(detail, "Wijzigen")
    await opened.modal()
    changed = await anna.submit(opened, {"Je reactie": "Liever regionaal dan landelijk."}).reply()
    assert "Een moderator kijkt er opnieuw naar" in changed.content
    await chat.delivered()
    assert chat.said(stage.reacties) == []
    question = await anna.slash(stage.algemeen, "reactie intrekken", {"nummer": 1}).reply()
    gone = await anna.click(question, "Ja, intrekken").reply()
    assert "Reactie 1 is ingetrokken." in gone.content
    other = await stage.bram.slash(stage.algemeen, "reactie intrekken", {"nummer": 1}).reply()
    assert "Die reactie ken ik niet (meer)." in other.content


async def test_what_cannot_be_kept_is_given_back(chat: Chat) -> None:
    stage, anna = chat.stage, chat.stage.anna
    opened = anna.slash(stage.algemeen, "reactie plaats", {"onderwerp": "inzicht"})
    await opened.modal()
    closing = await stage.marja.slash(
        stage.algemeen, "moderatie ronde", {"onderwerp": "inzicht", "actie": "sluiten"}
    ).reply()
    assert "**inzicht** is gesloten." in closing.content
    refused = await anna.submit(opened, {"Je reactie": BODY}).reply()
    assert "Het onderwerp inzicht is gesloten" in refused.content
    given_back = await stage.world.until(
        lambda: next((one for one in chat.said(stage.algemeen) if "inkopen" in one.content), None),
        timeout=5,
    )
    assert given_back.is_ephemeral


async def test_a_form_that_was_open_at_a_restart_makes_its_comment(offline: Chat) -> None:
    stage, anna = offline.stage, offline.stage.anna
    async with offline.running():
        opened = anna.slash(stage.algemeen, "reactie plaats", {"onderwerp": "inzicht"})
        await opened.modal()
    async with offline.running():
        done = await anna.submit(opened, {"Je reactie": BODY}).reply()
        assert "**nummer 1**" in done.content
        assert (await only_comment(offline)).text.body == BODY


async def test_moderators_redact_name_duplicates_and_block(chat: Chat) -> None:
    stage, marja = chat.stage, chat.stage.marja
    await sent_in(chat, stage.anna)
    opened = marja.click(await card(chat), "Aanpassen")
    await opened.modal()
    typed = {"De tekst zoals iedereen hem leest": "Wij willen samen inkopen."}
    await marja.submit(opened, typed).reply()
    await sent_in(chat, stage.bram, "Wij willen ook samen inkopen, dat scheelt geld.")
    asked = await marja.click(await card(chat), "Dubbel van …").reply()
    done = await marja.choose(asked, ["1"]).reply()
    assert "telt mee bij een andere reactie" in done.content
    assert (await only_comment(chat, 2)).duplicate_of == 1

    blocking = marja.slash(
        stage.algemeen, "moderatie blokkeren", {"lid": stage.bram.user, "duur": "3 dagen"}
    )
    await blocking.modal()
    said = await marja.submit(blocking, {"Waarom?": "Schelden"}).reply()
    assert f"<@{stage.bram.id}> kan tot" in said.content
    barred = await stage.bram.slash(stage.algemeen, "reactie plaats").reply()
    assert "geen reacties insturen" in barred.content
    unknown = await stage.bram.slash(
        stage.algemeen, "vraag", {"vraag": "mag mijn hond mee?"}
    ).reply()
    passed = await stage.bram.click(unknown, "Vraag een moderator").reply()
    assert "geen vragen aan moderatoren" in passed.content
    held = await marja.slash(
        stage.algemeen, "moderatie blokkeren", {"lid": stage.bram.user}
    ).reply()
    lifted = await marja.click(held, "Opheffen").reply()
    assert "is opgeheven" in lifted.content


async def test_the_mode_is_told_and_changed(chat: Chat) -> None:
    stage, marja = chat.stage, chat.stage.marja
    said = await marja.slash(stage.algemeen, "moderatie modus").reply()
    assert "**vooraf**" in said.content
    changed = await marja.slash(stage.algemeen, "moderatie modus", {"wanneer": "achteraf"}).reply()
    assert "nu **achteraf**" in changed.content
    sent = await sent_in(chat, stage.anna)
    assert "Hij wordt nu geplaatst." in sent.content
    await chat.delivered()
    assert len(chat.said(stage.reacties)) == 1


async def test_a_message_of_ones_own_becomes_a_comment(chat: Chat) -> None:
    stage, anna = chat.stage, chat.stage.anna
    message = anna.say(stage.algemeen, BODY)
    opened = anna.menu(stage.algemeen, "Indienen als reactie", message)
    await opened.modal()
    done = await anna.submit(opened, {"Onderwerp": ["inzicht"]}).reply()
    assert "**nummer 1**" in done.content
    assert (await only_comment(chat)).text.body == BODY
    refused = await stage.bram.menu(stage.algemeen, "Indienen als reactie", message).reply()
    assert "alleen een eigen bericht" in refused.content


async def drawn(chat: Chat) -> DrawnLandscape:
    found = (await chat.services.comments.landscapes.of(chat.stage.guild.id)).drawn
    assert isinstance(found, DrawnLandscape)
    return found


async def all_agree(chat: Chat, voters: range) -> None:
    """Have people agree with all six comments from now on: four are too few for a step."""
    chat.clock.forward(minutes=1)
    for voter in voters:
        for text_id in range(1, 7):
            cast = Cast(chat.stage.guild.id, voter, text_id, VoteValue.AGREE)
            await chat.services.comments.voting.vote(cast)
    chat.clock.forward(minutes=1)


async def test_the_landscape_says_what_is_missing_and_then_what_people_share(chat: Chat) -> None:
    stage, marja, services = chat.stage, chat.stage.marja, chat.services
    little = await stage.bezoeker.slash(stage.algemeen, "landschap").reply()
    assert "nog te weinig" in little.content
    chat.clock.forward(minutes=1)
    bodies = (
        "Wij willen samen inkopen met de regio.",
        "Elke gemeente kiest zelf haar software.",
        "Er komt een landelijke helpdesk voor burgers.",
        "De basisregistraties horen centraal te staan.",
        "Kleine gemeenten betalen minder dan grote.",
        "Een fusie van afdelingen is een stap te ver.",
    )
    guild_id = stage.guild.id
    (first, *_) = await services.comments.rounds.open_in(guild_id)
    for number, body in enumerate(bodies, start=1):
        draft = Draft(guild_id, 900 + number, "", first.id, body, Consents(), form_id=number)
        made = (await services.comments.submitting.submit(draft)).comment
        await services.comments.deciding.place(Look(made.id, guild_id, made.version, by=marja.id))
        for voter in range(1, 13):
            agrees = (voter <= 6) == (number % 2 == 0)
            value = VoteValue.AGREE if agrees else VoteValue.DISAGREE
            cast = Cast(guild_id, 100 + voter, made.text.id, value)
            await services.comments.voting.vote(cast)
    chat.clock.forward(minutes=1)
    shown = await stage.bezoeker.slash(stage.algemeen, "landschap").reply(timeout=90)
    (picture,) = shown.attachments
    assert picture.name == "landschap.png"
    assert picture.description
    assert "peiling" in shown.content.lower()

    before = await drawn(chat)
    await all_agree(chat, voters=range(101, 105))
    assert (await drawn(chat)).landscape == before.landscape
    await all_agree(chat, voters=range(105, 113))
    assert (await drawn(chat)).landscape != before.landscape
