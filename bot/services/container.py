"""Every use case of the bot, built once by the composition root."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.admin.control import Control
from bot.services.admin.jobs import JobJournal
from bot.services.admin.notices import Notices
from bot.services.admin.settings import SettingChanges
from bot.services.clean_up import CleanUp
from bot.services.comments.service import Comments, build_comments
from bot.services.directory import LateDirectory
from bot.services.forum.feeds import FeedSource
from bot.services.forum.use_cases import Forum, build_forum
from bot.services.guild_settings import GuildSettings
from bot.services.knowledge.asking import Asking
from bot.services.knowledge.autocomplete import Autocomplete
from bot.services.knowledge.conflicts import Conflicts
from bot.services.knowledge.conversations import Conversations
from bot.services.knowledge.feedback import AnswerFeedback
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.guild_notices import GuildNotices
from bot.services.knowledge.importing.imports import Imports
from bot.services.knowledge.importing.reading import DocumentReader
from bot.services.knowledge.improving import Improving
from bot.services.knowledge.library import Library
from bot.services.knowledge.open_questions import OpenQuestions
from bot.services.knowledge.question_service import Answering, build_answering
from bot.services.knowledge.rate_limit import RateLimit
from bot.services.knowledge.running import AnswerObserver, RunningAnswers
from bot.services.knowledge.shown import ShownAnswers
from bot.services.knowledge.terms import Terms
from bot.services.landscape.drawing import DrawsLandscapes
from bot.services.meetings.answering import MeetingAnswers
from bot.services.meetings.service import Meetings, build_meetings
from bot.services.places import Places
from bot.services.ports import Clock
from bot.services.privacy import Privacy
from bot.services.progress.digest import Digests
from bot.services.progress.digest_questions import OftenAsked
from bot.services.progress.milestones import Milestones
from bot.services.progress.milestones_writing import MilestoneWriting
from bot.services.progress.news import News
from bot.services.progress.subscriptions import Subscriptions
from bot.services.progress.timeline import ShippedMilestone
from bot.services.progress.timeline_overview import ProgressOverview
from bot.services.progress.updates import Updates
from bot.services.progress.updates_again import UpdateRetries
from bot.services.progress.updates_listing import UpdateList
from bot.services.progress.updates_planned import PlannedUpdates
from bot.services.progress.updates_planning import Planning
from bot.services.progress.updates_sending import Venues
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Services:
    """What cogs are built with. Buttons and modals reach it as `interaction.client.services`."""

    clock: Clock
    units: UnitsOfWork
    directory: LateDirectory
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
    guild_documents: GuildDocuments
    guild_notices: GuildNotices
    document_conflicts: Conflicts
    terms: Terms
    improving: Improving
    imports: Imports
    open_questions: OpenQuestions
    open_answering: Answering
    clean_up: CleanUp
    notices: Notices
    jobs: JobJournal
    control: Control
    setting_changes: SettingChanges
    subscriptions: Subscriptions
    milestones: Milestones
    milestone_writing: MilestoneWriting
    progress: ProgressOverview
    updates: Updates
    update_list: UpdateList
    update_retries: UpdateRetries
    update_venues: Venues
    update_planning: Planning
    planned_updates: PlannedUpdates
    digests: Digests
    forum: Forum
    meetings: Meetings
    comments: Comments
    forum_url: str


def build_services(  # noqa: PLR0913 -- the edges that differ by place of serving, each by name
    *,
    clock: Clock,
    units: UnitsOfWork,
    library: Library,
    limit: RateLimit,
    observer: AnswerObserver,
    feeds: FeedSource | None = None,
    reader: DocumentReader | None = None,
    timeline: Sequence[ShippedMilestone] = (),
    forum_url: str = "",
    landscapes: DrawsLandscapes | None = None,
) -> Services:
    """Build every use case; `limit` is how many questions a person may ask.

    Without `feeds` no feed can be reached, without `reader` no file read, without `landscapes` no
    picture drawn. `timeline` is what every guild's timeline begins with.
    """
    conversations, guild_settings = Conversations(clock), GuildSettings(units)
    privacy, directory = Privacy(units), LateDirectory()
    places = Places(guild_settings, units, clock, directory)
    notices, jobs = Notices(units, clock, places), JobJournal(clock)
    venues = Venues(places, guild_settings)
    milestones = Milestones(units, clock, timeline)
    forum = build_forum(units, clock, places, feeds)
    documents = GuildDocuments(units, clock, library)
    comments = build_comments(
        units, clock, places=places, settings=guild_settings, drawer=landscapes
    )
    questions = OpenQuestions(units, clock, conversations, places, comments.blocking)
    return Services(
        clock=clock,
        units=units,
        directory=directory,
        library=library,
        answering=RunningAnswers(observer),
        conversations=conversations,
        guild_settings=guild_settings,
        privacy=privacy,
        places=places,
        asking=Asking(
            units=units,
            clock=clock,
            library=library,
            conversations=conversations,
            limit=limit,
            forum=forum.finding,
            news=News(units, clock, library, milestones),
            meetings=MeetingAnswers(units, clock),
        ),
        autocomplete=Autocomplete(library),
        shown=ShownAnswers(units, clock),
        feedback=AnswerFeedback(units, clock),
        guild_documents=documents,
        guild_notices=GuildNotices(units, clock, documents, places),
        document_conflicts=Conflicts(units, clock, documents),
        terms=Terms(documents, library, clock),
        improving=Improving(units, clock),
        imports=Imports(units, clock, library, documents, reader=reader),
        open_questions=questions,
        open_answering=build_answering(
            units,
            clock,
            questions,
            places=places,
            settings=guild_settings,
            library=library,
            documents=documents,
        ),
        clean_up=CleanUp(units, privacy, clock),
        notices=notices,
        jobs=jobs,
        control=Control(units=units, clock=clock, places=places, notices=notices, journal=jobs),
        setting_changes=SettingChanges(guild_settings, places, clock),
        subscriptions=Subscriptions(units, clock),
        milestones=milestones,
        milestone_writing=MilestoneWriting(units, clock, milestones),
        progress=ProgressOverview(units, clock, milestones),
        forum=forum,
        meetings=build_meetings(units, clock, places=places, settings=guild_settings),
        forum_url=forum_url,
        comments=comments,
        digests=Digests(units, clock, places, OftenAsked(library), milestones),
        updates=Updates(units, clock, venues),
        update_list=UpdateList(units),
        update_retries=UpdateRetries(units, clock, venues),
        update_venues=venues,
        update_planning=Planning(clock),
        planned_updates=PlannedUpdates(units, clock, venues, notices),
    )
