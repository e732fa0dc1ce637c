"""The shipped knowledge base on disk: a folder of Markdown files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from bot.search.documents import Document
from bot.services.knowledge.markdown import parse
from bot.services.knowledge.problems import Problem, ProblemKind, UnsoundDocumentError

SHIPPED = Path(str(files("config"))) / "knowledge"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: the documents that can serve and what is wrong with the others.

    `texts` are those documents as they were written, by id.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    texts: Mapping[str, str] = field(default_factory=dict[str, str])


def read(folder: Path = SHIPPED) -> Shelf:
    """Read every `*.md` in `folder`, by name. A broken file is named and left out."""
    documents: list[Document] = []
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.md")):
        try:
            text = path.read_text(encoding="utf-8")
            documents.append(parse(text, document_id=path.stem, path=path.name))
            texts[path.stem] = text
        except (OSError, UnicodeDecodeError):
            problems.append(Problem(path.name, 1, ProblemKind.UNREADABLE))
        except UnsoundDocumentError as error:
            problems += error.problems
    return Shelf(tuple(documents), tuple(problems), texts)


def fingerprint(folder: Path = SHIPPED) -> str:
    """Return a hash of the names and contents of the folder's documents."""
    digest = sha256()
    for path in sorted(folder.glob("*.md")):
        digest.update(path.name.encode())
        digest.update(b"\0")
        try:
            digest.update(path.read_bytes())
        except OSError:
            digest.update(b"unreadable")
        digest.update(b"\0")
    return digest.hexdigest()
