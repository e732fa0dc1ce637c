"""HTML: what its main part says, without menus, scripts and footers."""

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.adapters.documents.furniture import without_furniture
from bot.adapters.documents.plain import decoded
from bot.adapters.documents.tidying import tidy
from bot.services.knowledge.importing.reading import Block, BlockKind, FileKind, ReadDocument

_DROPPED: Final = frozenset(
    "script style noscript template iframe object embed applet svg canvas video audio map head"
    " form select button textarea input nav aside footer dialog -comment".split()
)
_BLOCKS: Final = frozenset(
    "p div section article header main address figure figcaption center dl dt dd details summary"
    " fieldset blockquote pre ul ol table thead tbody tfoot caption hr body html".split()
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE
)
_MENU: Final = re.compile(
    r"\b(?:menu|nav|navbar|breadcrumbs?|sidebar|footer|cookie|banner|share|social)\b", re.IGNORECASE
)
_MAIN_SHARE: Final = 0.4  # of the text: then `main` or `article` is what it is about
_DEEPEST: Final = 200


def read_html(content: bytes) -> ReadDocument:
    """Return what a page says."""
    tree = LexborHTMLParser(_text(content))
    walk = _Walk()
    root = _main(tree)
    if root is not None:
        walk.flow(root, depth=0)
        walk.close()
    blocks = walk.blocks
    kept = set(without_furniture([block.text for block in blocks]))
    left = [block for block in blocks if block.text in kept]
    title = ""
    if left and left[0].kind is BlockKind.HEADING:
        title = left.pop(0).text
    named = tree.css_first("title")
    title = title or (tidy(named.text()) if named is not None else "")
    return ReadDocument(
        FileKind.HTML, title, tuple(left), left_out=walk.left_out + len(blocks) - len(left)
    )


def _text(content: bytes) -> str:
    found = _CHARSET.search(content[:4096])
    if found is not None:
        try:
            return content.decode(found[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(content)


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    body = tree.body
    if body is None:
        return None
    whole = len(body.text())
    for name in ("main", "article", "[role=main]"):
        found = tree.css(name)
        if len(found) == 1 and len(found[0].text()) >= _MAIN_SHARE * whole:
            return found[0]
    return body


class _Walk:
    """Goes through a tree and collects its blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.left_out = 0
        self._parts: list[str] = []
        self._kind = BlockKind.TEXT
        self._level = 0

    def flow(self, node: LexborNode, *, depth: int) -> None:
        """Take in everything below a node."""
        for child in _children(node):
            name = child.tag or ""
            if name == "-text":
                self._parts.append(child.text_content or "")
            elif name in _DROPPED or depth > _DEEPEST or _is_menu(child):
                self.left_out += 1
            elif name == "br":
                self._parts.append(" ")
            elif name == "tr":
                self.close()
                self._row(child)
            elif name in _HEADINGS:
                self._within(child, BlockKind.HEADING, _HEADINGS[name], depth=depth)
            elif name == "li":
                self._within(child, BlockKind.ITEM, 0, depth=depth)
            elif name in _BLOCKS:
                self._within(child, self._kind, self._level, depth=depth)
            else:
                self.flow(child, depth=depth + 1)

    def close(self) -> None:
        """End the block that is being filled."""
        text = tidy("".join(self._parts))
        if text:
            self.blocks.append(Block(self._kind, text, self._level))
        self._parts = []

    def _within(self, node: LexborNode, kind: BlockKind, level: int, *, depth: int) -> None:
        """Take in a node whose text stands on its own; what is within an item is of that item."""
        self.close()
        around = self._kind, self._level
        self._kind, self._level = kind, level
        self.flow(node, depth=depth + 1)
        self.close()
        self._kind, self._level = around

    def _row(self, node: LexborNode) -> None:
        cells = (
            tidy(one.text(separator=" ")) for one in _children(node) if one.tag in {"td", "th"}
        )
        text = " | ".join(one for one in cells if one)
        if text:
            self.blocks.append(Block(BlockKind.ROW, text))


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _is_menu(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    named = " ".join(filter(None, (attributes.get("class"), attributes.get("id"))))
    role = attributes.get("role") or ""
    return role in {"navigation", "banner", "contentinfo", "search"} or (
        node.tag in {"div", "ul", "section"} and _MENU.search(named) is not None
    )
