"""Exports of comments in four formats: blocking work, so call it in a thread."""

import enum
import re
from dataclasses import dataclass
from typing import Final

from bot.adapters.exports.places import ZONE, Place, places_of
from bot.adapters.exports.report import markdown_of
from bot.adapters.exports.tables import Cell, Table, csv_of, json_of, xlsx_of
from bot.landscape.result import Landscape
from bot.landscape.steps import about
from bot.services.comments.exporting import ExportRow
from bot.services.comments.reporting import Report
from bot.texts import comments_export as texts
from bot.texts import landscape as landscape_texts

_NAME: Final = 40  # characters of a topic in a file's name


class Format(enum.StrEnum):
    """What an export can be written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    MARKDOWN = "markdown"


_SUFFIXES: Final = {Format.MARKDOWN: "md"}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file; its name says what and when."""

    name: str
    content: bytes


def file_of(report: Report, form: Format) -> ExportFile:
    """Write a report. Cells that a spreadsheet would compute are harmless; see `tables`."""
    content = {
        Format.CSV: lambda: csv_of(_table(report)),
        Format.XLSX: lambda: xlsx_of((_table(report), *_landscape_tables(report.landscape))),
        Format.JSON: lambda: json_of(_data(report)),
        Format.MARKDOWN: lambda: markdown_of(report),
    }[form]()
    topic = re.sub(r"[^a-z0-9]+", "-", (report.title or "").casefold())[:_NAME].strip("-")
    day = report.made_at.astimezone(ZONE).date().isoformat()
    name = "-".join(one for one in (texts.FILE_NAME, topic, day) if one)
    return ExportFile(f"{name}.{_SUFFIXES.get(form, form.value)}", content)


def _table(report: Report) -> Table:
    places = places_of(report.landscape)
    rows = (
        _cells(one, places.get(one.number), report.addresses.get(one.number)) for one in report.rows
    )
    return Table(texts.SHEET, texts.HEADINGS, tuple(rows))


def _cells(row: ExportRow, place: Place | None, address: str | None) -> tuple[Cell, ...]:
    votes = row.votes
    counts = (votes.agree, votes.disagree, votes.passed) if votes.total else (None, None, None)
    return (
        row.number,
        row.round,
        row.text,
        row.author,
        row.created_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M"),
        *counts,
        texts.yes_no(is_so=row.is_redacted),
        texts.yes_no(is_so=row.goes_to_forum),
        _said(place) if place else None,
        address,
    )


def _said(place: Place) -> str:
    kind = texts.SHARED if place.is_shared else texts.DIVIDING
    return texts.placed_in(kind, texts.shares(place.shares))


def _landscape_tables(landscape: Landscape | None) -> tuple[Table, ...]:
    if landscape is None:
        return (Table(texts.LANDSCAPE_SHEET, (texts.LANDSCAPE_SHEET,), ((texts.NO_LANDSCAPE,),)),)
    certain = landscape_texts.certainty(
        groups=len(landscape.groups),
        stability=landscape.stability,
        is_one_mind=landscape.is_one_mind,
    )
    said = (
        landscape_texts.counted(about(landscape.voters), landscape.comments),
        certain,
        *(texts.group(one.name, about(one.size)) for one in landscape.groups),
        landscape_texts.NOT_A_VOTE,
    )
    return (Table(texts.LANDSCAPE_SHEET, (texts.LANDSCAPE_SHEET,), tuple((one,) for one in said)),)


def _data(report: Report) -> dict[str, object]:
    places = places_of(report.landscape)
    return {
        "made_at": report.made_at.isoformat(),
        "topic": report.title,
        "left_out": report.left_out,
        "landscape": _landscape_data(report.landscape),
        "comments": [
            _comment_data(one, places.get(one.number), report.addresses.get(one.number))
            for one in report.rows
        ],
    }


def _landscape_data(landscape: Landscape | None) -> dict[str, object] | None:
    if landscape is None:
        return None
    return {
        "voters_about": about(landscape.voters),
        "comments": landscape.comments,
        "groups": [{"name": one.name, "people_about": about(one.size)} for one in landscape.groups],
    }


def _comment_data(row: ExportRow, place: Place | None, address: str | None) -> dict[str, object]:
    votes = row.votes
    counts = {"agree": votes.agree, "disagree": votes.disagree, "pass": votes.passed}
    in_landscape = None
    if place is not None:
        in_landscape = {
            "kind": "shared" if place.is_shared else "dividing",
            "agree_percent": {name or "all": percent for name, percent in place.shares},
        }
    return {
        "number": row.number,
        "topic": row.round,
        "text": row.text,
        "author": row.author,
        "submitted_at": row.created_at.isoformat(),
        "votes": counts if votes.total else None,
        "is_redacted": row.is_redacted,
        "may_go_to_forum": row.goes_to_forum,
        "landscape": in_landscape,
        "url": address,
    }
