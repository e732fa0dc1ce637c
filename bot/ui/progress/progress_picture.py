"""The picture of a timeline: what is in it, the same in words, and the file itself."""

import asyncio
from typing import Final

from bot.logs import unexpected
from bot.services.deliveries.rendered import ShownFile
from bot.services.progress.timeline import Entry, Window, is_overdue, next_milestone
from bot.services.progress.timeline_overview import Progress
from bot.services.progress.timeline_picture import PictureRow, Shape, TimelinePicture
from bot.texts import progress as texts
from bot.texts.periods import period
from bot.ui.markdown import shortened, size
from storage.milestone_records import MilestoneState

ALT: Final = 1_024  # characters of a description, by Discord's documentation
_FILE: Final = "tijdlijn.png"
_SHORTEST: Final = 20  # characters of a title where the words do not fit otherwise
_SHAPES: Final = {
    MilestoneState.PLANNED: Shape.RING,
    MilestoneState.UNDER_WAY: Shape.HALF,
    MilestoneState.DONE: Shape.TICK,
    MilestoneState.DROPPED: Shape.CROSS,
    MilestoneState.UNKNOWN: Shape.QUESTION,
}


def picture_of(progress: Progress, window: Window) -> TimelinePicture:
    """Return what the picture of a stretch of the timeline shows."""
    part = progress.part.value if progress.part else None
    following = next_milestone(progress.entries, progress.today)
    return TimelinePicture(
        heading=texts.picture_heading(part),
        today=texts.today(progress.today),
        today_at=_today_at(progress, window),
        past=_begun(progress, window),
        rows=tuple(
            _row(one, progress, is_next=following is not None and one.target == following.target)
            for one in window.entries
        ),
        before=texts.before(window.earlier) if window.earlier else "",
        after=texts.after(window.later) if window.later else "",
        empty=texts.no_milestones(part),
    )


def alt_of(picture: TimelinePicture) -> str:
    """Say in words what the picture shows, in its order; long titles end earlier if need be."""
    longest = max((len(row.title) for row in picture.rows), default=0)
    for limit in range(longest, _SHORTEST, -5):
        text = _words(picture, limit)
        if size(text) <= ALT:
            return text
    return shortened(_words(picture, _SHORTEST), ALT)


async def drawn(picture: TimelinePicture) -> ShownFile | None:
    """Draw it beside the event loop; None, and a log, when that fails: the text says it all."""
    try:
        content = await asyncio.to_thread(_draw, picture)
    except (OSError, RuntimeError, ValueError, MemoryError):
        unexpected("timeline_not_drawn")
        return None
    return ShownFile(_FILE, content, alt_of(picture))


def _draw(picture: TimelinePicture) -> bytes:
    # Matplotlib takes a second to import: at the first picture, not when the bot starts.
    from bot.adapters.charts import timeline_png  # noqa: PLC0415 # see above

    return timeline_png(picture)


def _today_at(progress: Progress, window: Window) -> int:
    """Return above which row today stands; -1 when it lies outside the stretch."""
    begun = _begun(progress, window)
    is_before = begun == 0 and window.earlier > 0
    is_after = begun == len(window.entries) and window.later > 0
    return -1 if is_before or (is_after and _goes_on(progress, window)) else begun


def _begun(progress: Progress, window: Window) -> int:
    return sum(one.content.first <= progress.today for one in window.entries)


def _goes_on(progress: Progress, window: Window) -> bool:
    """Whether the first milestone behind the stretch has begun too."""
    following = progress.entries[window.start + len(window.entries)]
    return following.content.first <= progress.today


def _row(entry: Entry, progress: Progress, *, is_next: bool) -> PictureRow:
    content = entry.content
    state = texts.STATES[content.state]
    if is_overdue(content, progress.today):
        state = texts.overdue(state)
    elif is_next and content.first > progress.today:
        state = texts.next_one(state)
    return PictureRow(
        when=period(content.first, content.last),
        state=state,
        shape=_SHAPES[content.state],
        title=content.title,
        is_next=is_next,
    )


def _words(picture: TimelinePicture, limit: int) -> str:
    said = [f"{picture.heading}."]
    if picture.before:
        said.append(texts.alt_more(picture.before))
    for index, row in enumerate(picture.rows):
        if index == picture.today_at:
            said.append(texts.alt_today(picture.today))
        title = row.title if len(row.title) <= limit else f"{row.title[: limit - 1].rstrip()}…"
        said.append(texts.alt_row(row.when, row.state, title))
    if picture.today_at == len(picture.rows):
        said.append(texts.alt_today(picture.today))
    if not picture.rows:
        said.append(picture.empty)
    if picture.after:
        said.append(texts.alt_more(picture.after))
    return " ".join(said)
