"""What the outbox shows of comments, and that every refusal has its sentence."""

import datetime as dt
import json
from dataclasses import replace

from bot.services.comments import errors
from bot.services.comments.sending import (
    BLOCK_CARD_KIND,
    BLOCK_NOTE_KIND,
    CARD_KIND,
    COMMENT_KIND,
    NOTE_KIND,
    ROUND_KIND,
)
from bot.services.deliveries.rendered import ActionButton, Mark, Rendered, Showing
from bot.texts import comments_errors
from bot.ui.comments.ids import vote_id, vote_of
from bot.ui.comments.stored import RENDERINGS
from storage.comment_records import Comment, CommentEvent, CommentState
from storage.delivery_records import ChannelTarget, DmTarget, Target
from storage.vote_records import VoteValue
from tests.services.comments.scene import (
    ALL,
    ANNA,
    BERT,
    BODY,
    GUILD,
    MARJA,
    OTHER,
    OTTO,
    REACTIES,
    START,
    Scene,
    look,
    services_of,
)

HOSTILE = "@everyone <@1> [klik](https://kwaad.example) **vet** ~~door~~ " + "*" * 400
MARK = Mark(12)


async def rendered(scene: Scene, kind: str, subject: int, target: Target | None = None) -> Rendered:
    message = await maybe(scene, kind, subject, target)
    assert message is not None
    assert message.carries(MARK)
    assert sum(len(json.dumps(one, ensure_ascii=False)) for one in message.embeds) <= 6_000
    assert all(len(str(one.get("description", ""))) <= 4_096 for one in message.embeds)
    assert all(len(one.custom_id) <= 100 for one in actions(message))
    return message


async def maybe(
    scene: Scene, kind: str, subject: int, target: Target | None = None, *, withdrawn: bool = False
) -> Rendered | None:
    place = target or ChannelTarget(REACTIES.id)
    showing = Showing(kind, subject, 1, MARK, place, GUILD, withdrawn=withdrawn)
    return await RENDERINGS[kind](services_of(scene), showing)


def actions(message: Rendered) -> list[ActionButton]:
    return [one for one in message.buttons if isinstance(one, ActionButton)]


def text_of(message: Rendered) -> str:
    return "\n".join(str(one.get("description", "")) for one in message.embeds)


async def test_a_placed_comment_shows_its_words_harmless_and_three_votes(scene: Scene) -> None:
    placed = await scene.placed(HOSTILE)

    message = await rendered(scene, COMMENT_KIND, placed.text.id)

    text = text_of(message)
    assert "@everyone" not in text
    assert "<@1>" not in text
    assert "[klik](" not in text
    assert "\\*\\*vet\\*\\*" in text
    assert [one.label for one in actions(message)] == ["Eens", "Oneens", "Pas"]
    assert actions(message)[0].custom_id == vote_id(placed.text.id, VoteValue.AGREE, MARK)
    assert message.embeds[0]["author"] == {"name": "Een lid"}
    assert message.role_id is None
    longest = await scene.placed("*" * 1_500, by=BERT)
    await rendered(scene, COMMENT_KIND, longest.text.id)
    await rendered(scene, CARD_KIND, longest.id)


async def test_names_and_changes_show_as_they_are_allowed(scene: Scene) -> None:
    draft = await scene.draft(consents=ALL)
    waiting = (await scene.comments.submitting.submit(draft)).comment
    redacted = await scene.comments.deciding.redact(look(waiting), OTHER)

    message = await rendered(scene, COMMENT_KIND, redacted.text.id)

    assert message.embeds[0]["author"] == {"name": f"Lid {ANNA}"}
    assert OTHER in text_of(message)
    assert BODY not in text_of(message)
    assert "moderator heeft deze tekst aangepast" in text_of(message)


async def test_what_is_not_placed_any_more_is_nothing_to_show(scene: Scene) -> None:
    waiting = await scene.submit()
    assert await maybe(scene, COMMENT_KIND, waiting.text.id) is None
    placed = await scene.comments.deciding.place(look(waiting))
    assert await maybe(scene, COMMENT_KIND, placed.text.id, withdrawn=True) is None
    await scene.comments.authoring.withdraw(placed.id, guild_id=GUILD, author_id=ANNA)
    assert await maybe(scene, COMMENT_KIND, placed.text.id) is None
    for kind in RENDERINGS:
        assert await maybe(scene, kind, 10**9) is None


async def test_a_card_offers_what_can_be_decided_and_says_who_did(scene: Scene) -> None:
    waiting = await scene.submit(HOSTILE)
    first = await rendered(scene, CARD_KIND, waiting.id)
    assert [one.label for one in actions(first)] == [
        "Plaatsen", "Afwijzen", "Aanpassen", "Dubbel van …",
    ]  # fmt: skip
    assert f"<@{ANNA}>" in text_of(first)

    placed = await scene.comments.deciding.place(look(waiting))

    second = await rendered(scene, CARD_KIND, waiting.id)
    assert [one.label for one in actions(second)] == ["Afwijzen", "Aanpassen", "Dubbel van …"]
    assert all(f":{placed.id}:{placed.version}:" in one.custom_id for one in actions(second))
    assert f"geplaatst door <@{MARJA}>" in text_of(second)
    await scene.comments.deciding.reject(look(placed, by=OTTO), "Over personen.")
    third = await rendered(scene, CARD_KIND, waiting.id)
    assert actions(third) == []
    assert "Over personen" in text_of(third)


