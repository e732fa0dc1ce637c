"""Exports of comments, read back with what others read them with."""

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.adapters.exports.comments import Format, file_of
from bot.adapters.exports.report import inert
from bot.adapters.exports.tables import Table, csv_of, neutralised, plain, xlsx_of
from bot.landscape.result import Dividing, Group, Landscape, Row, Shared, Side
from bot.services.comments.exporting import ExportRow
from bot.services.comments.reporting import Report
from bot.texts import comments_export as texts
from storage.comment_records import CommentState
from storage.vote_records import NO_VOTES, Tally

AT = dt.datetime(2026, 3, 25, 23, 30, tzinfo=dt.UTC)
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\x00=1", "＝1", "'=1")
FIRST = ExportRow(
    number=3,
    round="Inzicht & overzicht",
    text='=HYPERLINK("http://x";"klik")\n# Kop <b>vet</b>',
    author="@everyone",
    created_at=AT,
    state=CommentState.PLACED,
    votes=Tally(agree=8, disagree=1, passed=1),
    is_redacted=True,
    goes_to_vng=True,
    goes_to_forum=False,
)
SECOND = replace(
    FIRST, number=7, text="Tweede;\x0b met punt", author=None, votes=NO_VOTES, is_redacted=False
)
LANDSCAPE = Landscape(
    voters=23,
    left_out=1,
    comments=9,
    groups=(
        Group("A", size=14, centre=(0.0, 0.0), stability=0.9, typical=()),
        Group("B", size=8, centre=(1.0, 0.0), stability=0.9, typical=()),
    ),
    ungrouped=1,
    shared=(Shared(3, Side.AGREE, score=0.7, least=0.83, z=3.0, chance=0.0),),
    dividing=(
        Dividing(7, "A", "B", gap=0.6, z=3.0, chance=0.0),
        Dividing(5, "A", "B", gap=0.5, z=3.0, chance=0.0),
    ),
    rows=(Row(3, (0.87, 0.83)), Row(7, (0.99, 0.24)), Row(5, (0.9, None))),
    silhouette=0.5,
    explained=0.5,
    is_one_mind=False,
)
REPORT = Report(
    title=None,
    made_at=AT,
    rows=(FIRST, SECOND),
    addresses={3: "https://discord.com/channels/10/77/5"},
    left_out=1,
    landscape=LANDSCAPE,
)


def sheet(content: bytes, number: int = 0) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(content))
    return [tuple(one) for one in book.worksheets[number].iter_rows(values_only=True)]


def lines(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula(text: str) -> None:
    table = Table("Blad", ("Kop",), ((text,),))

    (_, (in_csv,)) = lines(csv_of(table))
    book = load_workbook(io.BytesIO(xlsx_of((table,))))
    cell = book.worksheets[0]["A2"]

    assert in_csv.startswith("'")
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_a_text_that_looks_like_an_error_stays_a_text() -> None:
    content = xlsx_of((Table("Blad", ("Kop",), (("#N/A",),)),))

    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", "#N/A")


@given(st.text(max_size=30))
@settings(max_examples=60)
def test_whatever_is_typed_comes_back_and_is_no_formula(text: str) -> None:
    (_, (found, number)) = lines(csv_of(Table("Blad", ("Kop", "n"), ((text, -5),))))

    assert found in {plain(text), f"'{plain(text)}"}
    assert found.lstrip()[:1] not in {"=", "+", "-", "@"}
    assert number == "-5", "a number of ours stays a number"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None)
def test_a_workbook_takes_every_text(found: list[str]) -> None:
    content = xlsx_of((Table("Blad", ("Kop",), tuple((one,) for one in found)),))

    read = [row[0] for row in sheet(content)[1:]]
    shown = [neutralised(one).replace("\r\n", "\n").replace("\r", "\n") for one in found]
    assert [str(one or "").replace("\r", "\n") for one in read] + [""] * (
        len(shown) - len(read)
    ) == shown


