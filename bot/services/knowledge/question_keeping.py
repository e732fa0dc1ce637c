"""Makes knowledge of what a moderator sent: a document of the guild, or a variant of a question.

It is done after the answers are queued, and done again by the job when that was cut short: the
document's id is made of the group's, so it is made once.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.dates.wall import wall
from bot.search.analysis import tokens
from bot.search.documents import Document, Origin, Section
from bot.services.knowledge.checks import MAX_QUESTION_LENGTH
from bot.services.knowledge.documents_errors import (
    DocumentChangedError,
    DocumentUnknownError,
    UnsoundDocumentError,
)
from bot.services.knowledge.drafting import body_of, draft_document, markdown_of
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.markdown import parse
from bot.services.knowledge.question_sending import show_again
from bot.services.knowledge.question_text import shown
from bot.services.ports import Clock
from storage.document_records import DocumentAction
from storage.errors import StorageError
from storage.question_records import (
    Keeping,
    ModeratorAnswer,
    OpenQuestion,
    OpenQuestionState,
    QuestionGroup,
)
from storage.unit_of_work import UnitsOfWork

MOST_VARIANTS: Final = 10
_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_TRIES: Final = 5

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class QuestionKeeping:
    """Does what `Keeping.WANTED` asks for."""

    def __init__(self, units: UnitsOfWork, clock: Clock, documents: GuildDocuments) -> None:
        """Keep in `documents`."""
        self._units = units
        self._clock = clock
        self._documents = documents

    async def keep(self, group: QuestionGroup) -> QuestionGroup:
        """Make knowledge of a closed group that wants it; return the group as it is then.

        What the database refuses now is done later, by the job.
        """
        if group.keeping is not Keeping.WANTED or group.answer is None:
            return group
        try:
            async with self._units.reading() as work:
                questions = await work.open_questions.in_group(group.id)
            keeping, document_id = await self._kept(group, group.answer, variants_of(questions))
            async with self._units() as work:
                known = await work.question_groups.lock(group.id)
                if known is None or known.answer is None:
                    return group
                answer = replace(known.answer, document_id=document_id)
                return await show_again(work, replace(known, keeping=keeping, answer=answer))
        except StorageError as error:
            _log.warning("answer_not_kept_yet", group=group.id, reason=type(error).__name__)
            return group

    async def _kept(
        self, group: QuestionGroup, answer: ModeratorAnswer, variants: Sequence[str]
    ) -> tuple[Keeping, str | None]:
        try:
            if answer.state is OpenQuestionState.LINKED:
                await self._add_variant(group, answer, variants)
                return Keeping.DONE, answer.document_id
            return Keeping.DONE, await self._add_document(group, answer, variants)
        except (UnsoundDocumentError, DocumentUnknownError, DocumentChangedError) as error:
            _log.error("answer_not_kept", group=group.id, reason=type(error).__name__)
            return Keeping.FAILED, answer.document_id

    async def _add_document(
        self, group: QuestionGroup, answer: ModeratorAnswer, variants: Sequence[str]
    ) -> str:
        document_id = document_id_of(group)
        text = draft_document(
            variants[0] if variants else answer.source_title,
            answer.text,
            source_title=answer.source_title,
            source_url=answer.source_url,
            date=wall(group.closed_at or self._clock.now(), _ZONE).date(),
            questions=variants,
        )
        # It is there already when an earlier try was cut short.
        with contextlib.suppress(DocumentChangedError):
            await self._documents.add(
                group.guild_id,
                text,
                actor_id=group.closed_by or 0,
                action=DocumentAction.ANSWERED,
                document_id=document_id,
            )
        return document_id

    async def _add_variant(
        self, group: QuestionGroup, answer: ModeratorAnswer, variants: Sequence[str]
    ) -> None:
        for attempt in range(_TRIES):
            newest = await self._documents.newest(group.guild_id, answer.document_id or "")
            if newest is None or newest.text is None:
                raise DocumentUnknownError(answer.document_id or "")
            # The origin says who vouches for it: that does not change what is written.
            document = parse(newest.text, document_id=newest.document_id, origin=Origin.MODERATOR)
            changed = with_variants(document, answer, variants)
            if changed == document:
                return
            try:
                await self._documents.edit(
                    group.guild_id,
                    newest.document_id,
                    markdown_of(changed),
                    based_on=newest.version,
                    actor_id=group.closed_by or 0,
                )
            except DocumentChangedError:
                if attempt == _TRIES - 1:
                    raise
            else:
                return


def document_id_of(group: QuestionGroup) -> str:
    """Return the id of the document that a group's answer becomes."""
    return f"vraag-{group.id}"


def variants_of(questions: Sequence[OpenQuestion]) -> tuple[str, ...]:
    """Return how it was asked, as everybody may read it: without addresses, each once."""
    found: dict[tuple[str, ...], str] = {}
    for one in questions:
        variant = shown(one.text)[:MAX_QUESTION_LENGTH].strip()
        words = tuple(tokens(variant))
        if words:
            found.setdefault(words, variant)
    return tuple(found.values())[:MOST_VARIANTS]


def with_variants(document: Document, answer: ModeratorAnswer, variants: Sequence[str]) -> Document:
    """Return a document whose passage also answers to these questions.

    Raises:
        DocumentUnknownError: when it does not hold the passage any more.

    """
    sections = list(document.sections)
    at = _place_of(sections, answer)
    if at is None:
        raise DocumentUnknownError(document.id)
    known = {tuple(tokens(one)) for one in sections[at].questions}
    new = tuple(one for one in variants if tuple(tokens(one)) not in known)
    if not new:
        return document
    sections[at] = replace(sections[at], questions=(*sections[at].questions, *new))
    return replace(document, sections=tuple(sections))


def _place_of(sections: Sequence[Section], answer: ModeratorAnswer) -> int | None:
    """Return where the passage stands: where it stood, or where else its text is."""
    text = body_of(answer.text)
    places = [number for number, one in enumerate(sections) if body_of(one.text) == text]
    return answer.section if answer.section in places else next(iter(places), None)
