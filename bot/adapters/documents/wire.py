"""What goes between the bot and the process that reads files: a line of JSON each way."""

import datetime as dt
from typing import Any, Final, TypeAlias, cast

import orjson

from bot.services.knowledge.importing.reading import (
    Block,
    BlockKind,
    FileKind,
    ReadDocument,
    ReadProblem,
)

MOST_BYTES: Final = 40_000_000
"""Of a line: more text than a file may hold, as JSON."""

_Fields: TypeAlias = "dict[str, Any]"


def asked(name: str, size: int) -> bytes:
    """Return the line before the bytes of a file."""
    return orjson.dumps({"name": name, "size": size}) + b"\n"


def read_asked(line: bytes) -> tuple[str, int]:
    """Read such a line."""
    fields = cast("_Fields", orjson.loads(line))
    return str(fields["name"]), int(fields["size"])


def page(number: int, count: int) -> bytes:
    """Return the line that says how far the reader is."""
    return orjson.dumps({"page": number, "of": count}) + b"\n"


def problem(found: ReadProblem) -> bytes:
    """Return the line that says why there is no document."""
    return orjson.dumps({"problem": found.value}) + b"\n"


def document(read: ReadDocument) -> bytes:
    """Return the line with all that a file says."""
    fields = {
        "kind": read.kind.value,
        "title": _sound(read.title),
        "blocks": [[one.kind.value, _sound(one.text), one.level, one.page] for one in read.blocks],
        "date": read.date.isoformat() if read.date else None,
        "pages": read.pages,
        "empty_pages": read.empty_pages,
        "left_out": read.left_out,
        "ready": _sound(read.ready),
    }
    return orjson.dumps({"document": fields}) + b"\n"


def read_line(line: bytes) -> tuple[int, int] | ReadProblem | ReadDocument:
    """Read what the reader says.

    Raises:
        ValueError: when it is no such line.

    """
    fields = cast("_Fields", orjson.loads(line))
    if "page" in fields:
        return int(fields["page"]), int(fields["of"])
    if "problem" in fields:
        return ReadProblem(fields["problem"])
    return _document(cast("_Fields", fields["document"]))


def _document(fields: _Fields) -> ReadDocument:
    made = fields["date"]
    return ReadDocument(
        kind=FileKind(fields["kind"]),
        title=str(fields["title"]),
        blocks=tuple(
            Block(BlockKind(kind), str(text), int(level), page)
            for kind, text, level, page in fields["blocks"]
        ),
        date=dt.date.fromisoformat(made) if made else None,
        pages=int(fields["pages"]),
        empty_pages=int(fields["empty_pages"]),
        left_out=int(fields["left_out"]),
        ready=str(fields["ready"]),
    )


def _sound(text: str) -> str:
    """Return text without lone surrogates: JSON has none."""
    return text.encode("utf-8", "replace").decode("utf-8")
