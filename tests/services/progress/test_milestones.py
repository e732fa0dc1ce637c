"""Milestones: written once, by one, and every step kept."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.privacy import Privacy
from bot.services.progress.milestones import Milestones
from bot.services.progress.milestones_errors import (
    MilestoneChangedError,
    MilestoneDraftGoneError,
    UnknownMilestoneError,
)
from bot.services.progress.milestones_typed import Typed
from bot.services.progress.milestones_writing import MilestoneWriting, Review, Saved, stamp_of
from bot.services.progress.timeline import ShippedMilestone, Target
from storage.engine import Database
from storage.errors import StorageError
from storage.milestone_records import (
    MilestoneAction,
    MilestoneContent,
    MilestoneStanding,
    MilestoneState,
)
from storage.progress_records import Part
from storage.unit_of_work import UnitsOfWork
from tests.failing_units import FailingUnits
from tests.fakes import FakeClock
from tests.storage.examples import GUILD, MEMBER, OTHER_GUILD, OTHER_MEMBER

DAY = dt.date(2016, 6, 8)
SHIPPED = ShippedMilestone(
    key=7,
    content=MilestoneContent("ALV", DAY, DAY, Part.ALV, MilestoneState.PLANNED, "", ""),
    source="VNG",
)
TYPED = Typed("Besluit", "juni 2017", Part.VERVOLG, MilestoneState.PLANNED, "Zie https://x.nl/a")
S7 = Target(is_shipped=True, number=7)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def milestones(units: UnitsOfWork, clock: FakeClock) -> Milestones:
    return Milestones(units, clock, [SHIPPED])


@pytest.fixture
def writing(units: UnitsOfWork, clock: FakeClock, milestones: Milestones) -> MilestoneWriting:
    return MilestoneWriting(units, clock, milestones)


async def save(
    writing: MilestoneWriting, review: Review, *, person: int = MEMBER
) -> Saved | Review:
    return await writing.save(
        review.draft.id,
        guild_id=GUILD,
        person=person,
        stamp=stamp_of(review.draft),
        seen=review.seen,
    )


async def saved(writing: MilestoneWriting, typed: Typed = TYPED) -> Saved:
    done = await save(writing, await writing.write(GUILD, typed, person=MEMBER))
    assert isinstance(done, Saved)
    return done


async def test_a_milestone_shows_in_its_guild_only(
    writing: MilestoneWriting, milestones: Milestones
) -> None:
    done = await saved(writing)

    assert done.entry.content == MilestoneContent(
        title="Besluit",
        first=dt.date(2017, 6, 1),
        last=dt.date(2017, 6, 30),
        part=Part.VERVOLG,
        state=MilestoneState.PLANNED,
        note="Zie",
        link="https://x.nl/a",
    )
    assert [one.content.title for one in await milestones.shown(GUILD)] == ["ALV", "Besluit"]
    assert [one.content.title for one in await milestones.shown(OTHER_GUILD)] == ["ALV"]
    assert [one.content.title for one in await milestones.shown(None)] == ["ALV"]
    with pytest.raises(UnknownMilestoneError):
        await milestones.find(OTHER_GUILD, done.entry.target)


async def test_of_two_presses_one_saves(writing: MilestoneWriting, milestones: Milestones) -> None:
    review = await writing.write(GUILD, TYPED, person=MEMBER)
    both = await asyncio.gather(
        save(writing, review), save(writing, review), return_exceptions=True
    )

    assert sum(isinstance(one, Saved) for one in both) == 1
    assert sum(isinstance(one, MilestoneDraftGoneError) for one in both) == 1
    assert len(await milestones.shown(GUILD)) == 2


async def test_of_two_people_at_once_one_saves_and_the_other_sees_it(
    writing: MilestoneWriting, milestones: Milestones
) -> None:
    target = (await saved(writing)).entry.target
    reviews = [
        await writing.write(
            GUILD, replace(TYPED, title=title), person=person, target=target, version=1
        )
        for title, person in (("Van mij", MEMBER), ("Van jou", OTHER_MEMBER))
    ]
    both = await asyncio.gather(
        *(save(writing, one, person=one.draft.author_id) for one in reviews),
        return_exceptions=True,
    )
    (winner,) = [one for one in both if isinstance(one, Saved)]
    (other,) = [one for one in both if not isinstance(one, Saved)]

    assert (await milestones.find(GUILD, target)).content == winner.entry.content
    assert isinstance(other, Review | MilestoneChangedError)
    if isinstance(other, Review):
        assert other.theirs is not None
        assert other.theirs.content == winner.entry.content
        assert other.opened is not None
        assert other.opened.title == "Besluit"


async def test_a_preview_of_another_text_than_the_draft_holds_saves_nothing(
    writing: MilestoneWriting, milestones: Milestones, clock: FakeClock
) -> None:
    stale = await writing.write(GUILD, TYPED, person=MEMBER)
    clock.forward(seconds=1)
    again = replace(TYPED, title="Anders")
    fresh = await writing.write_again(stale.draft.id, again, guild_id=GUILD, person=MEMBER)
    refused = await save(writing, stale)
    done = await save(writing, fresh)

    assert isinstance(refused, Review)
    assert refused.content == fresh.content
    assert isinstance(done, Saved)
    assert [one.content.title for one in await milestones.shown(GUILD)] == ["ALV", "Anders"]


async def test_what_cannot_be_read_is_kept_and_never_saved(writing: MilestoneWriting) -> None:
    typed = replace(TYPED, title=" ", period="ooit", note="x" * 601)
    review = await writing.write(GUILD, typed, person=MEMBER)
    kept = await writing.draft(review.draft.id, guild_id=GUILD, person=MEMBER)

    assert len(review.problems) == 3
    assert (kept.title, kept.period, kept.note) == (typed.title, typed.period, typed.note)
    assert isinstance(await save(writing, review), Review)


async def test_a_draft_is_its_writers_alone(writing: MilestoneWriting) -> None:
    review = await writing.write(GUILD, TYPED, person=MEMBER)
    for guild_id, person in ((GUILD, OTHER_MEMBER), (OTHER_GUILD, MEMBER)):
        with pytest.raises(MilestoneDraftGoneError):
            await writing.draft(review.draft.id, guild_id=guild_id, person=person)
        with pytest.raises(MilestoneDraftGoneError):
            await writing.discard(review.draft.id, guild_id=guild_id, person=person)

    assert isinstance(await save(writing, review), Saved)


@pytest.mark.parametrize("number", [0, 2**63 - 1, 2**63, 10**19 - 1])
async def test_a_number_that_nobody_made_is_nothing_known(
    writing: MilestoneWriting, milestones: Milestones, number: int
) -> None:
    with pytest.raises(MilestoneDraftGoneError):
        await writing.draft(number, guild_id=GUILD, person=MEMBER)
    with pytest.raises(MilestoneDraftGoneError):
        await writing.discard(number, guild_id=GUILD, person=MEMBER)
    review = await writing.write_again(number, TYPED, guild_id=GUILD, person=MEMBER)
    for is_shipped in (True, False):
        target = Target(is_shipped=is_shipped, number=number)
        with pytest.raises(UnknownMilestoneError):
            await milestones.remove(GUILD, target, version=number, person=MEMBER)
        with pytest.raises(UnknownMilestoneError):
            await writing.write(GUILD, TYPED, person=MEMBER, target=target, version=number)

    done = await save(writing, review)
    assert isinstance(done, Saved)
    again = await writing.write(
        GUILD, TYPED, person=MEMBER, target=done.entry.target, version=number
    )
    assert again.before == done.entry


async def test_what_ships_is_overridden_hidden_restored_and_reset(
    writing: MilestoneWriting, milestones: Milestones
) -> None:
    typed = replace(TYPED, title="ALV, anders")
    review = await writing.write(GUILD, typed, person=MEMBER, target=S7, version=0)
    assert isinstance(await save(writing, review), Saved)
    hidden = await milestones.remove(GUILD, S7, version=1, person=MEMBER)
    back = await milestones.restore(GUILD, S7, version=2, person=MEMBER)
    reset = await milestones.reset(GUILD, S7, version=3, person=MEMBER)
    gone = await milestones.remove(GUILD, S7, version=4, person=MEMBER)
    whole = await milestones.restore(GUILD, S7, version=5, person=MEMBER)
    history = await milestones.history(GUILD, S7)

    assert not hidden.is_shown
    assert back.content.title == "ALV, anders"
    assert back.source == ""
    assert reset.content == SHIPPED.content
    assert reset.source == "VNG"
    assert not gone.is_shown
    assert whole.standing is MilestoneStanding.SHIPPED
    assert [one.action for one in history[::-1]] == [
        MilestoneAction.CHANGED,
        MilestoneAction.REMOVED,
        MilestoneAction.RESTORED,
        MilestoneAction.RESET,
        MilestoneAction.REMOVED,
        MilestoneAction.RESTORED,
    ]
    assert {one.actor_id for one in history} == {MEMBER}


async def test_an_old_button_changes_nothing_and_says_who_was_there(
    milestones: Milestones,
) -> None:
    await milestones.remove(GUILD, S7, version=0, person=OTHER_MEMBER)
    for turn in (milestones.remove, milestones.restore, milestones.reset):
        with pytest.raises(MilestoneChangedError) as caught:
            await turn(GUILD, S7, version=0, person=MEMBER)
        assert caught.value.change is not None
        assert caught.value.change.actor_id == OTHER_MEMBER


async def test_a_milestone_is_found_by_what_is_offered_and_by_its_title(
    writing: MilestoneWriting, milestones: Milestones
) -> None:
    await saved(writing, replace(TYPED, title="Gemeenten stemmen over het fonds"))

    assert (await milestones.named(GUILD, "s7")).content.title == "ALV"
    assert (await milestones.named(GUILD, "fodns")).content.title.endswith("fonds")
    assert [str(one.target) for one in await milestones.offer(GUILD, "")][-1] == "s7"
    with pytest.raises(UnknownMilestoneError):
        await milestones.named(GUILD, "iets anders")


async def test_a_commit_that_fails_leaves_the_draft_and_the_timeline_as_they_were(
    database: Database, clock: FakeClock
) -> None:
    units = FailingUnits(database)
    milestones = Milestones(units, clock, [SHIPPED])
    writing = MilestoneWriting(units, clock, milestones)
    review = await writing.write(GUILD, TYPED, person=MEMBER)
    units.fails = True
    with pytest.raises(StorageError):
        await save(writing, review)
    with pytest.raises(StorageError):
        await writing.discard(review.draft.id, guild_id=GUILD, person=MEMBER)
    with pytest.raises(StorageError):
        await milestones.remove(GUILD, S7, version=0, person=MEMBER)
    units.fails = False
    kept = await writing.draft(review.draft.id, guild_id=GUILD, person=MEMBER)

    assert kept == review.draft
    assert [one.content.title for one in await milestones.shown(GUILD)] == ["ALV"]
    assert await milestones.history(GUILD, S7) == ()
    assert isinstance(await save(writing, review), Saved)


async def test_erasing_somebody_keeps_the_history_without_them(
    units: UnitsOfWork, writing: MilestoneWriting, milestones: Milestones, clock: FakeClock
) -> None:
    target = (await saved(writing)).entry.target
    await writing.write(GUILD, TYPED, person=MEMBER)
    await writing.write(GUILD, TYPED, person=OTHER_MEMBER)
    await Privacy(units).erase(MEMBER)
    expired = await Privacy(units).purge_expired(clock.now() + dt.timedelta(days=8))

    assert [one.actor_id for one in await milestones.history(GUILD, target)] == [None]
    assert expired["milestone_drafts"] == 1
