"""The list of who comes, as a file for a spreadsheet."""

import csv
import datetime as dt
import io

import pytest

from bot.adapters.exports.tables import csv_of
from bot.texts import meetings_admin as admin
from bot.ui.meetings.people import table_of
from storage.meeting_records import Answer, Attendance, Counts, Mode, Proxy, ProxyState

NOW = dt.datetime(2016, 6, 8, tzinfo=dt.UTC)
ANNA, BRAM, CEES = 1, 2, 3
SAID = (
    Attendance(1, ANNA, Answer.YES, Mode.DIGITAL, NOW),
    Attendance(1, BRAM, Answer.NO, Mode.IN_PERSON, NOW),
)
GIVEN = (
    Proxy(1, 1, BRAM, ANNA, ProxyState.ACCEPTED, NOW),
    Proxy(2, 1, CEES, ANNA, ProxyState.OFFERED, NOW),
)


def rows(*, names: dict[int, str], quorum: int = 0) -> list[list[str]]:
    counts = Counts(yes=1, digital=1, no=1, proxies=1)
    made = csv_of(table_of(SAID, GIVEN, names, counts=counts, quorum=quorum))
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";"))


def test_everybody_stands_in_it_with_their_proxy_and_the_sums_below() -> None:
    heading, *people = rows(names={ANNA: "Anna", BRAM: "Bram"}, quorum=3)

    assert heading == list(admin.COLUMNS)
    assert people == [
        ["Anna", "komt", "digitaal", "", ""],
        ["Bram", "komt niet", "", "Anna", "ja"],
        ["3", "", "", "Anna", "nee"],
        ["", "", "", "", ""],
        ["geldige volmachten", "1", "", "", ""],
        ["vertegenwoordigd", "2", "", "", ""],
        ["quorum", "3", "nog niet gehaald", "", ""],
    ]


def test_the_quorum_is_reached_by_as_many_as_it_asks_for_and_left_out_without_one() -> None:
    assert rows(names={}, quorum=2)[-1][:3] == ["quorum", "2", "gehaald"]
    assert rows(names={})[-1][0] == "vertegenwoordigd"


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1+1", "＝1+1", "=cmd|' /C calc'!A0"]
)
def test_no_name_is_a_formula(name: str) -> None:
    _, anna, bram, *_ = rows(names={ANNA: name, BRAM: "Bram"})

    assert anna[0] == f"'{name}"
    assert bram[3] == f"'{name}"
