"""Terms of a guild: abbreviations and names, what they mean, and what else people call them.

A term is a document of its own, so it has a history, can be taken out and put back, and answers
"wat is …" as the documents do; search knows the term and its alternatives from then on.
"""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.analysis import tokens
from bot.search.documents import Part, Term
from bot.services.knowledge.documents_errors import DocumentError
from bot.services.knowledge.documents_ids import stem_of
from bot.services.knowledge.drafting import draft_document
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.library import Library
from bot.services.ports import Clock
from storage.document_records import DocumentAction, DocumentVersion

PREFIX: Final = "begrip-"
"""What the id of a term's document begins with."""
MAX_NAME: Final = 80
MAX_MEANING: Final = 1_000
MAX_ALSO: Final = 10


class TermField(enum.Enum):
    """A part of a term."""

    NAME = "name"
    MEANING = "meaning"
    ALSO = "also"


class UnsoundTermError(DocumentError):
    """What was typed is no term because of `field`; `limit` is the most of it, 0 if it is empty."""

    def __init__(self, field: TermField, *, limit: int = 0) -> None:
        super().__init__(field.value)
        self.field = field
        self.limit = limit


@dataclass(frozen=True, slots=True)
class KeptTerm:
    """A term in force in a guild."""

    document_id: str
    term: Term


class Terms:
    """What moderators do with terms."""

    def __init__(self, documents: GuildDocuments, library: Library, clock: Clock) -> None:
        """Keep terms among the `documents` of a guild."""
        self._documents = documents
        self._library = library
        self._clock = clock

    async def put(  # noqa: PLR0913 -- the fields of a term, each by name
        self,
        guild_id: int,
        name: str,
        meaning: str,
        also: Sequence[str] = (),
        *,
        actor_id: int | None,
        source_title: str,
        part: Part | None = None,
        based_on: int | None = None,
    ) -> DocumentVersion:
        """Keep a term, or give one another meaning; `based_on` is the version that was seen.

        `source_title` is what its answers name as their source.

        Raises:
            UnsoundTermError: when it is no term.
            DocumentChangedError: when somebody changed it meanwhile, or there is one and
                `based_on` is None.

        """
        term = _term(name, meaning, also)
        document_id = id_of(term.name)
        text = _text_of(term, source_title=source_title, date=self._today(), part=part)
        if based_on is None:
            return await self._documents.add(
                guild_id, text, actor_id=actor_id, document_id=document_id
            )
        return await self._documents.edit(
            guild_id,
            document_id,
            text,
            based_on=based_on,
            actor_id=actor_id,
            action=DocumentAction.EDITED,
        )

    async def remove(
        self, guild_id: int, name: str, *, based_on: int, actor_id: int | None
    ) -> DocumentVersion:
        """Take a term out.

        Raises:
            DocumentChangedError, DocumentUnknownError, NothingToChangeError: as for documents.

        """
        return await self._documents.remove(
            guild_id, id_of(name), based_on=based_on, actor_id=actor_id
        )

    async def get(self, guild_id: int, name: str) -> tuple[KeptTerm, DocumentVersion] | None:
        """Return a term in force with its newest version."""
        found = await self._documents.newest(guild_id, id_of(name))
        if found is None or found.is_removed:
            return None
        edition = await self._library.ready(guild_id)
        document = edition.document(found.document_id)
        if document is None or not document.terms:
            return None
        return KeptTerm(found.document_id, document.terms[0]), found

    async def listed(self, guild_id: int) -> tuple[KeptTerm, ...]:
        """Return the terms in force that the guild added, by name."""
        edition = await self._library.ready(guild_id)
        found = [
            KeptTerm(one.id, one.terms[0])
            for one in edition.documents
            if one.id.startswith(PREFIX) and one.terms
        ]
        return tuple(sorted(found, key=lambda one: one.term.name.casefold()))

    def _today(self) -> dt.date:
        return self._clock.now().date()


def id_of(name: str) -> str:
    """Return the id of a term's document: the same for one name, however it is written."""
    return PREFIX + stem_of(" ".join(tokens(name)) or name)


def _term(name: str, meaning: str, also: Sequence[str]) -> Term:
    named, meant = " ".join(name.split()), meaning.strip()
    others = dict.fromkeys(" ".join(one.split()) for one in also)
    kept = tuple(one for one in others if tokens(one) and tokens(one) != tokens(named))
    for field, text, limit in (
        (TermField.NAME, named, MAX_NAME),
        (TermField.MEANING, meant, MAX_MEANING),
    ):
        if not tokens(text):
            raise UnsoundTermError(field)
        if len(text) > limit:
            raise UnsoundTermError(field, limit=limit)
    if len(kept) > MAX_ALSO or any(len(one) > MAX_NAME for one in kept):
        raise UnsoundTermError(TermField.ALSO, limit=MAX_ALSO)
    return Term(named, meant, kept)


def _text_of(term: Term, *, source_title: str, date: dt.date, part: Part | None) -> str:
    return draft_document(
        term.name,
        f"{term.name}: {term.meaning}",
        source_title=source_title,
        date=date,
        part=part,
        terms=(Term(term.name, " ".join(term.meaning.split()), term.also),),
    )