async def test_an_author_reads_why_and_can_appeal_once(scene: Scene) -> None:
    rejected = await scene.comments.deciding.reject(look(await scene.submit()), "Te *vaag*.")
    change = (await scene.history(rejected))[-1]

    note = await rendered(scene, NOTE_KIND, change.id, DmTarget(ANNA))
    assert "Te \\*vaag\\*" in text_of(note)
    assert [one.label for one in actions(note)] == ["Bezwaar maken"]
    elsewhere = await rendered(scene, NOTE_KIND, change.id)
    assert "vaag" not in text_of(elsewhere)
    assert actions(elsewhere) == []
    await scene.comments.authoring.appeal(rejected.id, "Nee.", guild_id=GUILD, author_id=ANNA)
    assert actions(await rendered(scene, NOTE_KIND, change.id, DmTarget(ANNA))) == []


async def test_a_block_and_its_appeal_can_be_read_and_answered(scene: Scene) -> None:
    blocking = scene.comments.blocking
    block = await blocking.block(ANNA, "Spam.", guild_id=GUILD, until=None, by=MARJA)
    _, log = await blocking.get(block.id)
    note = await rendered(scene, BLOCK_NOTE_KIND, log[0].id, DmTarget(ANNA))
    assert "Spam" in text_of(note)
    assert [one.label for one in actions(note)] == ["Bezwaar maken"]

    appealed = await blocking.appeal(block.id, "Dat was ik niet.", user_id=ANNA)

    card = await rendered(scene, BLOCK_CARD_KIND, block.id)
    assert "Dat was ik niet" in text_of(card)
    assert [one.label for one in actions(card)] == ["Opheffen", "Blokkade houden"]
    upheld = await blocking.uphold(block.id, guild_id=GUILD, version=appealed.version, by=OTTO)
    card = await rendered(scene, BLOCK_CARD_KIND, block.id)
    assert [one.label for one in actions(card)] == ["Opheffen"]
    await blocking.lift(block.id, guild_id=GUILD, version=upheld.version, by=OTTO)
    assert actions(await rendered(scene, BLOCK_CARD_KIND, block.id)) == []
    _, log = await blocking.get(block.id)
    for line in (log[2], log[3]):
        await rendered(scene, BLOCK_NOTE_KIND, line.id, DmTarget(ANNA))


async def test_the_post_of_a_round_says_whether_it_is_open(scene: Scene) -> None:
    of = (await scene.comments.rounds.of_guild(GUILD))[0]
    before = text_of(await rendered(scene, ROUND_KIND, of.id))
    await scene.comments.rounds.close(of.id, guild_id=GUILD, by=MARJA)

    after = text_of(await rendered(scene, ROUND_KIND, of.id))

    assert "Stem met" in before
    assert "gesloten" in after


def test_a_vote_in_a_custom_id_comes_back_and_others_mean_nothing() -> None:
    for value in VoteValue:
        code = int(vote_id(7, value, MARK).split(":")[3])
        assert vote_of(code) is value
    assert vote_of(3) is None


async def test_every_refusal_has_a_sentence_that_says_what_to_do(scene: Scene) -> None:
    comment = await scene.submit()
    block = await scene.comments.blocking.block(ANNA, "x", guild_id=GUILD, until=None, by=MARJA)
    made = [
        *(errors.CommentContentError(one, limit=10) for one in errors.ContentProblem),
        errors.RoundClosedError("alv"),
        errors.TooManyCommentsError(limit=1, again_at=START),
        errors.BlockedError(block),
        errors.BlockedError(replace(block, until=START + dt.timedelta(days=1))),
        *(errors.CommentStateError(number=1, state=one) for one in CommentState),
        *(decided(comment, one) for one in CommentEvent),
        errors.CommentDecidedError(comment, event=None, by=None, at=None),
        errors.SameModeratorError(may_be_alone=True),
        errors.SameModeratorError(may_be_alone=False),
        errors.BlockChangedError(block, by=None),
        errors.BlockChangedError(block, by=MARJA),
        errors.UnknownCommentError(),
        errors.UnknownRoundError(),
        errors.AppealUsedError(),
        errors.SameCommentError(),
        errors.NotVotableError(),
        errors.UnknownBlockError(),
        errors.MembersOnlyError(""),
        errors.InGuildOnlyError(),
    ]
    kinds = {type(one) for one in made}
    known = {one for one in vars(errors).values() if isinstance(one, type)}
    wanted = {one for one in known if issubclass(one, errors.CommentError)}
    assert kinds == wanted - {errors.CommentError}
    for one in made:
        assert comments_errors.sentence(one)[-1] in {".", "!"}


def decided(comment: Comment, event: CommentEvent) -> errors.CommentDecidedError:
    return errors.CommentDecidedError(comment, event=event, by=MARJA, at=START)
