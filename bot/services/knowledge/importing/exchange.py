"""A guild's own documents in and out as files: what goes out comes in again as it was."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.analysis import fold
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.importing.imports import Imports
from bot.services.knowledge.importing.preparing import Prepared
from storage.document_records import DocumentAction, DocumentHead
from storage.import_records import Import
from storage.unit_of_work import UnitsOfWork

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_IDS: Final = re.compile(r"[^a-z0-9]+")
_ID_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A file that was read, with the id that its name gives it."""

    document_id: str
    file: Prepared


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of files: the import of what is new, and how many others changed or did not."""

    new: Import | None
    changed: int
    unchanged: int


class Exchange:
    """For the operator: there is no preview and nobody else to be first."""

    def __init__(self, documents: GuildDocuments, imports: Imports) -> None:
        self._documents = documents
        self._imports = imports

    async def bring_in(self, guild_id: int, files: Sequence[Named], *, title: str) -> BroughtIn:
        """Take files in as one import.

        A document in the format of the knowledge base keeps its id: one that is there already, or
        that ships, gets the text of the file.
        """
        new: list[str] = []
        named: list[tuple[str, str]] = []
        changed = unchanged = passages = 0
        for one in files:
            text = one.file.read.ready
            is_named = bool(text) and _ID.fullmatch(one.document_id) is not None
            current = await self._documents.newest(guild_id, one.document_id) if is_named else None
            if current is not None and current.text == text:
                unchanged += 1
            elif current is not None:
                await self._documents.edit(
                    guild_id, one.document_id, text, based_on=current.version, actor_id=None
                )
                changed += 1
            else:
                passages += len(one.file.known)
                if is_named and _usual_id(one.file.imprint.title) != one.document_id:
                    named.append((one.document_id, text))
                else:
                    new += one.file.texts()
        if not new and not named:
            return BroughtIn(None, changed, unchanged)
        made = await self._imports.take_in_texts(
            guild_id, new, named=named, title=title, passages=passages
        )
        return BroughtIn(made, changed, unchanged)


async def own_documents(units: UnitsOfWork, guild_id: int) -> tuple[DocumentHead, ...]:
    """Return the documents that are the guild's own now: also where it overrides what ships."""
    async with units.reading() as work:
        heads = await work.documents.heads(guild_id)
    return tuple(
        one for one in heads if not one.is_removed and one.action is not DocumentAction.RESET
    )


async def taken_out(units: UnitsOfWork, guild_id: int) -> Mapping[str, str]:
    """Return the Markdown of the guild's own documents, by id."""
    heads = await own_documents(units, guild_id)
    async with units.reading() as work:
        texts = await work.documents.texts([one.id for one in heads])
    return {one.document_id: texts[one.id] for one in heads if one.id in texts}


def _usual_id(title: str) -> str:
    """Return the id that a document gets by its title, when no other has it."""
    return _NOT_IN_IDS.sub("-", fold(title))[:_ID_LENGTH].strip("-")
