"""`/kennis verbeterpunten`: what could be better, with the way to mend it."""

from typing import Any, Final

import discord

from bot.services.container import Services
from bot.services.knowledge.improving import Points, Unhelpful
from bot.texts import knowledge_documents as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.knowledge import document_ids as ids
from bot.ui.knowledge.document_ids import number_of
from bot.ui.markdown import escaped, shortened

_QUESTION: Final = 150
_REASON: Final = 120
_MESSAGE: Final = 1_900
_LABEL: Final = 100


async def points_screen(services: Services, guild_id: int) -> Screen:
    """Return answers that did not help and questions without one, the most frequent first."""
    found = await services.improving.points(guild_id)
    if not (found.unhelpful or found.unanswered):
        return Screen((texts.NO_POINTS,))
    lines: list[str] = []
    if found.unhelpful:
        lines.append(texts.UNHELPFUL)
        lines += [_unhelpful(one) for one in found.unhelpful]
    if found.unanswered:
        lines.append(texts.UNANSWERED)
        lines += [texts.unanswered(_said(one.question), one.times) for one in found.unanswered]
    documents = _documents(found)
    view = StoredButtons(_menu(documents)) if documents else None
    return Screen((shortened(texts.points(lines), _MESSAGE),), view)


def _unhelpful(one: Unhelpful) -> str:
    title = shortened(escaped(one.citation.title), _LABEL) if one.citation else ""
    reasons = [shortened(escaped(" ".join(why.split())), _REASON) for why in one.reasons]
    return texts.unhelpful(_said(one.question), one.times, title=title, reasons=reasons)


def _said(question: str) -> str:
    return shortened(escaped(" ".join(question.split())), _QUESTION)


def _documents(found: Points) -> dict[str, str]:
    return {one.citation.document: one.citation.title for one in found.unhelpful if one.citation}


def _menu(documents: dict[str, str]) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id=custom_id(ids.OPEN),
        placeholder=texts.OPEN_DOCUMENT,
        options=[
            discord.SelectOption(label=title[:_LABEL], value=str(number_of(one)))
            for one, title in documents.items()
        ],
    )
