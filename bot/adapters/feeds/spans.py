"""A line of text with its styles and links, written as Discord's Markdown and as plain text."""

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.adapters.feeds import links
from bot.adapters.feeds.escaping import code, escaped, escaped_start, joined

BREAK: Final = "\n"
_ADDRESS: Final = re.compile(r"(?i)\bhttps?://[^\s<>\"'|\\^`{}\[\]]+")
_TRAILING: Final = ".,;:!?)…"


class Style(enum.Flag):
    """How a piece of text looks."""

    PLAIN = 0
    BOLD = enum.auto()
    ITALIC = enum.auto()
    STRUCK = enum.auto()
    CODE = enum.auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style, perhaps a link. A text that is only BREAK ends the line."""

    text: str
    style: Style = Style.PLAIN
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as Discord shows it, and its words."""

    markdown: str
    text: str


def lines(spans: Iterable[Span]) -> list[Line]:
    """Return what the spans show, line by line; lines without words are left out."""
    found: list[Line] = []
    row: list[Span] = []
    for span in (*spans, Span(BREAK)):
        if span.text != BREAK:
            row.append(span)
            continue
        tidy = _tidy(row)
        row = []
        if tidy:
            found.append(Line(_markdown(tidy), "".join(one.text for one in tidy)))
    return found


def _tidy(row: Sequence[Span]) -> list[Span]:
    """Return a row with neighbours of one look as one, and one space between words."""
    found: list[Span] = []
    for span in row:
        text = re.sub(r"\s+", " ", span.text)
        if (not found or found[-1].text.endswith(" ")) and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        last = found[-1] if found else None
        if last is not None and (last.style, last.href) == (span.style, span.href):
            found[-1] = replace(last, text=last.text + text)
        else:
            found.append(replace(span, text=text))
    while found and not found[-1].text.rstrip():
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return found


def _markdown(row: Sequence[Span]) -> str:
    line = ""
    for span in row:
        core = span.text.strip()
        lead = " " if core and span.text.startswith(" ") else ""
        trail = " " if span.text.endswith(" ") else ""
        line = joined(line, f"{lead}{_written(replace(span, text=core)) if core else ''}{trail}")
    return escaped_start(line)


def _written(span: Span) -> str:
    if span.href is not None:
        shown = _linked(span.text, span.href)
    elif Style.CODE in span.style:
        shown = code(span.text)
    else:
        shown = _with_addresses(span.text)
    marker = "".join(
        sign
        for style, sign in ((Style.STRUCK, "~~"), (Style.BOLD, "**"), (Style.ITALIC, "*"))
        if style in span.style
    )
    return f"{marker}{shown}{marker[::-1]}"


def _linked(text: str, href: str) -> str:
    if links.looks_like_address(text):
        return links.enclosed(href)
    return f"[{escaped(text)}]({links.enclosed(href)})"


def _with_addresses(text: str) -> str:
    """Return text in which bare addresses are links without a preview."""
    written: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        clean = links.cleaned(address)
        if clean is not None:
            written += [escaped(text[at : found.start()]), links.enclosed(clean)]
            at = found.start() + len(address)
    return "".join((*written, escaped(text[at:])))
