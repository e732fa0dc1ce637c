import datetime as dt
from dataclasses import replace

from bot.ui.answer_text import sources_parts
from storage.records import AnswerCitation, AnswerContent, AnswerStatus
from storage.repositories.answer_content import citations_from_json, citations_to_json

OWN = AnswerCitation(
    document="quokka",
    section="0",
    title="De quokka",
    part="",
    date=dt.date(2016, 6, 3),
    url="",
    quote="De quokka heeft 4 poten.",
    by_moderator=True,
)
SHIPPED = replace(OWN, part="opties", by_moderator=False)


def heading(citation: AnswerCitation) -> str:
    """Return the first line of the sources of an answer with this citation."""
    content = AnswerContent(AnswerStatus.ANSWERED, "vraag", citation.quote, (citation,))
    return sources_parts(content)[0].splitlines()[0]


def test_an_answer_of_a_moderator_says_so_with_its_day() -> None:
    assert heading(OWN) == "**1. De quokka** (antwoord van een moderator, <t:1464955200:D>)"
    assert heading(SHIPPED) == "**1. De quokka** (opties, <t:1464955200:D>)"


def test_answers_kept_before_there_were_any_of_moderators_still_read() -> None:
    kept = citations_to_json([OWN, SHIPPED])

    assert citations_from_json(kept) == (OWN, SHIPPED)
    assert citations_from_json(kept.replace(', "by_moderator": true', "")) == (
        replace(OWN, by_moderator=False),
        SHIPPED,
    )
