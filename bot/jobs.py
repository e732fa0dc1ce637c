"""What the bot does again and again beside what the connection with Discord asks for."""

from bot.adapters.scheduler import Repeated
from bot.services import clean_up
from bot.services.container import Services
from bot.services.forum import polling
from bot.services.meetings import planner
from bot.services.progress import digest, subscriptions, updates_planned


def jobs_of(services: Services) -> tuple[Repeated, ...]:
    """Return the jobs, each under its fixed name."""
    return (
        Repeated("clean-up", clean_up.INTERVAL, services.clean_up.run),
        Repeated("subscriptions", subscriptions.INTERVAL, services.subscriptions.review),
        Repeated("planned updates", updates_planned.INTERVAL, services.planned_updates.tick),
        Repeated("digests", digest.INTERVAL, services.digests.run),
        Repeated("meeting reminders", planner.INTERVAL, services.meetings.planner.tick),
        Repeated("feeds", polling.INTERVAL, services.forum.polling.tick),
    )
