"""Planning, changing and calling off."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.meetings.errors import (
    DeadlineAfterMeetingError,
    DraftGoneError,
    MeetingError,
    MeetingOverError,
    OutdatedDraftError,
    PastMeetingError,
)
from bot.services.meetings.proposals import (
    CancelProposal,
    ChangeProposal,
    DeadlineProposal,
    ItemProposal,
    PlanProposal,
)
from storage.delivery_records import DmTarget
from storage.meeting_records import (
    Answer,
    ChangeKind,
    DeadlineKind,
    Meeting,
    MeetingState,
    Paper,
)
from tests.services.meetings.stage import (
    ANNA,
    BRAM,
    GUILD,
    MARJA,
    START,
    MeetingStage,
    details,
)

WEEK = dt.timedelta(days=7)


async def test_planning_tells_the_channel_once_and_is_in_the_history(stage: MeetingStage) -> None:
    meeting = await stage.plan()

    (notice,) = await stage.deliveries("meeting_notice")
    history = await stage.meetings.shelf.history(meeting.id)
    assert (meeting.number, meeting.version, meeting.state) == (1, 1, MeetingState.PLANNED)
    assert notice.key.startswith("meeting-notice:")
    assert [(one.kind, one.changed_by) for one in history] == [(ChangeKind.PLANNED, MARJA)]


async def test_a_draft_is_confirmed_once_by_whoever_is_first(stage: MeetingStage) -> None:
    planning = stage.meetings.planning
    proposed = await planning.propose(
        GUILD, PlanProposal("x@test", details()), meeting=None, by=MARJA
    )
    outcomes = await asyncio.gather(
        *(planning.confirm(proposed.draft.id, guild_id=GUILD, by=by) for by in (MARJA, BRAM)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Confirmed", "DraftGoneError"]
    assert len(await stage.meetings.shelf.all(GUILD)) == 1
    assert len(await stage.deliveries("meeting_notice")) == 1


async def test_a_draft_of_another_guild_does_not_exist(stage: MeetingStage) -> None:
    planning = stage.meetings.planning
    proposed = await planning.propose(
        GUILD, PlanProposal("x@test", details()), meeting=None, by=MARJA
    )

    with pytest.raises(DraftGoneError):
        await planning.confirm(proposed.draft.id, guild_id=GUILD + 1, by=MARJA)
    assert (await planning.look(proposed.draft.id, guild_id=GUILD)).draft == proposed.draft


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    planning = stage.meetings.planning
    mine = ChangeProposal(replace(meeting.details, place="Zwolle"))
    draft = (await planning.propose(GUILD, mine, meeting=meeting, by=MARJA)).draft
    await stage.confirm(ChangeProposal(replace(meeting.details, place="Assen")), meeting)

    with pytest.raises(OutdatedDraftError):
        await planning.confirm(draft.id, guild_id=GUILD, by=MARJA)
    assert (await stage.meetings.shelf.find(GUILD, None)).details.place == "Assen"


async def test_a_change_tells_the_channel_and_those_who_signed_up_once(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    await stage.meetings.attending.say(meeting.id, ANNA, Answer.YES)
    await stage.meetings.attending.say(meeting.id, BRAM, Answer.NO)
    moved = replace(details(moment=START + WEEK))
    confirmed = await stage.confirm(ChangeProposal(moved), meeting)

    told = [
        one
        for one in await stage.deliveries("meeting_notice")
        if one.subject_id == confirmed.change.id
    ]
    assert [one.target for one in told if isinstance(one.target, DmTarget)] == [DmTarget(ANNA)]
    assert len(told) == 2
    assert (confirmed.meeting.version, confirmed.meeting.sequence) == (2, 1)
    assert confirmed.meeting.uid == meeting.uid


async def test_a_quiet_change_of_the_agenda_tells_nobody(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    before = len(await stage.deliveries())
    await stage.confirm(ItemProposal("Opening", "", ()), meeting, quietly=True)

    assert len(await stage.deliveries()) == before


async def test_agenda_items_are_added_moved_changed_and_removed(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    for title in ("Opening", "Begroting", "Rondvraag"):
        meeting = (await stage.confirm(ItemProposal(title, "", ()), meeting)).meeting
    items = (await stage.meetings.shelf.page(meeting.id)).agenda
    paper = Paper("Stuk", "https://example.org/stuk.pdf")
    moved = ItemProposal("Slot", "met een borrel", (paper,), items[0].id, position=3)
    meeting = (await stage.confirm(moved, meeting)).meeting
    gone = ItemProposal("Begroting", "", (), items[1].id, removed=True)
    meeting = (await stage.confirm(gone, meeting)).meeting

    agenda = (await stage.meetings.shelf.page(meeting.id)).agenda
    assert [(one.position, one.title) for one in agenda] == [(1, "Rondvraag"), (2, "Slot")]
    assert agenda[1].papers == (paper,)


async def test_a_deadline_in_working_days_moves_with_the_meeting(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    amendments = DeadlineProposal(DeadlineKind.AMENDMENTS, "", "w9@12:00")
    fixed = DeadlineProposal(DeadlineKind.MOTIONS, "", "=2016-09-01T12:00")
    meeting = (await stage.confirm(amendments, meeting)).meeting
    meeting = (await stage.confirm(fixed, meeting)).meeting
    before = (await stage.meetings.shelf.page(meeting.id)).deadlines
    await stage.confirm(ChangeProposal(details(moment=START + WEEK)), meeting)
    after = (await stage.meetings.shelf.page(meeting.id)).deadlines

    assert [f"{one.local:%d-%m %H:%M}" for one in before] == ["01-09 12:00", "15-09 12:00"]
    assert [f"{one.local:%d-%m %H:%M}" for one in after] == ["01-09 12:00", "22-09 12:00"]


@pytest.mark.parametrize(
    ("proposal", "error"),
    [
        (ChangeProposal(details(moment=START - 40 * WEEK)), PastMeetingError),
        (DeadlineProposal(DeadlineKind.OTHER, "", "=2016-10-01T12:00"), DeadlineAfterMeetingError),
        (ItemProposal("x", "", (), item_id=999), MeetingError),
        (DeadlineProposal(DeadlineKind.OTHER, "", "d1", deadline_id=999), MeetingError),
    ],
)
async def test_what_cannot_be_done_is_refused_before_it_is_shown(
    stage: MeetingStage,
    proposal: ChangeProposal | DeadlineProposal | ItemProposal,
    error: type[MeetingError],
) -> None:
    meeting = await stage.plan()
    with pytest.raises(error):
        await stage.confirm(proposal, meeting)


async def test_a_meeting_that_was_called_off_stays_so(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    off = (await stage.confirm(CancelProposal("zaal dicht"), meeting)).meeting

    assert (off.state, off.cancel_reason) == (MeetingState.CANCELLED, "zaal dicht")
    with pytest.raises(MeetingOverError):
        await stage.confirm(ChangeProposal(details()), off)
    with pytest.raises(MeetingOverError):
        await stage.meetings.attending.say(meeting.id, ANNA, Answer.YES)


async def test_a_failure_halfway_leaves_everything_as_it_was(
    stage: MeetingStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting: Meeting = await stage.plan()
    draft = (
        await stage.meetings.planning.propose(GUILD, CancelProposal("x"), meeting=meeting, by=MARJA)
    ).draft

    async def fails(*_args: object, **_named: object) -> None:
        message = "the power went"
        await asyncio.sleep(0)
        raise ConnectionError(message)

    with monkeypatch.context() as patch:
        patch.setattr("storage.repositories.meetings_reminders.ReminderRepository.queue_all", fails)
        with pytest.raises(ConnectionError):
            await stage.meetings.planning.confirm(draft.id, guild_id=GUILD, by=MARJA)

    assert (await stage.meetings.shelf.find(GUILD, None)) == meeting
    done = await stage.meetings.planning.confirm(draft.id, guild_id=GUILD, by=MARJA)
    assert done.meeting.state is MeetingState.CANCELLED
