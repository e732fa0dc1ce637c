"""Everything around open questions, built once."""

from dataclasses import dataclass

from bot.services.guild_settings import GuildSettings
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.library import Library
from bot.services.knowledge.open_questions import OpenQuestions
from bot.services.knowledge.question_answers import QuestionAnswers
from bot.services.knowledge.question_cards import QuestionCards
from bot.services.knowledge.question_keeping import QuestionKeeping
from bot.services.knowledge.question_linking import QuestionLinking
from bot.services.knowledge.question_tending import QuestionTending
from bot.services.places import Places
from bot.services.ports import Clock
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Answering:
    """What moderators do about open questions, and what follows from it."""

    answers: QuestionAnswers
    cards: QuestionCards
    linking: QuestionLinking
    tending: QuestionTending


def build_answering(  # noqa: PLR0913 -- what it consists of, each by name
    units: UnitsOfWork,
    clock: Clock,
    questions: OpenQuestions,
    *,
    places: Places,
    settings: GuildSettings,
    library: Library,
    documents: GuildDocuments,
) -> Answering:
    """Build it around `questions`; what is kept becomes one of `documents`."""
    keeping = QuestionKeeping(units, clock, documents)
    return Answering(
        answers=QuestionAnswers(units, clock, questions, keeping),
        cards=QuestionCards(units, clock, places),
        linking=QuestionLinking(library),
        tending=QuestionTending(units, clock, places, settings, keeping),
    )
