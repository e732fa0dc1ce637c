"""Rounds, the mode, blocks, exports, and what is queued later than at once."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.comments.blocking import BlockLook
from bot.services.comments.errors import (
    AppealUsedError,
    BlockChangedError,
    BlockedError,
    CommentContentError,
    RoundClosedError,
    SameModeratorError,
    UnknownBlockError,
    UnknownRoundError,
)
from bot.services.comments.exporting import Purpose
from bot.services.comments.sending import (
    BLOCK_CARD_KIND,
    BLOCK_NOTE_KIND,
    COMMENT_KIND,
)
from bot.services.privacy import Privacy
from storage.comment_records import CommentState, Consents
from storage.delivery_records import (
    ChannelTarget,
)
from storage.moderation_records import ModerationEvent
from storage.progress_records import Part
from tests.services.comments.scene import (
    ALL,
    ANNA,
    BERT,
    BODY,
    CAROLIEN,
    ELSEWHERE,
    GUILD,
    MARJA,
    MODERATORS,
    OTHER,
    OTTO,
    START,
    Scene,
    look,
)


async def test_every_onderdeel_has_a_round_and_moderators_open_others(scene: Scene) -> None:
    rounds = scene.comments.rounds
    defaults = await rounds.of_guild(GUILD)
    assert [one.part for one in defaults] == list(Part)
    assert all(one.is_open for one in defaults)

    both = await asyncio.gather(
        rounds.open("Digitale  balie", guild_id=GUILD, by=MARJA),
        scene.another().comments.rounds.open("digitale balie", guild_id=GUILD, by=OTTO),
    )

    assert len({one.round.id for one in both}) == 1
    assert sorted(one.changed for one in both) == [False, True]
    found = await rounds.find("DIGITALE BALIE", guild_id=GUILD)
    assert found == await rounds.find(str(found.id), guild_id=GUILD)
    assert [one.title for one in await rounds.offer(GUILD, "digi")] == [
        "digitale agenda", found.title,
    ]  # fmt: skip
    assert len(await rounds.of_guild(ELSEWHERE)) == len(Part)
    for unknown in ("niets", "0", ""):
        with pytest.raises(UnknownRoundError):
            await rounds.find(unknown, guild_id=GUILD)
    with pytest.raises(CommentContentError):
        await rounds.open(" ", guild_id=GUILD, by=MARJA)


async def test_a_closed_round_can_be_read_and_decided_and_opens_again(scene: Scene) -> None:
    comment, rounds = await scene.placed(), scene.comments.rounds
    waiting = await scene.submit(OTHER, by=BERT)

    closed = await rounds.close(comment.round_id, guild_id=GUILD, by=MARJA)

    assert (closed.changed, closed.round.is_open) == (True, False)
    assert not (await rounds.close(comment.round_id, guild_id=GUILD, by=MARJA)).changed
    with pytest.raises(RoundClosedError):
        await scene.vote(comment, CAROLIEN)
    with pytest.raises(RoundClosedError):
        await scene.submit(by=CAROLIEN)
    await scene.comments.deciding.place(look(waiting))
    assert (await scene.comments.reading.placed(GUILD)).total == 2
    assert comment.round_id not in [one.id for one in await rounds.open_in(GUILD)]
    assert (await rounds.open("Overzicht", guild_id=GUILD, by=MARJA)).round.id == comment.round_id
    await scene.vote(comment, CAROLIEN)
    events = [one.event for one in await scene.comments.reading.log(GUILD)]
    assert events == [ModerationEvent.ROUND_OPENED, ModerationEvent.ROUND_CLOSED]


async def test_changing_the_mode_decides_about_nothing_and_is_logged(scene: Scene) -> None:
    waiting, modes = await scene.submit(), scene.comments.modes

    changed = await modes.change(GUILD, checks_first=False, by=MARJA)

    assert (changed.changed, changed.waiting) == (True, 1)
    assert not (await modes.change(GUILD, checks_first=False, by=MARJA)).changed
    assert (await scene.now(waiting)).state is CommentState.WAITING
    posted = await scene.submit(by=BERT)
    await modes.change(GUILD, checks_first=True, by=OTTO)
    assert (await scene.now(posted)).state is CommentState.PLACED
    assert (await scene.submit(by=CAROLIEN)).state is CommentState.WAITING
    log = await scene.comments.reading.log(GUILD)
    assert [(one.detail, one.actor_id) for one in log] == [("before", OTTO), ("after", MARJA)]


async def test_of_two_who_change_a_block_one_does_and_the_other_hears_who(scene: Scene) -> None:
    blocking, until = scene.comments.blocking, START + dt.timedelta(days=7)
    block = await blocking.block(ANNA, "Scheldt.", guild_id=GUILD, until=None, by=MARJA)
    seen = BlockLook(block.id, GUILD, block.version, by=OTTO)

    changed = await blocking.change(seen, "Scheldt nog.", until=until)

    assert (changed.until, changed.version) == (until, block.version + 1)
    assert await blocking.change(seen, "Scheldt nog.", until=until) == changed  # a double press
    with pytest.raises(BlockChangedError) as beaten:
        await blocking.change(replace(seen, by=MARJA), "Eén dag.", until=START)
    assert beaten.value.by == OTTO
    _, log = await blocking.get(block.id)
    assert [(one.actor_id, one.detail) for one in log] == [
        (MARJA, None),
        (OTTO, until.isoformat()),
    ]
    scene.clock.forward(minutes=8 * 24 * 60)
    over = replace(seen, version=changed.version)
    with pytest.raises(UnknownBlockError):
        await blocking.change(over, "Te laat.", until=None)


async def test_a_block_is_told_logged_and_appealed_once_to_somebody_else(scene: Scene) -> None:
    blocking = scene.comments.blocking
    until = START + dt.timedelta(days=7)
    block = await blocking.block(ANNA, "Scheldt.", guild_id=GUILD, until=until, by=MARJA)
    again = await blocking.block(ANNA, "Scheldt.", guild_id=GUILD, until=until, by=OTTO)
    assert again == block
    with pytest.raises(BlockedError):
        await blocking.require_free(GUILD, ANNA)
    await blocking.require_free(ELSEWHERE, ANNA)
    with pytest.raises(UnknownBlockError):
        await blocking.appeal(block.id, "Niet waar.", user_id=BERT)

    appealed = await blocking.appeal(block.id, "Niet waar.", user_id=ANNA)

    assert await blocking.appeal(block.id, "Niet waar.", user_id=ANNA) == appealed
    (card,) = await scene.deliveries(BLOCK_CARD_KIND, block.id)
    assert card.target == ChannelTarget(MODERATORS.id)
    with pytest.raises(SameModeratorError):
        await blocking.uphold(block.id, guild_id=GUILD, version=appealed.version, by=MARJA)
    upheld = await blocking.uphold(block.id, guild_id=GUILD, version=appealed.version, by=OTTO)
    with pytest.raises(BlockChangedError) as caught:
        await blocking.lift(block.id, guild_id=GUILD, version=appealed.version, by=MARJA)
    assert (caught.value.by, caught.value.current) == (OTTO, upheld)
    with pytest.raises(AppealUsedError):
        await blocking.appeal(block.id, "Nog eens.", user_id=ANNA)
    await blocking.lift(block.id, guild_id=GUILD, version=upheld.version, by=OTTO)
    await blocking.require_free(GUILD, ANNA)
    _, log = await blocking.get(block.id)
    assert [one.event.value for one in log] == ["blocked", "appealed", "upheld", "lifted"]
    told = [len(await scene.deliveries(BLOCK_NOTE_KIND, one.id)) for one in log]
    assert told == [1, 0, 1, 1]


async def test_a_block_that_holds_is_replaced_and_one_that_is_over_is_not(scene: Scene) -> None:
    blocking = scene.comments.blocking
    first = await blocking.block(ANNA, "Eén dag.", guild_id=GUILD, until=None, by=MARJA)
    until = START + dt.timedelta(days=1)
    second = await blocking.block(ANNA, "Eén dag.", guild_id=GUILD, until=until, by=MARJA)
    assert (second.id, second.version, second.until) == (first.id, 2, until)
    assert await blocking.of_guild(GUILD) == (second,)
    scene.clock.forward(minutes=24 * 60)
    assert await blocking.of_guild(GUILD) == ()
    third = await blocking.block(ANNA, "Weer.", guild_id=GUILD, until=None, by=MARJA)
    assert third.id != first.id


async def test_exports_hold_what_authors_allow(scene: Scene) -> None:
    submitting, deciding = scene.comments.submitting, scene.comments.deciding
    some = Consents(vng=True)
    drafts = [
        await scene.draft(BODY, consents=ALL),
        await scene.draft(OTHER, by=BERT, consents=some),
        await scene.draft("Ik wil dit niet doorgeven.", by=CAROLIEN),
    ]
    all_made = [(await submitting.submit(one)).comment for one in drafts]
    named, nameless, own = [await deciding.place(look(one)) for one in all_made]
    await deciding.redact(look(nameless), "Dit maakte de moderator ervan.")
    await deciding.reject(look(await scene.submit(by=CAROLIEN)), "Onduidelijk.")
    rows = scene.comments.exporting.rows

    vng, forum = await rows(GUILD, Purpose.VNG), await rows(GUILD, Purpose.FORUM)
    assert [(one.number, one.author) for one in vng] == [(1, f"Lid {ANNA}"), (2, None)]
    assert (vng[1].text, vng[1].original) == ("Dit maakte de moderator ervan.", None)
    assert [one.number for one in forum] == [named.number]
    inside = await rows(GUILD, Purpose.MODERATION)
    assert [one.number for one in inside] == [1, 2, own.number, 4]
    assert (inside[1].original, inside[3].reason) == (OTHER, "Onduidelijk.")
    assert {one.author for one in inside[1:]} == {None}
    assert await rows(ELSEWHERE, Purpose.MODERATION) == ()


async def test_a_moderators_case_shows_counts_likely_duplicates_and_blocks(scene: Scene) -> None:
    first = await scene.placed("Eén digitale balie voor alle gemeentes, laten we samenwerken!")
    await scene.placed("Geef kleine gemeenten korting op de kosten.", by=BERT)
    waiting = await scene.submit("Samenwerken aan één digitale balie voor alle gemeenten.", by=BERT)
    await scene.comments.blocking.block(BERT, "Spam.", guild_id=GUILD, until=None, by=MARJA)

    case = await scene.comments.reading.case(waiting.id, guild_id=GUILD)

    assert [one.id for one in case.alike] == [first.id]
    assert (case.counts.placed, case.counts.waiting, case.round.title) == (1, 1, "overzicht")
    assert case.block is not None
    assert len(case.history) == 1


async def test_erasing_an_author_takes_back_messages_and_leaves_no_word(scene: Scene) -> None:
    placed = await scene.placed()
    rejected = await scene.comments.deciding.reject(look(await scene.submit()), "Over Anna.")
    other = await scene.placed(OTHER, by=BERT)
    await scene.vote(other, ANNA)
    await scene.vote(placed, BERT)
    await scene.comments.blocking.block(ANNA, "Spam.", guild_id=GUILD, until=None, by=MARJA)
    privacy = Privacy(scene.units)

    erased = await privacy.erase(ANNA)

    assert (erased.rows["comments"], erased.rows["comment_texts"], erased.rows["votes"]) == (
        2, 2, 1,
    )  # fmt: skip
    left = await privacy.export_of(ANNA)
    assert [one.table for one in left.rows] == ["member_blocks"]
    (copy,) = await scene.deliveries(COMMENT_KIND, placed.text.id)
    assert copy.withdrawn
    assert (await scene.comments.reading.placed(GUILD)).items == (await scene.now(other),)
    async with scene.units.reading() as work:
        assert await work.comments.get(placed.id) is None
        assert {one.reason for one in await work.comments.history_of(rejected.id)} == {None}
    assert (await scene.submit(by=CAROLIEN)).number == 4
    assert (await privacy.erase(ANNA)).total == 0


async def test_what_nobody_reads_any_more_expires_and_what_is_placed_stays(scene: Scene) -> None:
    placed = await scene.placed()
    gone = await scene.placed(OTHER, by=BERT)
    await scene.vote(gone, CAROLIEN)
    await scene.comments.authoring.withdraw(gone.id, guild_id=GUILD, author_id=BERT)
    privacy = Privacy(scene.units)

    deleted = await privacy.purge_expired(START + dt.timedelta(days=731))

    assert deleted["comments"] == 1
    async with scene.units.reading() as work:
        assert await work.comments.get(gone.id) is None
        assert await work.comments.get(placed.id) is not None
        assert await work.votes.counts([gone.text.id]) == {}
    assert (await scene.submit(by=CAROLIEN)).number == 3
