"""What the bot does again and again beside what the connection with Discord asks for."""

from bot.adapters.scheduler import Repeated
from bot.services import clean_up
from bot.services.comments import publishing
from bot.services.container import Services
from bot.services.forum import polling
from bot.services.knowledge import guild_loading, guild_notices, question_tending
from bot.services.meetings import events as meeting_events
from bot.services.meetings import planner
from bot.services.progress import digest, subscriptions, updates_planned


def jobs_of(services: Services) -> tuple[Repeated, ...]:
    """Return the jobs, each under its fixed name."""
    return (
        Repeated("clean-up", clean_up.INTERVAL, services.clean_up.run),
        Repeated("subscriptions", subscriptions.INTERVAL, services.subscriptions.review),
        Repeated("knowledge", guild_loading.INTERVAL, services.guild_documents.loading.tick),
        Repeated("knowledge notices", guild_notices.INTERVAL, services.guild_notices.tick),
        Repeated("planned updates", updates_planned.INTERVAL, services.planned_updates.tick),
        Repeated("digests", digest.INTERVAL, services.digests.run),
        Repeated("meeting reminders", planner.INTERVAL, services.meetings.planner.tick),
        Repeated("meeting events", meeting_events.INTERVAL, services.meetings.events.tick),
        Repeated("open questions", question_tending.INTERVAL, services.open_answering.tending.tick),
        Repeated("comments", publishing.INTERVAL, services.comments.publishing.tend),
        Repeated("feeds", polling.INTERVAL, services.forum.polling.tick),
    )
