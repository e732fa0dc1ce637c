"""The words of an answer as members see them: everything from outside harmless, sources linked."""

from collections.abc import Sequence

from bot.services.knowledge.answers import Reply, Unknown
from bot.services.knowledge.question_text import shown
from bot.texts import answers as texts
from bot.texts import knowledge as knowledge_texts
from bot.ui.markdown import escaped, link, quoted, split, unmentioned
from storage.records import AnswerCitation, AnswerContent, ShownAnswer


def question_line(question: str) -> str:
    """Return the line that a public answer starts with; empty when there is nothing to show."""
    line = shown(question)
    return texts.question_line(escaped(line)) if line else ""


def answer_parts(
    reply: Reply, content: AnswerContent, *, above: str = "", forum: str = ""
) -> tuple[str, ...]:
    """Return an answer as messages, with a line `above` it and its source line below.

    `forum` is what stands below a reply that is no answer: what forum members wrote.
    """
    text = unmentioned(knowledge_texts.answer(reply))
    is_unknown = isinstance(reply, Unknown)
    below = texts.UNKNOWN_HINT if is_unknown else _source_line(content.citations)
    return tuple(split("\n".join(line for line in (above, text, forum, below) if line)))


def shared_parts(answer: ShownAnswer, *, question: str, by: str) -> tuple[str, ...]:
    """Return an answer that was private, as `by` shares it with a channel, below `question`."""
    content = answer.content
    lines = (
        question_line(question),
        unmentioned(content.text),
        _source_line(content.citations),
        texts.shared_by(escaped(by)),
    )
    return tuple(split("\n".join(line for line in lines if line)))


def sources_parts(content: AnswerContent) -> tuple[str, ...]:
    """Return every passage that an answer used."""
    passages = [
        "\n".join(
            (
                texts.source_heading(number, link(one.title, one.url), place=_place(one)),
                quoted(unmentioned(one.quote)),
            )
        )
        for number, one in enumerate(content.citations, start=1)
    ]
    return tuple(split("\n".join(passages) or texts.NO_SOURCES))


def _source_line(citations: Sequence[AnswerCitation]) -> str:
    if not citations:
        return ""
    linked = next((one for one in citations if one.url), citations[0])
    return texts.source_line(
        link(linked.title, linked.url),
        place=_place(linked),
        others=len(citations) - 1,
    )


def _place(citation: AnswerCitation) -> str:
    return texts.place_of(citation.part, citation.date, by_moderator=citation.by_moderator)
