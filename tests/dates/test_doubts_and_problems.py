"""What is not one moment: choices with their doubts, and the reasons why there is none."""

from typing import Final

import pytest

from tests.dates.saying import said

DOUBTS: Final = (
    ("half acht", "wo 14-04-2027 19:30 | do 15-04-2027 07:30 ? HALF_OF_DAY"),
    ("acht uur", "wo 14-04-2027 20:00 | do 15-04-2027 08:00 ? HALF_OF_DAY"),
    ("2 uur", "wo 14-04-2027 14:00 | do 15-04-2027 02:00 ? HALF_OF_DAY"),
    ("8 uur", "wo 14-04-2027 20:00 | do 15-04-2027 08:00 ? HALF_OF_DAY"),
    ("twaalf uur", "wo 14-04-2027 12:00 | do 15-04-2027 00:00 ? HALF_OF_DAY"),
    ("vrijdag half acht", "vr 16-04-2027 07:30 | vr 16-04-2027 19:30 ? HALF_OF_DAY"),
    (
        "vrijdag twaalf uur",
        "vr 16-04-2027 00:00 | vr 16-04-2027 12:00 | za 17-04-2027 00:00 ? HALF_OF_DAY",
    ),
    ("vrijdag middernacht", "vr 16-04-2027 00:00 | za 17-04-2027 00:00 ? MIDNIGHT"),
    ("vrijdag 12 uur 's nachts", "vr 16-04-2027 00:00 | za 17-04-2027 00:00 ? MIDNIGHT"),
    ("vrijdagnacht om 2 uur", "vr 16-04-2027 02:00 | za 17-04-2027 02:00 ? NIGHT"),
    ("morgen vijf voor half negen", "do 15-04-2027 08:25 | do 15-04-2027 20:25 ? HALF_OF_DAY"),
    (
        "woensdag",
        "wo 14-04-2027 09:00 default past | wo 21-04-2027 09:00 default ? TODAY_OR_NEXT_WEEK",
    ),
    ("woensdag om 9 uur", "wo 21-04-2027 09:00"),
    ("woensdag om 11 uur", "wo 14-04-2027 11:00 | wo 21-04-2027 11:00 ? TODAY_OR_NEXT_WEEK"),
    (
        "woensdag over een week",
        "wo 21-04-2027 09:00 default | wo 28-04-2027 09:00 default ? TODAY_OR_NEXT_WEEK",
    ),
    (
        "volgende vrijdag",
        "vr 16-04-2027 09:00 default | vr 23-04-2027 09:00 default ? NEXT_WEEKDAY",
    ),
    ("volgende woensdag", "wo 21-04-2027 09:00 default"),
    (
        "komende week vrijdag",
        "vr 16-04-2027 09:00 default | vr 23-04-2027 09:00 default ? NEXT_WEEKDAY",
    ),
    ("volgende week", "ma 19-04-2027 09:00 default | wo 21-04-2027 09:00 default ? WHICH_DAY"),
    ("volgende maand", "za 01-05-2027 09:00 default | vr 14-05-2027 09:00 default ? WHICH_DAY"),
    ("volgend jaar", "za 01-01-2028 09:00 default | vr 14-04-2028 09:00 default ? WHICH_DAY"),
    ("dit weekend", "za 17-04-2027 09:00 default | zo 18-04-2027 09:00 default ? WEEKEND"),
    (
        "volgend weekend",
        (
            "za 17-04-2027 09:00 default | zo 18-04-2027 09:00 default | "
            "za 24-04-2027 09:00 default | zo 25-04-2027 09:00 default ? WEEKEND"
        ),
    ),
    (
        "komend weekend 's middags",
        "za 17-04-2027 14:00 part_of_day | zo 18-04-2027 14:00 part_of_day ? WEEKEND",
    ),
    ("8 april", "do 08-04-2027 09:00 default past | za 08-04-2028 09:00 default ? YEAR_PASSED"),
    (
        "eerste maandag van januari",
        "ma 04-01-2027 09:00 default past | ma 03-01-2028 09:00 default ? YEAR_PASSED",
    ),
    ("week 15", "ma 12-04-2027 09:00 default past | ma 10-04-2028 09:00 default ? YEAR_PASSED"),
    ("2 januari", "za 02-01-2027 09:00 default past | zo 02-01-2028 09:00 default ? YEAR_PASSED"),
    ("1 oktober", "vr 01-10-2027 09:00 default"),
    (
        "3-4",
        (
            "do 04-03-2027 09:00 default past | za 03-04-2027 09:00 default past | "
            "za 04-03-2028 09:00 default | "
            "ma 03-04-2028 09:00 default ? DAY_MONTH YEAR_PASSED"
        ),
    ),
    ("10-11", "ma 11-10-2027 09:00 default | wo 10-11-2027 09:00 default ? DAY_MONTH"),
    ("4-4", "zo 04-04-2027 09:00 default past | di 04-04-2028 09:00 default ? YEAR_PASSED"),
    ("27-6-28", "ma 28-06-2027 09:00 default | di 27-06-2028 09:00 default ? TWO_DIGIT_YEAR"),
    ("3-4-28", "ma 03-04-2028 09:00 default"),
    ("om 9 uur", "wo 14-04-2027 09:00 past | do 15-04-2027 09:00 ? DAY_PASSED"),
    (
        "8.10",
        (
            "wo 14-04-2027 08:10 past | do 15-04-2027 08:10 | "
            "vr 08-10-2027 09:00 default ? DATE_OR_TIME DAY_PASSED"
        ),
    ),
    ("19.10", "wo 14-04-2027 19:10 | di 19-10-2027 09:00 default ? DATE_OR_TIME"),
    (
        "over twee weken op maandag",
        "ma 26-04-2027 09:00 default | ma 03-05-2027 09:00 default ? WEEKDAY_OVER_WEEKS",
    ),
    ("eerste maandag", "ma 19-04-2027 09:00 default | ma 03-05-2027 09:00 default ? WHICH_DAY"),
    ("tweede maandag", "ma 26-04-2027 09:00 default | ma 10-05-2027 09:00 default ? WHICH_DAY"),
)
PROBLEMS: Final = (
    ("31 juni", "! IMPOSSIBLE_DATE"),
    ("31 juni 2027", "! IMPOSSIBLE_DATE"),
    ("31-6-2027", "! IMPOSSIBLE_DATE"),
    ("29 februari 2027", "! IMPOSSIBLE_DATE"),
    ("6-15", "! IMPOSSIBLE_DATE"),
    ("0-0", "! IMPOSSIBLE_DATE"),
    ("8-13-2027", "! IMPOSSIBLE_DATE"),
    ("99999999999999999999 juni", "! IMPOSSIBLE_DATE"),
    ("de 32e", "! IMPOSSIBLE_DATE"),
    ("week 60", "! IMPOSSIBLE_DATE"),
    ("week 99999999999999999999", "! IMPOSSIBLE_DATE"),
    ("vijfde maandag van juni", "! IMPOSSIBLE_DATE"),
    ("maandag 8 juni 2027 om 9 uur", "! CONTRADICTION di"),
    ("25:00", "! IMPOSSIBLE_TIME"),
    ("24:01", "! IMPOSSIBLE_TIME"),
    ("9:60", "! IMPOSSIBLE_TIME"),
    ("om 25 uur", "! IMPOSSIBLE_TIME"),
    ("kwart over 30", "! IMPOSSIBLE_TIME"),
    ("half 30", "! IMPOSSIBLE_TIME"),
    ("8 april 2027", "! PAST 08-04-2027 09:00"),
    ("vandaag om 9 uur", "! PAST 14-04-2027 09:00"),
    ("deze week dinsdag", "! PAST 13-04-2027 09:00"),
    ("2026-01-01", "! PAST 01-01-2026 09:00"),
    ("8 april 2050", "! TOO_FAR 08-04-2050 09:00"),
    ("8 juni 9999", "! TOO_FAR"),
    ("over 99999999999999999999 jaar", "! TOO_FAR"),
    ("over 11 jaar", "! TOO_FAR 14-04-2038 09:00"),
    ("2 dagen ervoor", "! NEEDS_EVENT"),
    ("de avond ervoor", "! NEEDS_EVENT"),
    ("de dag zelf", "! NEEDS_EVENT"),
    ("maandag 8 juni 2027", "! CONTRADICTION di"),
    ("maandag 8 juni", "! CONTRADICTION di"),
    ("vrijdag 8 april", "! CONTRADICTION za"),
    ("woensdag 8-6-2027", "! CONTRADICTION di"),
    ("vrijdag zaterdag", "! CONTRADICTION"),
    ("vrijdag en zaterdag", "! CONTRADICTION"),
    ("9 uur 10 uur", "! CONTRADICTION"),
    ("vandaag morgen", "! CONTRADICTION"),
    ("morgen over 2 uur", "! CONTRADICTION"),
    ("8-6-2027 volgend jaar", "! CONTRADICTION"),
    ("8 april 1850", "! IMPOSSIBLE_DATE"),
    ("8-6-1850", "! PAST 08-06-1850 09:00"),
    ("8-6-2200", "! TOO_FAR"),
    ("8 juni 2027 uur", "! WORDS uur"),
    ("kwart over half acht", "! WORDS kwart over"),
    ("morgen 16 april", "! CONTRADICTION"),
    ("volgende week vrijdag 30 april", "! CONTRADICTION"),
    ("volgende week de 3e", "! CONTRADICTION"),
    ("maandag de 20e", "! CONTRADICTION di"),
    ("over 1 dag over 1 dag", "! CONTRADICTION"),
    ("over 2 uur om 9 uur", "! CONTRADICTION"),
    ("over 2 uur 's avonds", "! CONTRADICTION"),
    ("vrijdag 13:00 's ochtends", "! CONTRADICTION"),
    ("vrijdag 11 uur 's middags", "! CONTRADICTION"),
    ("vrijdag middernacht 's middags", "! CONTRADICTION"),
    ("volgende week 8 juni", "! CONTRADICTION"),
    ("20 april 9:00 (wintertijd)", "! CONTRADICTION"),
    ("volgende week over 2 weken", "! CONTRADICTION"),
    ("vrijdag over een maand", "! CONTRADICTION"),
    ("juni", "! NO_DATE"),
    ("juni 2027", "! NO_DATE"),
    ("2027", "! NO_DATE"),
    ("deze week", "! NO_DATE"),
    ("deze maand", "! NO_DATE"),
    ("dit jaar", "! NO_DATE"),
    ("eind volgende week", "! NO_DATE"),
    ("om", "! NO_DATE"),
    ("'s avonds", "! NO_DATE"),
    ("zomaar iets", "! WORDS zomaar iets"),
    ("vrijdag banaan 9 uur", "! WORDS banaan"),
    ("jumi", "! WORDS jumi"),
    ("tussen 9 en 10 uur", "! WORDS tussen 9"),
    ("half juni", "! WORDS half"),
    ("over acht", "! WORDS over acht"),
    ("8-6-0027", "! WORDS 8-6-0027"),
    ("vrijdag?!#", "! WORDS #"),
    ("❤", "! WORDS ❤"),
)


@pytest.mark.parametrize(("text", "expected"), DOUBTS)
def test_a_doubtful_phrase_gives_choices_or_its_documented_rule(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), PROBLEMS)
def test_a_phrase_without_a_moment_gives_the_reason(text: str, expected: str) -> None:
    assert said(text) == expected
