"""What becomes of a text when somebody else changed its document first: its writer chooses.

The text is kept before it is shown, so whatever happens until the choice costs no word of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.search.documents import Document, Origin, Section
from bot.services.knowledge.documents_errors import (
    DocumentChangedError,
    DocumentError,
    DraftGoneError,
)
from bot.services.knowledge.drafting import markdown_of
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.kept_documents import sound
from bot.services.knowledge.markdown import parse
from bot.services.knowledge.merging import merged, merged_lines
from bot.services.ports import Clock
from storage.document_records import DocumentDraft, DocumentVersion
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text, the version that its writer began from, and the one that is there now."""

    draft: DocumentDraft
    base: DocumentVersion
    current: DocumentVersion

    @property
    def mine(self) -> str:
        """The whole document as it would be had nobody else changed it."""
        return self._on(_read(self.base))

    @property
    def text(self) -> str:
        """What taking the text in makes of the document that is there now."""
        return self._on(_read(self.base if self.current.text is None else self.current))

    @property
    def is_in(self) -> bool:
        """Whether the document says this already."""
        return self.current.text == self.text

    @property
    def is_part(self) -> bool:
        """Whether it is about one part of the document."""
        return self.draft.section is not None

    def together(self) -> tuple[str, str]:
        """Return text and questions of the part, with what both changed."""
        before, mine = self._part(), self.draft
        now = None if self.current.text is None else _find(_read(self.current), before.heading)
        if now is None:
            return mine.body, mine.questions
        theirs = now[1]
        body = merged(before.text, theirs=theirs.text, mine=mine.body)
        questions = merged_lines(
            before.questions, theirs=theirs.questions, mine=lines_of(mine.questions)
        )
        return body, "\n".join(questions)

    def _on(self, document: Document) -> str:
        draft = self.draft
        if draft.section is None:
            return draft.body
        before = self._part()
        found = _find(document, before.heading)
        part = replace(
            before if found is None else found[1],
            text=draft.body,
            questions=lines_of(draft.questions),
        )
        sections = list(document.sections)
        if found is None:
            sections.append(part)  # the part is gone by now: this puts it back
        else:
            sections[found[0]] = part
        return markdown_of(replace(document, sections=tuple(sections)))

    def _part(self) -> Section:
        sections = _read(self.base).sections
        return sections[min(self.draft.section or 0, len(sections) - 1)]


class BeatenAgainError(DocumentError):
    """It changed yet again: `conflict` is how it stands now."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(f"{conflict.current.document_id} is at {conflict.current.version}")
        self.conflict = conflict


class Conflicts:
    """Keeps what somebody wrote until they choose, a week at most."""

    def __init__(self, units: UnitsOfWork, clock: Clock, documents: GuildDocuments) -> None:
        """Keep texts in `units`; what is taken in becomes a version of `documents`."""
        self._units = units
        self._clock = clock
        self._documents = documents

    async def keep(self, draft: DocumentDraft) -> Conflict:
        """Keep a text that came too late, and return it beside what is there now.

        Raises:
            UnsoundDocumentError: when it could not be taken in.
            DraftGoneError: when there is no such document.

        """
        conflict = await self._beside(draft)
        sound(conflict.text, conflict.current)
        async with self._units() as work:
            return replace(conflict, draft=await work.document_drafts.add(draft))

    async def get(self, draft_id: int, *, guild_id: int, by: int) -> Conflict:
        """Return a text of this moderator beside what is there now.

        Raises:
            DraftGoneError: when it is not kept (any more), or somebody else's.

        """
        async with self._units.reading() as work:
            draft = await work.document_drafts.get(draft_id)
        if draft is None or (draft.guild_id, draft.author_id) != (guild_id, by):
            raise DraftGoneError
        return await self._beside(draft)

    async def waiting(self, guild_id: int, document_id: str, *, by: int) -> DocumentDraft | None:
        """Return what this moderator wrote for a document and did not choose about, or None."""
        async with self._units.reading() as work:
            return await work.document_drafts.newest_of(guild_id, document_id, author_id=by)

    async def take(
        self, draft_id: int, *, shown: int, guild_id: int, by: int
    ) -> tuple[DocumentVersion, DocumentVersion]:
        """Write the text as the version after `shown`; return that version and the new one.

        Told twice it is as once.

        Raises:
            BeatenAgainError: when `shown` is not the newest version any more; the text is kept.
            DraftGoneError: as `get` does.

        """
        conflict = await self.get(draft_id, guild_id=guild_id, by=by)
        before, after = conflict.current, conflict.current
        if not conflict.is_in:
            try:
                after = await self._documents.edit(
                    guild_id, before.document_id, conflict.text, based_on=shown, actor_id=by
                )
            except DocumentChangedError:
                conflict = await self.get(draft_id, guild_id=guild_id, by=by)
                if not conflict.is_in:
                    raise BeatenAgainError(conflict) from None
                after = conflict.current
        async with self._units() as work:
            await work.document_drafts.delete(draft_id)
        return before, after

    async def take_other(  # noqa: PLR0913 -- what was typed, and for what, each by name
        self, draft_id: int, *, body: str, questions: str, shown: int, guild_id: int, by: int
    ) -> tuple[DocumentVersion, DocumentVersion]:
        """Keep another text in the place of the first, and take it in.

        Raises:
            UnsoundDocumentError: when it could not be taken in; the first text is kept.
            BeatenAgainError, DraftGoneError: as `take` does.

        """
        conflict = await self.get(draft_id, guild_id=guild_id, by=by)
        draft = replace(
            conflict.draft, body=body, questions=questions, written_at=self._clock.now()
        )
        sound(replace(conflict, draft=draft).text, conflict.current)
        async with self._units() as work:
            if not await work.document_drafts.rewrite(draft):
                raise DraftGoneError
        return await self.take(draft_id, shown=shown, guild_id=guild_id, by=by)

    async def drop(self, draft_id: int, *, guild_id: int, by: int) -> DocumentVersion:
        """Let a text go; return what stays.

        Raises:
            DraftGoneError: as `get` does.

        """
        conflict = await self.get(draft_id, guild_id=guild_id, by=by)
        async with self._units() as work:
            if not await work.document_drafts.delete(draft_id):
                raise DraftGoneError
        return conflict.current

    async def _beside(self, draft: DocumentDraft) -> Conflict:
        history = await self._documents.history(draft.guild_id, draft.document_id)
        with_text = [one for one in history if one.text is not None]
        if not with_text:
            raise DraftGoneError
        base = next((one for one in with_text if one.version == draft.based_on), with_text[0])
        return Conflict(draft, base, history[0])


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(one.strip() for one in text.splitlines() if one.strip())


def _read(version: DocumentVersion) -> Document:
    return parse(version.text or "", document_id=version.document_id, origin=Origin.MODERATOR)


def _find(document: Document, heading: str) -> tuple[int, Section] | None:
    """Return the part with a heading and its place: headings of one document differ."""
    numbered: Iterable[tuple[int, Section]] = enumerate(document.sections)
    return next((one for one in numbered if one[1].heading == heading), None)
