"""Phrases beside an event: Tuesday 8 June 2027 19:30."""

from typing import Final

import pytest

from tests.dates.saying import EVENT, said

PHRASES: Final = (
    ("2 dagen ervoor", "zo 06-06-2027 19:30 event"),
    ("twee dagen ervoor om 9 uur", "zo 06-06-2027 09:00"),
    ("twee dagen ervoor om kwart voor acht 's avonds", "zo 06-06-2027 19:45"),
    ("2 dagen van tevoren", "zo 06-06-2027 19:30 event"),
    ("2 dagen van te voren", "zo 06-06-2027 19:30 event"),
    ("2 dagen vooraf", "zo 06-06-2027 19:30 event"),
    ("3 dagen eerder", "za 05-06-2027 19:30 event"),
    ("de dag ervoor", "ma 07-06-2027 19:30 event"),
    ("de dag ervoor om 9 uur", "ma 07-06-2027 09:00"),
    ("de dag voor de vergadering", "ma 07-06-2027 19:30 event"),
    ("de avond ervoor", "ma 07-06-2027 19:00 part_of_day"),
    ("de avond van tevoren om 8 uur", "ma 07-06-2027 20:00"),
    ("de ochtend ervoor", "ma 07-06-2027 09:00 part_of_day"),
    ("de nacht ervoor om 2 uur", "di 08-06-2027 02:00"),
    ("de week ervoor", "di 01-06-2027 19:30 event"),
    ("een week van tevoren om 9 uur", "di 01-06-2027 09:00"),
    ("een week voor de vergadering", "di 01-06-2027 19:30 event"),
    ("een maand ervoor", "za 08-05-2027 19:30 event"),
    ("1 uur van tevoren", "di 08-06-2027 18:30 event"),
    ("1 uur voor aanvang", "di 08-06-2027 18:30 event"),
    ("een uur voor de alv", "di 08-06-2027 18:30 event"),
    ("anderhalf uur ervoor", "di 08-06-2027 18:00 event"),
    ("een kwartier van te voren", "di 08-06-2027 19:15 event"),
    ("een half uur ervoor", "di 08-06-2027 19:00 event"),
    ("1 dag en 2 uur ervoor", "ma 07-06-2027 17:30 event"),
    ("de vrijdag ervoor", "vr 04-06-2027 19:30 event"),
    ("vrijdag ervoor 's avonds", "vr 04-06-2027 19:00 part_of_day"),
    ("de dag zelf", "di 08-06-2027 19:30 event"),
    ("de dag zelf om 9 uur", "di 08-06-2027 09:00"),
    ("dezelfde dag 9 uur", "di 08-06-2027 09:00"),
    ("die dag om 12 uur", "di 08-06-2027 12:00"),
    ("op de dag van de vergadering om 12 uur", "di 08-06-2027 12:00"),
    ("de ochtend zelf", "di 08-06-2027 09:00 part_of_day"),
    ("de ochtend van de vergadering", "di 08-06-2027 09:00 part_of_day"),
    ("de avond van de alv om 7 uur", "di 08-06-2027 19:00"),
    (
        "vrijdag om half negen",
        (
            "vr 16-04-2027 08:30 | vr 16-04-2027 20:30 | vr 04-06-2027 08:30 | "
            "vr 04-06-2027 20:30 ? EVENT HALF_OF_DAY"
        ),
    ),
    ("vrijdag 9 uur", "vr 16-04-2027 09:00 | vr 04-06-2027 09:00 ? EVENT"),
    ("om 11 uur", "wo 14-04-2027 11:00 | di 08-06-2027 11:00 ? EVENT"),
    (
        "9 uur",
        "wo 14-04-2027 09:00 past | do 15-04-2027 09:00 | di 08-06-2027 09:00 ? DAY_PASSED EVENT",
    ),
    ("over 2 weken", "wo 28-04-2027 09:00 default"),
    ("8 juni", "di 08-06-2027 09:00 default"),
    ("10 weken ervoor", "! PAST 30-03-2027 19:30"),
    ("2 uur ervoor om 9 uur", "! CONTRADICTION"),
)


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_a_phrase_is_read_beside_the_event(text: str, expected: str) -> None:
    assert said(text, event=EVENT) == expected
