"""Every use case of the bot, built once by the composition root."""

from dataclasses import dataclass

from bot.services.clean_up import CleanUp
from bot.services.guild_settings import GuildSettings
from bot.services.knowledge.asking import Asking
from bot.services.knowledge.autocomplete import Autocomplete
from bot.services.knowledge.conversations import Conversations
from bot.services.knowledge.feedback import AnswerFeedback
from bot.services.knowledge.library import Library
from bot.services.knowledge.open_questions import OpenQuestions
from bot.services.knowledge.rate_limit import RateLimit
from bot.services.knowledge.running import AnswerObserver, RunningAnswers
from bot.services.knowledge.shown import ShownAnswers
from bot.services.places import Places
from bot.services.ports import Clock
from bot.services.privacy import Privacy
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Services:
    """What cogs are built with. Buttons and modals reach it as `interaction.client.services`."""

    clock: Clock
    units: UnitsOfWork
    library: Library
    answering: RunningAnswers
    conversations: Conversations
    guild_settings: GuildSettings
    privacy: Privacy
    places: Places
    asking: Asking
    autocomplete: Autocomplete
    shown: ShownAnswers
    feedback: AnswerFeedback
    open_questions: OpenQuestions
    clean_up: CleanUp


def build_services(
    *,
    clock: Clock,
    units: UnitsOfWork,
    library: Library,
    limit: RateLimit,
    observer: AnswerObserver,
) -> Services:
    """Build every use case; `limit` is how many questions a person may ask."""
    conversations, guild_settings = Conversations(clock), GuildSettings(units)
    privacy = Privacy(units)
    return Services(
        clock=clock,
        units=units,
        library=library,
        answering=RunningAnswers(observer),
        conversations=conversations,
        guild_settings=guild_settings,
        privacy=privacy,
        places=Places(guild_settings, units, clock),
        asking=Asking(
            units=units, clock=clock, library=library, conversations=conversations, limit=limit
        ),
        autocomplete=Autocomplete(library),
        shown=ShownAnswers(units, clock),
        feedback=AnswerFeedback(units, clock),
        open_questions=OpenQuestions(units, clock, conversations),
        clean_up=CleanUp(units, privacy, clock),
    )
