"""The timeline as pure functions: merged, cut into stretches, counted down."""

import datetime as dt
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from bot.services.progress.timeline import (
    Entry,
    ShippedMilestone,
    begin_of,
    is_overdue,
    merged,
    next_milestone,
    window_of,
)
from storage.milestone_records import (
    Milestone,
    MilestoneContent,
    MilestoneStanding,
    MilestoneState,
)
from storage.progress_records import Part

TODAY = dt.date(2026, 11, 25)
_DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2036, 1, 1))


def content(
    first: dt.date, last: dt.date | None = None, state: MilestoneState = MilestoneState.PLANNED
) -> MilestoneContent:
    return MilestoneContent(f"{first}", first, last or first, Part.ALV, state)


def timeline(contents: Iterable[MilestoneContent]) -> tuple[Entry, ...]:
    return merged([ShippedMilestone(n, one, "") for n, one in enumerate(contents, start=1)], ())


@given(st.lists(_DAYS, max_size=30), st.integers(0, 40) | st.none())
def test_a_stretch_leaves_nothing_out_uncounted(days: list[dt.date], start: int | None) -> None:
    entries = timeline(map(content, days))
    window = window_of(entries, TODAY, start=start)

    assert window.earlier + len(window.entries) + window.later == len(entries)
    assert len(window.entries) <= 6
    assert bool(window.entries) == bool(entries)
    assert entries[window.start : window.start + 6] == window.entries


@given(st.lists(_DAYS, max_size=30))
def test_the_stretch_around_today_shows_what_comes_next(days: list[dt.date]) -> None:
    entries = timeline(map(content, days))
    following = next_milestone(entries, TODAY)

    assert following is None or following in window_of(entries, TODAY).entries


def test_the_next_one_is_open_and_not_past() -> None:
    day = dt.timedelta(days=1)
    done = content(TODAY + day, state=MilestoneState.DONE)
    late = content(TODAY - day)
    unknown = content(TODAY, state=MilestoneState.UNKNOWN)
    running = content(TODAY - day, TODAY + day, MilestoneState.UNDER_WAY)
    later = content(TODAY + 9 * day)

    assert next_milestone(timeline([done, late, unknown]), TODAY) is None
    found = next_milestone(timeline([done, late, unknown, later, running]), TODAY)
    assert found is not None
    assert found.content == later
    still = next_milestone(timeline([done, late, running]), TODAY)
    assert still is not None
    assert still.content == running
    assert is_overdue(late, TODAY)
    assert not is_overdue(running, TODAY)
    assert not is_overdue(done, TODAY)


def test_what_a_guild_changed_outlives_the_milestone_that_shipped() -> None:
    row = Milestone(1, 2, 99, 1, MilestoneStanding.SHOWN, content(TODAY), begin_of(TODAY))
    (entry,) = merged((), [row])

    assert entry.content == row.content
    assert entry.shipped is None


def test_a_day_begins_by_the_clock_of_amsterdam() -> None:
    assert begin_of(dt.date(2027, 6, 8)) == dt.datetime(2027, 6, 7, 22, tzinfo=dt.UTC)
    assert begin_of(dt.date(2027, 1, 8)) == dt.datetime(2027, 1, 7, 23, tzinfo=dt.UTC)