def test_csv_opens_by_itself_in_a_spreadsheet_set_to_dutch() -> None:
    file = file_of(REPORT, Format.CSV)

    assert file.name == "reacties-2026-03-26.csv", "the day where people live"
    assert file.content.startswith(b"\xef\xbb\xbf")
    headings, first, second = lines(file.content)
    assert headings == list(texts.HEADINGS)
    assert first[:2] == ["3", "Inzicht & overzicht"]
    assert first[2] == f"'{FIRST.text}"
    assert first[3:9] == ["'@everyone", "2026-03-26 00:30", "8", "1", "1", "ja"]
    assert first[10:] == [
        "gedeeld; eens: ongeveer A 90%, B 80%",
        "https://discord.com/channels/10/77/5",
    ]
    assert second[2:4] == ["Tweede; met punt", ""]
    assert second[5:8] == ["", "", ""], "votes show from five on"


def test_a_workbook_has_comments_and_landscape() -> None:
    content = file_of(REPORT, Format.XLSX).content

    rows = sheet(content)
    assert [row[0] for row in rows] == ["Nummer", 3, 7]
    assert rows[1][5:8] == (8, 1, 1)
    assert rows[2][3] is None
    said = [row[0] for row in sheet(content, 1)]
    assert "Groep A: ongeveer 15 mensen" in said


def test_json_has_texts_as_they_are() -> None:
    found = json.loads(file_of(replace(REPORT, title="Inzicht: nu!"), Format.JSON).content)

    assert [one["text"] for one in found["comments"]] == [FIRST.text, SECOND.text]
    assert found["comments"][0]["landscape"] == {
        "kind": "shared",
        "agree_percent": {"A": 90, "B": 80},
    }
    assert found["comments"][1]["votes"] is None
    assert found["landscape"]["groups"][1] == {"name": "B", "people_about": 10}
    assert (found["topic"], found["left_out"]) == ("Inzicht: nu!", 1)


def test_every_line_of_the_report_leads_to_a_comment_in_it() -> None:
    found = file_of(replace(REPORT, title="Inzicht: nu!"), Format.MARKDOWN)
    text = found.content.decode()

    assert found.name == "reacties-inzicht-nu-2026-03-26.md"
    linked = set(re.findall(r"\]\(#reactie-(\d+)\)", text))
    assert linked == {"3", "7"}
    assert linked == set(re.findall(r'<a id="reactie-(\d+)">', text))
    assert "- [Reactie 7](#reactie-7): Tweede; met punt (eens: ongeveer A 90%, B 20%)" in text
    assert texts.hidden(1) in text, "reactie 5 may not be passed on"
    assert "Reactie 5" not in text
    assert '> \\=HYPERLINK("http://x";"klik")\\\n> \\# Kop \\<b\\>vet\\</b\\>' in text
    assert "[op Discord](<https://discord.com/channels/10/77/5>)" in text
    assert "1 geplaatste reactie staat er niet in" in text


def test_a_report_without_landscape_says_so() -> None:
    bare = replace(REPORT, landscape=None, rows=(SECOND,))

    text = file_of(bare, Format.MARKDOWN).content.decode()
    assert texts.NO_LANDSCAPE in text
    assert texts.NO_MAJORITY in text
    assert json.loads(file_of(bare, Format.JSON).content)["landscape"] is None
    assert sheet(file_of(bare, Format.XLSX).content, 1)[1][0] == texts.NO_LANDSCAPE


@given(st.text("=-#>`*_~|[]<>&\\1. ab\n\t", max_size=30))
@settings(max_examples=60)
def test_no_markup_of_a_member_works(text: str) -> None:
    found = inert(text)

    assert re.sub(r"\\(.)", r"\1", found) == " ".join(text.split())
    bare = re.sub(r"\\.", "", found)
    assert not re.search(r"[`*_~|\[\]<>&\\]", bare)
    assert not re.match(r"[#+=-]|\d+[.)]", found)
