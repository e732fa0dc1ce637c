"""Papers that are files: kept with their meeting, within bounds, and forgotten with it."""

import pytest

from bot.services.meetings.errors import PaperGoneError, PapersFullError
from bot.services.meetings.papers import MOST_BYTES, MOST_FILES, file_name
from bot.services.meetings.proposals import ItemProposal
from storage.meeting_records import Meeting, Paper
from tests.services.meetings.stage import MeetingStage

DAY = 24 * 60  # minutes


async def noted(stage: MeetingStage, meeting: Meeting, name: str, content: bytes) -> Paper:
    """Return a file that was sent along and fetched."""
    papers = stage.meetings.papers
    stored = await papers.note(meeting.id, name=name, size=len(content), address="https://cdn/x")
    await papers.keep(stored, content)
    return Paper(stored.name, "", stored.id)


async def shown(stage: MeetingStage, meeting: Meeting) -> dict[str, bytes]:
    """Return the files below the agenda."""
    page = await stage.meetings.shelf.page(meeting.id)
    files = await stage.meetings.papers.files_of(meeting.id, page.agenda)
    return {one.name: one.content for one in files}


async def test_files_stand_below_the_agenda_in_its_order_until_they_are_taken_off(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    budget = await noted(stage, meeting, "begroting.pdf", b"1")
    link = Paper("Site", "https://example.org")
    meeting = (await stage.confirm(ItemProposal("Geld", "", (link, budget)), meeting)).meeting
    report = await noted(stage, meeting, "verslag.pdf", b"2")
    first = ItemProposal("Verslag", "", (report,), position=1)
    meeting = (await stage.confirm(first, meeting)).meeting
    both = await shown(stage, meeting)
    item = (await stage.meetings.shelf.page(meeting.id)).agenda[0]
    gone = ItemProposal("Verslag", "", (report,), item_id=item.id, removed=True)
    meeting = (await stage.confirm(gone, meeting)).meeting

    assert list(both.items()) == [("verslag.pdf", b"2"), ("begroting.pdf", b"1")]
    assert await shown(stage, meeting) == {"begroting.pdf": b"1"}


async def test_what_nobody_put_on_the_agenda_is_forgotten_after_a_day(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    kept = await noted(stage, meeting, "a.pdf", b"1")
    meeting = (await stage.confirm(ItemProposal("A", "", (kept,)), meeting)).meeting
    left = await noted(stage, meeting, "b.pdf", b"2")
    stage.clock.forward(minutes=DAY + 1)
    await noted(stage, meeting, "c.pdf", b"3")

    with pytest.raises(PaperGoneError):
        await stage.meetings.papers.get(left.file_id or 0, meeting_id=meeting.id)
    with pytest.raises(PaperGoneError):
        await stage.confirm(ItemProposal("B", "", (left,)), meeting)
    assert await shown(stage, meeting) == {"a.pdf": b"1"}


async def test_a_file_of_another_meeting_is_not_there(stage: MeetingStage) -> None:
    meeting, other = await stage.plan(), await stage.plan(uid="twee")
    paper = await noted(stage, meeting, "a.pdf", b"1")

    with pytest.raises(PaperGoneError):
        await stage.meetings.papers.get(paper.file_id or 0, meeting_id=other.id)


async def test_files_of_a_meeting_stay_within_what_one_message_can_carry(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    with pytest.raises(PapersFullError):
        await stage.meetings.papers.note(
            meeting.id, name="groot.pdf", size=MOST_BYTES + 1, address="https://cdn/x"
        )
    half = bytes(MOST_BYTES // 2 + 1)
    big = [await noted(stage, meeting, f"{n}.pdf", half) for n in range(2)]
    meeting = (await stage.confirm(ItemProposal("Een", "", (big[0],)), meeting)).meeting
    with pytest.raises(PapersFullError):
        await stage.confirm(ItemProposal("Twee", "", (big[1],)), meeting)
    small = [await noted(stage, meeting, f"k{n}.pdf", b"1") for n in range(MOST_FILES)]
    with pytest.raises(PapersFullError):
        await stage.confirm(ItemProposal("Drie", "", tuple(small)), meeting)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Begroting 2027.pdf", "Begroting 2027.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("a\n\u202eb<@1>.pdf", "a _b__1_.pdf"),
        ("", "bijlage"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
def test_a_name_is_safe_and_keeps_its_ending(typed: str, kept: str) -> None:
    assert file_name(typed) == kept
