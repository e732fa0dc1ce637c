"""XML from outside, made sound before anybody builds something of it.

No document type with declarations, no depth, width or number beyond what feeds have; one read by
expat, which also stops at what it cannot read. What a strict reader stumbles over and people do
write (bytes of Latin-1, HTML's entities, bare ampersands, undeclared prefixes) is mended first, so
that feedparser never has to guess. A document that was cut short is broken: half a list of items
would say that the others are gone.
"""

import codecs
import html
import html.entities
import re
from typing import Final
from xml.parsers import expat

from bot.services.forum.feeds import FeedError, FeedProblem

_DEEPEST: Final = 100
_MOST_ELEMENTS: Final = 100_000
_MOST_ATTRIBUTES: Final = 100
_LONGEST_ATTRIBUTES: Final = 64 * 1024  # characters of all attributes of an element together

_LATIN: Final = "breed-latin-1"
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x00<\x00?", "utf-16-be"),
    (b"<\x00?\x00", "utf-16-le"),
)
_DECLARATION: Final = re.compile(r"^\s*<\?xml\b[^>]{0,500}\?>", re.IGNORECASE)
_ENCODING: Final = re.compile(
    rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Others have tricks of their own (UTF-7, punycode) or are no text at all.
_KNOWN: Final = re.compile(
    r"utf-?8|utf-?16(?:[-_]?[lb]e)?|(?:us-)?ascii|iso-?8859-?\d+|latin-?\d|(?:windows-?|cp)125\d"
    r"|koi8-[ru]|macintosh|big5|gb2312|gbk|gb18030|euc-(?:jp|kr)|shift[-_]jis",
    re.IGNORECASE,
)
_PROLOG: Final = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE: Final = re.compile(
    r"<!DOCTYPE\s+(?P<name>[\w:.-]+)(?P<rest>[^<>\[]*)(?P<end>[>\[]?)", re.IGNORECASE
)
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?(?P<name>[\w.-]+)(?=[\s/>])")
_FEEDS: Final = frozenset({"feed", "rss", "rdf"})

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND: Final = re.compile(
    r"&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};))"
)
_XMLS_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_PREFIX: Final = re.compile(r"<([A-Za-z_][\w.-]{0,30}):[A-Za-z_]")
_DECLARED: Final = re.compile(r"\bxmlns:([A-Za-z_][\w.-]{0,30})\s*=")


def text_of(content: bytes, *, content_type: str) -> str:
    """Return the characters of a document; bytes that its encoding does not know are Latin-1."""
    name = _encoding(content, content_type)
    try:
        return content.decode(name).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return content.decode("utf-8", _LATIN).removeprefix("\ufeff")


def is_feed(text: str) -> bool:
    """Return whether a document's root element is that of a feed, whatever it is sent as."""
    _, at = _prolog(text)
    root = _ROOT.match(text, at)
    return root is not None and root["name"].lower() in _FEEDS


def sound(text: str) -> bytes:
    """Return a document that a strict reader can read, in UTF-8.

    Raises:
        FeedError: UNSAFE when it is made to do harm, BROKEN when it cannot be read.

    """
    start, at = _prolog(text)
    body = start + text[at:]
    try:
        _read(body)
    except expat.ExpatError:
        body = _mended(body)
        try:
            _read(body)
        except expat.ExpatError as error:
            raise FeedError(FeedProblem.BROKEN) from error
    return f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode()


def _encoding(content: bytes, content_type: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    sent = _CHARSET.search(content_type)
    declared = _ENCODING.search(content[:1_000])
    for name in (declared[1].decode("ascii") if declared else "", sent[1] if sent else ""):
        if _KNOWN.fullmatch(name) and not name.lower().startswith("utf-16"):
            return "cp1252" if re.fullmatch(r"(?i)iso-?8859-?1|latin-?1", name) else name
    return "utf-8"


def _latin(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows' Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_LATIN, _latin)


def _prolog(text: str) -> tuple[str, int]:
    """Return what must stay of the text before the root element, and where that begins.

    Raises:
        FeedError: UNSAFE when a document type declares something.

    """
    declaration = _DECLARATION.match(text)
    at = declaration.end() if declaration else 0
    while True:
        found = _PROLOG.match(text, at)
        if found is None:
            doctype = _DOCTYPE.match(text, at)
            if doctype is None:
                return "", at
            if doctype["end"] != ">" and doctype["name"].lower() != "html":
                raise FeedError(FeedProblem.UNSAFE)
            found = doctype
        at = found.end()


def _mended(body: str) -> str:
    body = _NOT_XML.sub("", body)
    parts = _CDATA.split(body)
    parts[::2] = [_AMPERSAND.sub(_entity, part) for part in parts[::2]]
    body = "".join(parts)
    unknown = sorted(set(_PREFIX.findall(body)) - set(_DECLARED.findall(body)) - {"xml"})
    root = _ROOT.search(body)
    if unknown and root is not None:
        added = "".join(f' xmlns:{name}="urn:undeclared:{name}"' for name in unknown)
        body = body[: root.end()] + added + body[root.end() :]
    return body


def _entity(found: re.Match[str]) -> str:
    name = found["name"]
    if name in _XMLS_OWN:
        return found[0]
    known = html.entities.html5.get(f"{name};") if name else None
    return f"&amp;{found[0][1:]}" if known is None else html.escape(known)


def _read(body: str) -> None:
    """Read the whole document and count."""
    reader = expat.ParserCreate("utf-8", namespace_separator=" ")
    limits = _Limits()
    reader.StartElementHandler = limits.start
    reader.EndElementHandler = limits.end
    reader.StartDoctypeDeclHandler = limits.refuse
    reader.EntityDeclHandler = limits.refuse
    reader.Parse(body.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat names it for nobody


class _Limits:
    def __init__(self) -> None:
        self._depth = 0
        self._elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if (
            self._depth > _DEEPEST
            or self._elements > _MOST_ELEMENTS
            or len(attributes) > _MOST_ATTRIBUTES
            or len(name) + sum(map(len, attributes.values())) > _LONGEST_ATTRIBUTES
        ):
            self.refuse()

    def end(self, name: str) -> None:
        del name
        self._depth -= 1

    def refuse(self, *told: object) -> None:
        del told
        raise FeedError(FeedProblem.UNSAFE)
