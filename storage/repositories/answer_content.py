"""Citations and topics of an answer as JSON, and back."""

import json
from collections.abc import Sequence
from datetime import date
from typing import NotRequired, TypedDict, cast

from storage.records import AnswerCitation, AnswerTopic


class _Citation(TypedDict):
    document: str
    section: str
    title: str
    part: str
    date: str
    url: str
    quote: str
    by_moderator: NotRequired[bool]


class _Topic(TypedDict):
    document: str
    title: str


def citations_to_json(citations: Sequence[AnswerCitation]) -> str:
    """Return the citations as a JSON array."""
    values = [
        _Citation(
            document=one.document,
            section=one.section,
            title=one.title,
            part=one.part,
            date=one.date.isoformat(),
            url=one.url,
            quote=one.quote,
            by_moderator=one.by_moderator,
        )
        for one in citations
    ]
    return json.dumps(values)


def citations_from_json(text: str) -> tuple[AnswerCitation, ...]:
    """Return what `citations_to_json` wrote."""
    values = cast("list[_Citation]", json.loads(text))
    return tuple(
        AnswerCitation(
            document=one["document"],
            section=one["section"],
            title=one["title"],
            part=one["part"],
            date=date.fromisoformat(one["date"]),
            url=one["url"],
            quote=one["quote"],
            by_moderator=one.get("by_moderator", False),
        )
        for one in values
    )


def topics_to_json(topics: Sequence[AnswerTopic]) -> str:
    """Return the topics as a JSON array."""
    return json.dumps([_Topic(document=one.document, title=one.title) for one in topics])


def topics_from_json(text: str) -> tuple[AnswerTopic, ...]:
    """Return what `topics_to_json` wrote."""
    values = cast("list[_Topic]", json.loads(text))
    return tuple(AnswerTopic(document=one["document"], title=one["title"]) for one in values)
