"""HTML from outside, as Discord's Markdown, as plain text for the search, and its pictures.

Parsed by lexbor as browsers do. Its time and memory grow with the square of some input (nested
elements; formatting that is opened again in every paragraph), so the input is bounded first.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode
from yarl import URL

from bot.adapters.feeds import links
from bot.adapters.feeds.blocks import Block, Blocks
from bot.adapters.feeds.escaping import code_block, one_line, readable
from bot.adapters.feeds.spans import BREAK, Span, Style
from bot.services.forum.feeds import ItemImage

MOST_CHARACTERS: Final = 100_000
MOST_TAGS: Final = 6_000
_DEEPEST: Final = 60
_MOST_IMAGES: Final = 20
_PIXEL: Final = frozenset({"0", "1", "2"})

_FORMATTING: Final = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_ATTRIBUTES: Final = re.compile(rf"<({_FORMATTING})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_ODD: Final = re.compile(rf"<(?=(?:{_FORMATTING})[\s/])", re.IGNORECASE)

_STYLES: Final = {
    **dict.fromkeys(("b", "strong"), Style.BOLD),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Style.ITALIC),
    **dict.fromkeys(("s", "strike", "del"), Style.STRUCK),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Style.CODE),
}
_HEADINGS: Final = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_DROPPED: Final = frozenset(
    "script style form iframe input select textarea button template noscript noembed noframes svg"
    " object embed applet video audio canvas map head title meta link base frame frameset dialog"
    " -comment".split()
)
_BLOCKS: Final = frozenset(
    "p div li section article aside header footer main nav address figure figcaption center dl dt"
    " dd details summary hr fieldset tr td th tbody thead tfoot caption body html".split()
)


@dataclass(frozen=True, slots=True)
class Body:
    """What HTML says."""

    markdown: str
    text: str
    images: tuple[ItemImage, ...] = ()


def body_of(html: str, *, base: URL | None = None, secure: Collection[str] = ()) -> Body:
    """Return what a piece of HTML says; relative links stand on `base`."""
    walk = _Walk(base, secure)
    blocks = Blocks()
    root = parsed(html).body
    if root is not None:
        walk.flow(root, blocks, Span(""), depth=0)
    whole = blocks.whole()
    return Body(whole.markdown, whole.text, tuple(walk.images))


def text_body_of(text: str) -> Body:
    """Return plain text in the same form."""
    blocks = Blocks()
    for paragraph in re.split(r"\n\s*\n", readable(text[:MOST_CHARACTERS])):
        for line in paragraph.split("\n"):
            blocks.add(Span(line))
            blocks.add(Span(BREAK))
        blocks.close()
    whole = blocks.whole()
    return Body(whole.markdown, whole.text)


def line_of(html: str) -> str:
    """Return the words of HTML as one line."""
    return one_line(body_of(html[:2_000]).text) if "<" in html or "&" in html else one_line(html)


def parsed(html: str) -> LexborHTMLParser:
    """Parse HTML of which no part can cost more than it is long."""
    html = html[:MOST_CHARACTERS]
    tags = [found.start() for found in re.finditer("<", html)]
    if len(tags) > MOST_TAGS:
        html = html[: tags[MOST_TAGS]]
    html = _ATTRIBUTES.sub(r"<\1>", html)
    return LexborHTMLParser(_ODD.sub("&lt;", html))


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the nodes right below, text among them."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def text_within(node: LexborNode) -> str:
    """Return all text below a node, however deep; a line break counts."""
    parts: list[str] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.tag == "-text":
            parts.append(one.text_content or "")
        elif one.tag == "br":
            parts.append("\n")
        elif one.tag not in _DROPPED:
            waiting += reversed(list(children(one)))
    return "".join(parts)


class _Walk:
    """Goes through a tree and fills blocks with what it says."""

    def __init__(self, base: URL | None, secure: Collection[str]) -> None:
        self._base = base
        self._secure = secure
        self.images: list[ItemImage] = []

    def flow(self, node: LexborNode, blocks: Blocks, look: Span, *, depth: int) -> None:
        """Add what stands below a node; `look` is the style and link of its text."""
        if depth > _DEEPEST:
            blocks.add(Span(readable(text_within(node)), look.style, look.href))
            return
        for child in children(node):
            self._child(child, child.tag or "", blocks, look, depth + 1)

    def _child(self, node: LexborNode, tag: str, blocks: Blocks, look: Span, depth: int) -> None:
        if tag == "-text":
            text = re.sub(r"\s+", " ", readable(node.text_content or ""))
            blocks.add(Span(text, look.style, look.href))
        elif tag in _DROPPED:
            return
        elif tag == "br":
            blocks.add(Span(BREAK))
        elif tag == "img":
            self._image(node, blocks, look)
        elif tag == "a":
            href = links.cleaned(_of(node, "href"), base=self._base, secure=self._secure)
            self.flow(node, blocks, Span("", look.style, href or look.href), depth=depth)
        elif tag in _STYLES:
            style = look.style | _STYLES[tag]
            self.flow(node, blocks, Span("", style, look.href), depth=depth)
        else:
            self._structure(node, tag, blocks, look, depth)

    def _structure(
        self, node: LexborNode, tag: str, blocks: Blocks, look: Span, depth: int
    ) -> None:
        if tag in _HEADINGS:
            blocks.append(self._inner(node, Span(""), depth).as_heading(_HEADINGS[tag]))
        elif tag in {"ul", "ol", "menu", "dir"}:
            blocks.append(
                self._list(node, look, depth, first=_start(node) if tag == "ol" else None)
            )
        elif tag == "blockquote":
            blocks.append(self._inner(node, look, depth).as_quotation())
        elif tag == "pre":
            raw = readable(text_within(node)).strip("\n").rstrip()
            blocks.append(Block(code_block(raw), raw) if raw.strip() else None)
        elif tag == "table":
            self._table(node, blocks, look, depth)
        elif tag in _BLOCKS:
            blocks.close()
            self.flow(node, blocks, look, depth=depth)
            blocks.close()
        else:
            self.flow(node, blocks, look, depth=depth)

    def _inner(self, node: LexborNode, look: Span, depth: int) -> Blocks:
        inner = Blocks()
        self.flow(node, inner, look, depth=depth)
        return inner

    def _list(self, node: LexborNode, look: Span, depth: int, *, first: int | None) -> Block | None:
        entries: list[Block] = []
        for child in children(node):
            if child.tag in {"ul", "ol"} and entries:  # a list beside its item, as editors write it
                nested = self._inner_list(child, look, depth)
                entries[-1] = entries[-1].with_below(nested)
                continue
            inner = Blocks()
            if child.tag == "li":
                self.flow(child, inner, look, depth=depth + 1)
            else:
                self._child(child, child.tag or "", inner, look, depth + 1)
            entry = inner.as_entry(None if first is None else first + len(entries))
            entries += [entry] if entry is not None else []
        return Block.stacked(entries)

    def _inner_list(self, node: LexborNode, look: Span, depth: int) -> Block | None:
        if depth > _DEEPEST:
            return None
        first = _start(node) if node.tag == "ol" else None
        return self._list(node, look, depth + 1, first=first)

    def _table(self, node: LexborNode, blocks: Blocks, look: Span, depth: int) -> None:
        """Add a line a row; a table that only makes a layout flows as other text does."""
        rows = [
            [
                self._inner(cell, look, depth + 3)
                for cell in children(row)
                if cell.tag in {"td", "th"}
            ]
            for row in _rows(node)
        ]
        is_layout = any(cell.is_long for row in rows for cell in row)
        if is_layout or not rows:
            self.flow(node, blocks, look, depth=depth)
            return
        for caption in (one for one in children(node) if one.tag == "caption"):
            self.flow(caption, blocks, look, depth=depth)
        blocks.append(Block.stacked([Block.row(row) for row in rows]))

    def _image(self, node: LexborNode, blocks: Blocks, look: Span) -> None:
        alt = one_line(_of(node, "alt"))
        classes = _of(node, "class").lower().split()
        if any("emoji" in one or "smiley" in one for one in classes):
            blocks.add(Span(alt, look.style, look.href))
            return
        url = links.cleaned(_of(node, "src"), base=self._base, secure=self._secure)
        is_pixel = _of(node, "width") in _PIXEL or _of(node, "height") in _PIXEL
        known = {image.url for image in self.images}
        if url and not is_pixel and url not in known and len(known) < _MOST_IMAGES:
            self.images.append(ItemImage(url, alt))


def _of(node: LexborNode, attribute: str) -> str:
    return node.attributes.get(attribute) or ""


def _start(node: LexborNode) -> int:
    start = _of(node, "start")
    return int(start) if re.fullmatch(r"[0-9]{1,4}", start) else 1


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from (row for row in children(child) if row.tag == "tr")
