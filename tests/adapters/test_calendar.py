"""The calendar as other programs read it, with a reader of our own."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.calendar import calendar_of
from storage.meeting_records import (
    AgendaItem,
    Counts,
    Deadline,
    DeadlineKind,
    Details,
    Meeting,
    MeetingKind,
    MeetingPage,
    MeetingState,
)
from tests.adapters.ics import Block, read

ZONE = ZoneInfo("Europe/Amsterdam")


def page(start: dt.datetime, **changes: object) -> MeetingPage:
    details = Details(
        kind=MeetingKind.ALV,
        title="Voorjaar",
        local_start=start,
        zone=ZONE.key,
        starts_at=start.replace(tzinfo=ZONE).astimezone(dt.UTC),
        minutes=90,
        place="Hangar 32; Haarlemmermeer, links\\achter",
        link="https://example.org/alv",
    )
    made = dt.datetime(2016, 3, 1, tzinfo=dt.UTC)
    meeting = Meeting(
        id=1,
        guild_id=1,
        number=1,
        uid="7@breed",
        details=details,
        state=MeetingState.PLANNED,
        version=1,
        sequence=0,
        created_at=made,
        changed_at=made,
    )
    due = details.starts_at - dt.timedelta(days=13)
    deadline = Deadline(5, 1, DeadlineKind.AMENDMENTS, "", "w9@12:00", start, due)
    item = AgendaItem(1, 1, 1, "Opening\nen welkom", "", ())
    return MeetingPage(replace(meeting, **changes), (item,), (deadline,), Counts())  # type: ignore[arg-type] # a test names what it changes


def written(*pages: MeetingPage) -> Block:
    return read(calendar_of(pages, name="Bijeenkomsten"))


def moments_of(zone: Block, local: dt.datetime) -> dt.timedelta:
    """Return the offset that a VTIMEZONE gives a local time, as RFC 5545 3.6.5 says."""
    found: list[tuple[dt.datetime, str]] = []
    for part in zone.inside:
        starts = [part.value("DTSTART")]
        starts += [
            one for name, _, value in part.properties if name == "RDATE" for one in value.split(",")
        ]
        found += [
            (dt.datetime.strptime(one, "%Y%m%dT%H%M%S"), part.value("TZOFFSETTO"))  # noqa: DTZ007 # a wall clock has no zone
            for one in starts
        ]
    _, offset = max(one for one in found if one[0] <= local)
    return dt.timedelta(hours=int(offset[:3]), minutes=int(offset[3:5]))


@pytest.mark.parametrize("year", range(2025, 2041))
@pytest.mark.parametrize("month", [1, 7, 11])
def test_a_meeting_is_at_its_moment_by_the_zone_that_comes_along(year: int, month: int) -> None:
    start = dt.datetime(year, month, 15, 19, 30)  # noqa: DTZ001 # a wall clock has no zone
    calendar = written(page(start))
    (zone,) = calendar.all("VTIMEZONE")
    event = calendar.all("VEVENT")[0]

    assert event.parameter("DTSTART", "TZID") == zone.value("TZID") == "Europe/Amsterdam"
    assert event.value("DTSTART") == f"{start:%Y%m%dT%H%M%S}"
    assert moments_of(zone, start) == start.replace(tzinfo=ZONE).utcoffset()


def test_texts_are_escaped_and_lines_folded() -> None:
    event = written(page(dt.datetime(2016, 6, 8, 11, 0))).all("VEVENT")[0]  # noqa: DTZ001 # a wall clock has no zone

    assert event.text("LOCATION") == "Hangar 32; Haarlemmermeer, links\\achter"
    assert event.text("DESCRIPTION") == "https://example.org/alv\n1. Opening\nen welkom"
    assert event.text("SUMMARY") == "ALV: Voorjaar"


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_calling_off_cancels() -> None:
    start = dt.datetime(2016, 6, 8, 11, 0)  # noqa: DTZ001 # a wall clock has no zone
    first = written(page(start)).all("VEVENT")
    off = written(page(start, sequence=3, state=MeetingState.CANCELLED)).all("VEVENT")

    assert [one.value("UID") for one in first] == [one.value("UID") for one in off]
    assert [one.value("SEQUENCE") for one in off] == ["3", "3"]
    assert {one.value("STATUS") for one in off} == {"CANCELLED"}
    assert [len(one.all("VALARM")) for one in first] == [2, 1]
    assert [len(one.all("VALARM")) for one in off] == [0, 0]
    assert first[0].all("VALARM")[0].value("TRIGGER") == "-P1D"
    assert first[1].text("SUMMARY").startswith("Laatste moment voor amendementen indienen")


def test_an_empty_calendar_is_a_calendar() -> None:
    assert written().value("METHOD") == "PUBLISH"


@given(st.text(max_size=200))
def test_whatever_a_title_holds_it_comes_back(title: str) -> None:
    made = page(dt.datetime(2016, 6, 8, 11, 0))  # noqa: DTZ001 # a wall clock has no zone
    meeting = replace(made.meeting, details=replace(made.meeting.details, place=f"x{title}x"))
    event = written(replace(made, meeting=meeting)).all("VEVENT")[0]

    expected = f"x{title}x".replace("\r\n", "\n").replace("\r", "\n")
    assert event.text("LOCATION").replace("\r", "\n") == expected
