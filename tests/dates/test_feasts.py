"""The feasts of the Netherlands, by name: on their day, and days counted from them."""

import datetime as dt
from typing import Final

import holidays
import pytest

from bot.dates.feasts import FEASTS, names
from bot.dates.moments import read_moment
from bot.dates.periods import NotAPeriod, Period, PeriodProblem, read_period
from bot.dates.reading import Ambiguous, Understood
from bot.dates.reading_rules import Rules, read_rule
from bot.dates.tokens import tokens_in
from bot.dates.words import Kind
from bot.dates.writing import write_moment
from tests.dates.saying import EVENT, NINE, NOW, ZONE, local, moments_of, said

ONE_DAY: Final = (  # now is 14 April 2027: Easter was on 28 March, and is on 16 April in 2028
    ("koningsdag", "di 27-04-2027"),
    ("Koningsdag 2031", "za 26-04-2031"),
    ("koningsdag 2036", "za 26-04-2036"),
    ("koningsdag volgend jaar", "do 27-04-2028"),
    ("op koningsdag '28", "do 27-04-2028"),
    ("dinsdag koningsdag", "di 27-04-2027"),
    ("koninsgdag", "di 27-04-2027"),
    ("2 dagen voor Koningsdag", "zo 25-04-2027"),
    ("twee dagen vóór koningsdag 2031", "do 24-04-2031"),
    ("2 werkdagen voor koningsdag", "vr 23-04-2027"),
    ("de laatste werkdag voor koningsdag", "ma 26-04-2027"),
    ("hemelvaart", "do 06-05-2027"),
    ("Hemelvaartsdag 2028", "do 25-05-2028"),
    ("hemelvart", "do 06-05-2027"),
    ("dag na Hemelvaart", "vr 07-05-2027"),
    ("de dag voor hemelvaartsdag", "wo 05-05-2027"),
    ("de vrijdag na hemelvaart", "vr 07-05-2027"),
    ("eerste werkdag na hemelvaart", "vr 07-05-2027"),
    ("goede vrijdag 2028", "vr 14-04-2028"),
    ("Goede  Vrijdag 2030", "vr 19-04-2030"),
    ("witte donderdag 2028", "do 13-04-2028"),
    ("eerste paasdag 2028", "zo 16-04-2028"),
    ("tweede paasdag 2028", "ma 17-04-2028"),
    ("2e paasdag volgend jaar", "ma 17-04-2028"),
    ("paasmaandag 2028", "ma 17-04-2028"),
    ("week voor tweede paasdag 2028", "ma 10-04-2028"),
    ("vrijdag voor pasen 2028", "vr 14-04-2028"),
    ("eerste werkdag na pasen 2028", "di 18-04-2028"),
    ("eerste pinksterdag", "zo 16-05-2027"),
    ("tweede pinksterdag", "ma 17-05-2027"),
    ("de dag na pinkstermaandag", "di 18-05-2027"),
    ("de zaterdag voor pinksteren", "za 15-05-2027"),
    ("bevrijdingsdag", "wo 05-05-2027"),
    ("moederdag", "zo 09-05-2027"),
    ("vaderdag", "zo 20-06-2027"),
    ("prinsjesdag", "di 21-09-2027"),
    ("eerste kerstdag", "za 25-12-2027"),
    ("1e kerstdag 2028", "ma 25-12-2028"),
    ("2de kerstdag", "zo 26-12-2027"),
    ("3 weken voor eerste kerstdag", "za 04-12-2027"),
    ("een maand voor tweede kerstdag", "vr 26-11-2027"),
    ("de vrijdag voor kerst", "vr 24-12-2027"),
    ("tweede maandag na eerste kerstdag 2027", "ma 03-01-2028"),
    ("2 dagen voor kerstavond", "wo 22-12-2027"),
    ("oudejaarsdag", "vr 31-12-2027"),
    ("4 dagen na oudejaarsdag 2028", "do 04-01-2029"),
)
OTHERS: Final = (
    ("tien dagen voor hemelvaartsdag om 12 uur", "ma 26-04-2027 12:00"),
    ("dodenherdenking 20 uur", "di 04-05-2027 20:00"),
    ("kerstavond", "vr 24-12-2027 19:00 part_of_day"),
    ("oudejaarsavond om 23.59", "vr 31-12-2027 23:59"),
    ("de avond voor koningsdag", "ma 26-04-2027 19:00 part_of_day"),
    ("vrijdagavond voor eerste kerstdag", "vr 24-12-2027 19:00 part_of_day"),
    ("pasen 2028 om 10.30 uur", "zo 16-04-2028 10:30 | ma 17-04-2028 10:30 ? FEAST"),
    ("pinksteren", "zo 16-05-2027 09:00 default | ma 17-05-2027 09:00 default ? FEAST"),
    ("met kerst", "za 25-12-2027 09:00 default | zo 26-12-2027 09:00 default ? FEAST"),
    ("de dag na pinksteren", "ma 17-05-2027 09:00 default | di 18-05-2027 09:00 default ? FEAST"),
    ("2 dagen voor kerst", "do 23-12-2027 09:00 default | vr 24-12-2027 09:00 default ? FEAST"),
    ("sinterklaas", "zo 05-12-2027 09:00 default | ma 06-12-2027 09:00 default ? FEAST"),
    (
        "goede vrijdag",
        "vr 26-03-2027 09:00 default past | vr 14-04-2028 09:00 default ? YEAR_PASSED",
    ),
    (
        "pasen",
        (
            "zo 28-03-2027 09:00 default past | ma 29-03-2027 09:00 default past | "
            "zo 16-04-2028 09:00 default | ma 17-04-2028 09:00 default ? FEAST YEAR_PASSED"
        ),
    ),
    ("maandag koningsdag", "! CONTRADICTION di"),
    ("koningsdag kerst", "! CONTRADICTION"),
    ("koningsdag 2010", "! IMPOSSIBLE_DATE"),
    ("eerste paasdag 2027", "! PAST 28-03-2027 09:00"),
    ("pasen 2027", "! PAST 28-03-2027 09:00 29-03-2027 09:00"),
    ("koningsdag 2040", "! TOO_FAR 27-04-2040 09:00"),
    ("99999999999 dagen voor kerst", "! TOO_FAR"),
    ("99999999999 werkdagen na kerst", "! TOO_FAR"),
    ("2 uur voor eerste kerstdag", "! WORDS voor"),
    ("voor koningsdag", "! WORDS voor"),
    ("koninginnedag", "! WORDS koninginnedag"),
    ("kerstvakantie", "! WORDS kerstvakantie"),
)
_OF_THE_LAW: Final = {
    "New Year's Day": "nieuwjaarsdag",
    "Good Friday": "goede vrijdag",
    "Easter Sunday": "eerste paasdag",
    "Easter Monday": "tweede paasdag",
    "King's Day": "koningsdag",
    "Ascension Day": "hemelvaartsdag",
    "Pentecost": "eerste pinksterdag",
    "Pentecost Monday": "tweede pinksterdag",
    "Christmas Day": "eerste kerstdag",
    "Second Day of Christmas": "tweede kerstdag",
}


