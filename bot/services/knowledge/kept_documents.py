"""The documents of a guild as they are kept: looking at them, and writing the next version."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import Final

from bot.search.analysis import fold
from bot.search.documents import Document, Origin
from bot.services.knowledge.documents_errors import (
    DocumentChangedError,
    DocumentUnknownError,
    NothingToChangeError,
    UnsoundDocumentError,
)
from bot.services.knowledge.drafting import markdown_of
from bot.services.knowledge.guild_loading import GuildLoading
from bot.services.knowledge.library import Library
from bot.services.knowledge.workshop import Workshop, Written, read_one
from bot.services.ports import Clock
from storage.document_records import DocumentAction, DocumentVersion
from storage.unit_of_work import UnitsOfWork

SHIPPED_AT: Final = dt.datetime(2016, 3, 31, tzinfo=dt.UTC)
"""The moment of version 0, which ships: the day on which the verkenning was handed over."""
_WITHOUT_TEXT: Final = frozenset({DocumentAction.REMOVED, DocumentAction.RESET})


@dataclass(frozen=True, slots=True)
class Listed:
    """One document as a list of them shows it. Version 0 is one that ships, untouched.

    `is_shipped`: a document of this id ships. `is_outdated`: the guild has its own text in its
    place, and a release changed what ships since.
    """

    document_id: str
    title: str
    version: int
    action: DocumentAction
    actor_id: int | None
    at: dt.datetime
    batch_id: int | None
    is_removed: bool
    is_shipped: bool
    is_outdated: bool


class KeptDocuments:
    """Every version of a guild's documents. A shipped document that it left as it is: version 0."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, library: Library, workshop: Workshop
    ) -> None:
        """Keep versions in `units` and bring them into `library`."""
        self._units = units
        self._clock = clock
        self._library = library
        self.loading = GuildLoading(units, clock, library, workshop)

    async def newest(self, guild_id: int, document_id: str) -> DocumentVersion | None:
        """Return the newest version, 0 for a shipped document that the guild left as it is."""
        async with self._units.reading() as work:
            found = await work.documents.newest(guild_id, document_id)
        return self.shipped(guild_id, document_id) if found is None else self._as_shown(found)

    async def history(self, guild_id: int, document_id: str) -> tuple[DocumentVersion, ...]:
        """Return every version, the newest first; that of a shipped document ends with 0."""
        async with self._units.reading() as work:
            found = await work.documents.history(guild_id, document_id)
        first = self.shipped(guild_id, document_id)
        return (*map(self._as_shown, found), *([first] if first is not None else []))

    async def listed(self, guild_id: int) -> tuple[Listed, ...]:
        """Return every document of a guild by title, shipped and removed ones included."""
        async with self._units.reading() as work:
            heads = await work.documents.heads(guild_id)
        found = {
            one.document_id: Listed(
                document_id=one.document_id,
                title=one.title,
                version=one.version,
                action=one.action,
                actor_id=one.actor_id,
                at=one.at,
                batch_id=one.batch_id,
                is_removed=one.is_removed,
                is_shipped=self._library.shipped.document(one.document_id) is not None,
                is_outdated=self._is_outdated(one.document_id, one.shipped_hash, one.action),
            )
            for one in heads
        }
        for one in self._library.documents:
            found.setdefault(
                one.id,
                Listed(
                    document_id=one.id, title=one.title, version=0, action=DocumentAction.ADDED,
                    actor_id=None, at=SHIPPED_AT, batch_id=None, is_removed=False,
                    is_shipped=True, is_outdated=False,
                ),
            )  # fmt: skip
        return tuple(sorted(found.values(), key=lambda one: (fold(one.title), one.document_id)))

    def shipped(self, guild_id: int, document_id: str) -> DocumentVersion | None:
        """Return a document as it ships."""
        document = self._library.shipped.document(document_id)
        if document is None:
            return None
        return DocumentVersion(
            guild_id=guild_id,
            document_id=document_id,
            version=0,
            title=document.title,
            text=self._library.texts.get(document_id) or markdown_of(document),
            action=DocumentAction.ADDED,
            actor_id=None,
            at=SHIPPED_AT,
        )

    async def write(  # noqa: PLR0913 -- the fields of a version, each by name
        self,
        guild_id: int,
        document_id: str,
        *,
        based_on: int,
        actor_id: int | None,
        action: DocumentAction,
        text: str | None,
        shipped_hash: str | None = None,
    ) -> DocumentVersion:
        """Write the version after `based_on` and bring it into the library.

        `shipped_hash` says what the text was made in the place of, when that is not what ships now.

        Raises:
            UnsoundDocumentError, DocumentChangedError, DocumentUnknownError, NothingToChangeError.

        """
        async with self._units() as work:
            await work.documents.take_turn(guild_id)
            stored = await work.documents.newest(guild_id, document_id)
            current = (
                self.shipped(guild_id, document_id) if stored is None else self._as_shown(stored)
            )
            if current is None:
                raise DocumentUnknownError(document_id)
            if current.version != based_on:
                raise DocumentChangedError(current)
            _refuse_needless(current, action)
            document = None if text is None else sound(text, current)
            version = replace(
                current,
                version=current.version + 1,
                title=current.title if document is None else document.title,
                text=text,
                action=_action_on(current, action),
                actor_id=actor_id,
                at=self._clock.now(),
                shipped_hash=shipped_hash or self._base_of(current, action),
                id=0,
            )
            await work.documents.add([version])
        known = {} if document is None else {(document_id, version.version): document}
        await self.loading.refresh(guild_id, known=known)
        return self._as_shown(version)

    def _as_shown(self, stored: DocumentVersion) -> DocumentVersion:
        """Return a version with its text: that of RESET is the one that ships now."""
        if stored.action is not DocumentAction.RESET:
            return stored
        ships = self.shipped(stored.guild_id, stored.document_id)
        return stored if ships is None else replace(stored, text=ships.text, title=ships.title)

    def _base_of(self, current: DocumentVersion, action: DocumentAction) -> str | None:
        """Return the hash of the shipped text that the version after `current` stands in for."""
        ships = self.shipped(current.guild_id, current.document_id)
        if ships is None or ships.text is None or action is DocumentAction.RESET:
            return None
        if current.shipped_hash is None or action is DocumentAction.KEPT:
            return hash_of(ships.text)
        return current.shipped_hash

    def _is_outdated(
        self, document_id: str, shipped_hash: str | None, action: DocumentAction
    ) -> bool:
        if shipped_hash is None or action in _WITHOUT_TEXT:
            return False
        ships = self.shipped(0, document_id)
        return ships is not None and ships.text is not None and hash_of(ships.text) != shipped_hash


