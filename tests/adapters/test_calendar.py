"""The calendar as other programs read it, with a reader of our own."""

import calendar
import datetime as dt
import itertools
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


def offset_by(zone: Block, moment: dt.datetime) -> dt.timedelta:
    """Return the offset that the rules of a VTIMEZONE give a moment, as RFC 5545 3.6.5 says."""
    begun: list[tuple[dt.datetime, str]] = []
    for part in zone.inside:
        rule = dict(one.split("=") for one in part.value("RRULE").split(";"))
        assert (rule.pop("FREQ"), rule.pop("BYDAY")) == ("YEARLY", "-1SU")
        month = int(rule.pop("BYMONTH"))
        assert not rule
        first = dt.datetime.strptime(part.value("DTSTART"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 # a wall clock has no zone
        for year in range(first.year, moment.year + 1):
            last = dt.date(year, month, calendar.monthrange(year, month)[1])
            sunday = last - dt.timedelta(days=(last.weekday() + 1) % 7)
            begins = dt.datetime.combine(sunday, first.time(), dt.UTC)
            onset = begins - hours(part.value("TZOFFSETFROM"))
            begun.append((onset, part.value("TZOFFSETTO")))
    return hours(max(one for one in begun if one[0] <= moment)[1])


def hours(offset: str) -> dt.timedelta:
    return dt.timedelta(hours=int(offset[:3]), minutes=int(offset[3:5]))


@pytest.mark.parametrize("year", range(2025, 2041))
@pytest.mark.parametrize("month", [1, 7, 11])
def test_a_meeting_is_at_its_moment_by_the_zone_that_comes_along(year: int, month: int) -> None:
    start = dt.datetime(year, month, 15, 19, 30)  # noqa: DTZ001 # a wall clock has no zone
    shown = written(page(start))
    (zone,) = shown.all("VTIMEZONE")
    event = shown.all("VEVENT")[0]

    assert event.parameter("DTSTART", "TZID") == zone.value("TZID") == "Europe/Amsterdam"
    assert event.value("DTSTART") == f"{start:%Y%m%dT%H%M%S}"
    moment = start.replace(tzinfo=ZONE)
    assert offset_by(zone, moment.astimezone(dt.UTC)) == moment.utcoffset()


@pytest.mark.parametrize("year", range(2025, 2041))
def test_the_zone_changes_in_the_minute_in_which_the_clock_does(year: int) -> None:
    (zone,) = written(page(dt.datetime(2027, 6, 8, 19, 30))).all("VTIMEZONE")  # noqa: DTZ001 # a wall clock has no zone
    assert [part.name for part in zone.inside] == ["DAYLIGHT", "STANDARD"]
    for month in (3, 10):
        # Midnight to three in the morning, in the last seven days.
        for day, hour in itertools.product(range(25, 32), range(4)):
            moment = dt.datetime(year, month, day, hour, tzinfo=dt.UTC)
            for one in (moment, moment - dt.timedelta(minutes=1)):
                assert offset_by(zone, one) == one.astimezone(ZONE).utcoffset()


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


def test_what_was_called_off_says_so_in_its_title_and_leaves_the_time_free() -> None:
    start = dt.datetime(2016, 6, 8, 11, 0)  # noqa: DTZ001 # a wall clock has no zone
    off = page(start, state=MeetingState.CANCELLED, cancel_reason="zaal dicht; geen stroom")
    meeting, deadline = written(off).all("VEVENT")

    assert meeting.text("SUMMARY") == "Afgelast: ALV: Voorjaar"
    assert meeting.text("DESCRIPTION").startswith("Afgelast: zaal dicht; geen stroom\nhttps://")
    assert meeting.value("TRANSP") == deadline.value("TRANSP") == "TRANSPARENT"
    assert deadline.text("SUMMARY").startswith("Afgelast: Laatste moment voor amendementen")


def test_a_program_is_told_how_often_to_look_and_how_the_calendar_is_called() -> None:
    shown = written()

    assert shown.value("X-PUBLISHED-TTL") == shown.value("REFRESH-INTERVAL") == "PT1H"
    assert shown.value("NAME") == shown.value("X-WR-CALNAME") == "Bijeenkomsten"


@pytest.mark.parametrize("letter", ["é", "€", "🗳"])
def test_a_long_text_is_folded_between_letters(letter: str) -> None:
    made = page(dt.datetime(2016, 6, 8, 11, 0))  # noqa: DTZ001 # a wall clock has no zone
    for shift in range(4):
        title = "x" * shift + letter * 200
        details = replace(made.meeting.details, place=title)
        event = written(replace(made, meeting=replace(made.meeting, details=details)))

        assert event.all("VEVENT")[0].text("LOCATION") == title


def test_an_entry_carries_when_it_was_written_and_changed() -> None:
    changed = dt.datetime(2016, 4, 2, 8, 30, tzinfo=dt.UTC)
    for one in written(page(dt.datetime(2016, 6, 8, 11, 0), changed_at=changed)).all("VEVENT"):  # noqa: DTZ001 # a wall clock has no zone
        assert one.value("DTSTAMP") == one.value("LAST-MODIFIED") == "20160402T083000Z"
        assert one.value("CREATED") == "20160301T000000Z"


def test_an_empty_calendar_is_a_calendar() -> None:
    assert written().value("METHOD") == "PUBLISH"


@given(st.text(max_size=200))
def test_whatever_a_title_holds_it_comes_back(title: str) -> None:
    made = page(dt.datetime(2016, 6, 8, 11, 0))  # noqa: DTZ001 # a wall clock has no zone
    meeting = replace(made.meeting, details=replace(made.meeting.details, place=f"x{title}x"))
    event = written(replace(made, meeting=meeting)).all("VEVENT")[0]

    expected = f"x{title}x".replace("\r\n", "\n").replace("\r", "\n")
    assert event.text("LOCATION").replace("\r", "\n") == expected
