"""The report of comments in Markdown: every line of it leads to the comments behind it."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from bot.adapters.exports.places import ZONE, places_of
from bot.adapters.exports.tables import plain
from bot.landscape.result import Landscape
from bot.landscape.steps import about, tenths
from bot.services.comments.exporting import ExportRow
from bot.services.comments.reporting import Report
from bot.texts import comments_export as texts
from bot.texts import landscape as landscape_texts
from bot.texts.dates import day

_MOST: Final = 5
_EXCERPT: Final = 120  # characters
_SPECIAL: Final = re.compile(r"([\\`*_~|\[\]<>&])")
_LINE_START: Final = re.compile(r"^(\d*)([#+\-=]|(?<=\d)[.)])")


def markdown_of(report: Report) -> bytes:
    """Return the report in UTF-8. Members' words show as they are: no markup or link works."""
    return "\n\n".join(_blocks(report)).encode("utf-8", "replace") + b"\n"


def inert(line: str) -> str:
    """Return one line of text from outside without anything that CommonMark gives a meaning."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(plain(line).split())))


def _blocks(report: Report) -> Iterator[str]:
    yield texts.heading(inert(report.title or ""))
    made_on = report.made_at.astimezone(ZONE).date()
    yield texts.opening(made_on, len(report.rows), report.left_out)
    yield texts.STEPS
    yield texts.VOTES_HEADING
    yield from _majorities(report.rows)
    yield texts.LANDSCAPE_HEADING
    if report.landscape is None:
        yield texts.NO_LANDSCAPE
    else:
        yield from _landscape(report.landscape, {one.number: one for one in report.rows})
    ordered = sorted(report.rows, key=lambda one: (one.round.casefold(), one.round, one.number))
    for title, rows in groupby(ordered, key=lambda one: one.round):
        yield texts.topic_heading(inert(title))
        for one in rows:
            yield from _comment(one, report.addresses.get(one.number, ""))


def _majorities(rows: Iterable[ExportRow]) -> Iterator[str]:
    known = [one for one in rows if one.votes.total]
    agreed = [one for one in known if one.votes.agree * 2 > one.votes.total]
    disagreed = [one for one in known if one.votes.disagree * 2 > one.votes.total]
    agreed.sort(key=lambda one: (-one.votes.agree / one.votes.total, one.number))
    disagreed.sort(key=lambda one: (-one.votes.disagree / one.votes.total, one.number))
    if not agreed and not disagreed:
        yield texts.NO_MAJORITY
    for title, found in ((texts.MOSTLY_AGREED, agreed), (texts.MOSTLY_DISAGREED, disagreed)):
        if found:
            yield title
            yield "\n".join(_line(one, texts.votes(one.votes)) for one in found[:_MOST])


def _landscape(landscape: Landscape, rows: dict[int, ExportRow]) -> Iterator[str]:
    has_groups = bool(landscape.groups)
    counted = landscape_texts.counted(about(landscape.voters), landscape.comments)
    certain = landscape_texts.certainty(
        groups=len(landscape.groups),
        stability=landscape.stability,
        is_one_mind=landscape.is_one_mind,
    )
    yield f"{counted}. {certain}"
    if has_groups:
        groups = (texts.group(one.name, about(one.size)) for one in landscape.groups)
        yield "\n".join(f"- {one}" for one in groups)
    yield f"### {landscape_texts.shared_title(has_groups=has_groups)}"
    shared = {
        one.comment: texts.in_all(one.side, tenths(one.least), has_groups=has_groups)
        for one in landscape.shared
    }
    yield from _named(shared, rows, landscape_texts.NOTHING_SHARED)
    yield f"### {landscape_texts.DIVIDING_TITLE}"
    places = places_of(landscape)
    dividing = {one.comment: texts.shares(places[one.comment].shares) for one in landscape.dividing}
    yield from _named(dividing, rows, landscape_texts.NOTHING_DIVIDES)
    yield landscape_texts.NOT_A_VOTE


def _named(said: dict[int, str], rows: dict[int, ExportRow], empty: str) -> Iterator[str]:
    """Yield a line for each comment that may be named, and how many may not."""
    lines = [_line(rows[number], words) for number, words in said.items() if number in rows]
    if lines:
        yield "\n".join(lines)
    if len(lines) < len(said):
        yield texts.hidden(len(said) - len(lines))
    if not said:
        yield empty


def _line(row: ExportRow, said: str) -> str:
    text = " ".join(row.text.split())
    short = text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1].rstrip()}…"
    return texts.line(row.number, inert(short), said)


def _comment(row: ExportRow, address: str) -> Iterator[str]:
    yield texts.comment_heading(row.number)
    lines = [inert(one) for one in row.text.splitlines()] or [""]
    yield "\n".join(f"> {one}\\" if one and more else f"> {one}" for one, more in _followed(lines))
    parts = [
        inert(row.author or "") or texts.NAMELESS,
        day(row.created_at.astimezone(ZONE).date()),
        texts.votes(row.votes),
    ]
    if row.is_redacted:
        parts.append(texts.REDACTED)
    if address:
        parts.append(texts.discord_link(address))
    yield texts.below(parts)


def _followed(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield lines with whether the next one belongs to the same paragraph."""
    for one, after in zip(lines, (*lines[1:], ""), strict=True):
        yield one, bool(after)
