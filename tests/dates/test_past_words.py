"""Words for what is past are past, not unknown; and words that add nothing."""

import datetime as dt
from typing import Final

import pytest

from bot.dates.reading_rules import read_rule
from tests.dates.saying import EVENT, NOW, ZONE, said

PAST: Final = (
    ("gisteren", "! PAST 13-04-2027 09:00"),
    ("gister", "! PAST 13-04-2027 09:00"),
    ("gisteravond", "! PAST 13-04-2027 19:00"),
    ("gisterenavond", "! PAST 13-04-2027 19:00"),
    ("gistermiddag 3 uur", "! PAST 13-04-2027 15:00"),
    ("eergisteren", "! PAST 12-04-2027 09:00"),
    ("eergisteravond", "! PAST 12-04-2027 19:00"),
    ("2 dagen geleden", "! PAST"),
    ("een half uur geleden", "! PAST"),
    ("999999999999 jaar geleden", "! PAST"),
    ("een maand terug", "! PAST"),
    ("vorige week", "! PAST"),
    ("vorige week dinsdag", "! PAST"),
    ("dinsdag vorige week om 9 uur", "! PAST"),
    ("vorige maandag", "! PAST"),
    ("afgelopen vrijdag", "! PAST"),
    ("afgelopen nacht", "! PAST"),
    ("afgelopen weekend", "! PAST"),
    ("8 juni vorig jaar", "! PAST"),
    ("zojuist", "! PAST"),
)
NOW_KNOWN: Final = (
    ("deze avond", "wo 14-04-2027 19:00 part_of_day"),
    ("13 augustus a.s.", "vr 13-08-2027 09:00 default"),
    ("vrijdag stipt 9 uur", "vr 16-04-2027 09:00"),
    ("precies om 9 uur vrijdag", "vr 16-04-2027 09:00"),
    ("uiterlijk vrijdag 12 uur", "vr 16-04-2027 12:00"),
    ("eerste kerstdag", "za 25-12-2027 09:00 default"),
    ("tweede kerstdag om 15 uur", "zo 26-12-2027 15:00"),
    ("oudejaarsavond", "vr 31-12-2027 19:00 part_of_day"),
    ("nieuwjaarsdag 2028", "za 01-01-2028 09:00 default"),
    ("bevrijdingsdag 14 uur", "wo 05-05-2027 14:00"),
    ("2 dg", "! WORDS 2 dg"),
)
BESIDE_EVENT: Final = (
    ("een dagje ervoor", "ma 07-06-2027 19:30 event"),
    ("2d ervoor", "zo 06-06-2027 19:30 event"),
    ("2 wkn ervoor", "di 25-05-2027 19:30 event"),
    ("een uur voor het begin", "di 08-06-2027 18:30 event"),
    ("5 minuten voor het begint", "di 08-06-2027 19:25 event"),
    ("een half uur voor de start", "di 08-06-2027 19:00 event"),
    ("de vorige avond", "ma 07-06-2027 19:00 part_of_day"),
    ("de vorige dag om 9 uur", "ma 07-06-2027 09:00"),
    ("vorige week", "! PAST"),
    ("een uur voor het einde", "! WORDS voor"),
)


@pytest.mark.parametrize(("text", "expected"), PAST)
def test_what_is_past_in_words_is_past(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", ["gisteren", "gisternacht", "eergisteren", "deze week dinsdag"])
def test_it_is_past_whatever_the_time_would_have_been(text: str) -> None:
    assert said(text, default=None) == "! PAST"


@pytest.mark.parametrize("text", ["8 april", "woensdag", "vrijdag"])
def test_a_day_that_may_be_to_come_wants_its_time(text: str) -> None:
    assert said(text, default=None) == "! NO_TIME"


@pytest.mark.parametrize(("text", "expected"), NOW_KNOWN)
def test_common_words_are_read(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), BESIDE_EVENT)
def test_common_words_beside_an_event_are_read(text: str, expected: str) -> None:
    assert said(text, event=EVENT) == expected


def test_a_reminder_for_the_past_says_so() -> None:
    noon = dt.time(12)
    read = read_rule("gisteravond", now=NOW, zone=ZONE, event=EVENT, default_time=noon)

    assert "PAST" in repr(read)