@pytest.mark.parametrize(("text", "day"), ONE_DAY)
def test_a_feast_or_days_beside_it_is_one_day(text: str, day: str) -> None:
    assert said(text) == f"{day} 09:00 default"


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_a_feast_with_a_time_in_doubt_or_a_reason(text: str, expected: str) -> None:
    assert said(text) == expected


def test_the_feasts_of_the_law_are_on_the_days_of_the_package_holidays() -> None:
    by_name = dict(names())
    told = holidays.country_holidays("NL", years=range(2014, 2101), language="en_US")
    known = [(day, by_name[_OF_THE_LAW[name]]) for day, name in told.items() if name in _OF_THE_LAW]

    assert len(known) == len(_OF_THE_LAW) * (2101 - 2014)
    assert [FEASTS[feast].days_of(day.year) for day, feast in known] == [(day,) for day, _ in known]


def test_every_name_is_read_and_what_is_written_of_it_reads_back() -> None:
    """For each name with each year, and days beside it: one moment a day of the feast."""
    for name, number in names():
        for year in (2028, 2031):
            for text in (f"{name} {year}", f"2 dagen voor {name} {year}"):
                reading = read_moment(text, now=NOW, zone=ZONE, default_time=NINE)

                assert isinstance(reading, Understood | Ambiguous), text
                moments = moments_of(reading)
                assert len(moments) == len(FEASTS[number].days_of(year)), text
                written = [write_moment(one, ZONE) for one in moments]
                again = [read_moment(one, now=NOW, zone=ZONE) for one in written]
                assert [moments_of(one) for one in again] == [[one] for one in moments], text


def test_a_long_name_with_one_slip_is_the_feast() -> None:
    assert [token.kind for token in tokens_in("koningsdg pinkstern kerts")] == [
        Kind.FEAST,
        Kind.FEAST,
        Kind.UNKNOWN,
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2 dagen voor koningsdag", "=2027-04-25T09:00"),
        ("2 werkdagen voor koningsdag om 12 uur", "=2027-04-23T12:00"),
        ("9 werkdagen ervoor om 12 uur", "w9@12:00"),
    ],
)
def test_beside_an_event_a_feast_stays_where_it_is(text: str, written: str) -> None:
    read = read_rule(text, now=NOW, zone=ZONE, event=EVENT, default_time=NINE)

    assert isinstance(read, Rules)
    assert [str(one.rule) for one in read.choices] == [written]


def test_around_new_year_the_day_after_the_old_year_is_today() -> None:
    now = local("2028-01-01 08:00")

    assert said("dag na oudejaarsdag om 20 uur", now=now) == "za 01-01-2028 20:00"
    assert said("2 dagen na oudejaarsdag", now=now) == "zo 02-01-2028 09:00 default"


def test_a_feast_with_a_year_is_a_period_of_its_day_and_one_of_two_days_is_asked() -> None:
    days = (dt.date(2026, 4, 5), dt.date(2026, 4, 6))

    assert read_period("tweede paasdag 2026", now=NOW, zone=ZONE) == Period(days[1], days[1])
    assert read_period("pasen 2026", now=NOW, zone=ZONE) == NotAPeriod(
        PeriodProblem.AMBIGUOUS, days
    )