def is_as_shipped(version: DocumentVersion) -> bool:
    """Whether a version is the document as it ships."""
    return version.version == 0 or version.action is DocumentAction.RESET


def hash_of(text: str) -> str:
    """Return what tells whether a shipped text changed."""
    return hashlib.sha256(text.encode()).hexdigest()


def sound(text: str, current: DocumentVersion | None = None, *, imported: bool = False) -> Document:
    """Return the document that a text describes, in the place of `current` if there is one.

    Raises:
        UnsoundDocumentError: with every problem and its line.

    """
    imported = imported or (current is not None and current.batch_id is not None)
    origin = Origin.IMPORTED if imported else Origin.MODERATOR
    read = read_one(Written("" if current is None else current.document_id, text, origin))
    if isinstance(read, UnsoundDocumentError):
        raise read
    return read


def _refuse_needless(current: DocumentVersion, action: DocumentAction) -> None:
    if (action is DocumentAction.REMOVED and current.is_removed) or (
        action is DocumentAction.RESET and is_as_shipped(current)
    ):
        raise NothingToChangeError(current)


def _action_on(current: DocumentVersion, action: DocumentAction) -> DocumentAction:
    """Return the action; editing what ships is putting something in its place."""
    if action is DocumentAction.EDITED and is_as_shipped(current):
        return DocumentAction.OVERRIDDEN
    return action
