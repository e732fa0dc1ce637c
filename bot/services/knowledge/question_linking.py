"""Passages of a guild's knowledge that may answer an open question, for a moderator to choose."""

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.services.knowledge.answering import MAX_LENGTH
from bot.services.knowledge.library import Library
from bot.services.knowledge.question_errors import PassageGoneError
from storage.question_records import ModeratorAnswer, OpenQuestionState

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Match:
    """A passage; `heading` is empty for the first one of its document."""

    document_id: str
    section: int
    title: str
    heading: str
    text: str


class QuestionLinking:
    """Looks in the knowledge that answers in a guild."""

    def __init__(self, library: Library) -> None:
        """Look in `library`."""
        self._library = library

    async def matches(self, guild_id: int, words: str) -> tuple[Match, ...]:
        """Return the passages that come nearest to `words`, the best first; verified ones only."""
        edition = await self._library.ready(guild_id)
        ranked = await asyncio.to_thread(edition.answerer.ranking, words[:MAX_LENGTH])
        found = [
            Match(
                document_id=one.document.id,
                section=one.number,
                title=one.document.title,
                heading=one.section.heading,
                text=one.section.text,
            )
            for one in ranked
            if one.document.origin.is_verified and not one.section.known_unknown
        ]
        return tuple(found[:MOST])

    async def passage(self, guild_id: int, document_id: str, section: int) -> ModeratorAnswer:
        """Return a passage as what a moderator says to a question.

        Raises:
            PassageGoneError: when the guild's knowledge does not hold it (any more).

        """
        found = (await self._library.ready(guild_id)).document(document_id)
        if found is None or not found.origin.is_verified or section >= len(found.sections):
            raise PassageGoneError
        chosen = found.sections[section]
        source = next((one for one in chosen.sources if one.url), chosen.sources[0])
        title = f"{found.title}: {chosen.heading}" if chosen.heading else found.title
        return ModeratorAnswer(
            state=OpenQuestionState.LINKED,
            text=chosen.text,
            source_title=title,
            source_url=source.url,
            document_id=document_id,
            section=section,
        )
