"""The personal data of meetings, for the registry in `bot.services.privacy`."""

from collections.abc import Mapping
from typing import Final

from bot.services.personal_columns import (
    Content,
    Erasure,
    PersonalColumn,
    PersonalTable,
    Retention,
)

TABLES: Final = (
    PersonalTable(
        name="meeting_attendance",
        columns=(PersonalColumn("user_id", Content.PERSON, "who comes to a meeting, and how"),),
        holder="user_id",
        retention=Retention("answered_at", 730),
    ),
    PersonalTable(
        name="meeting_proxies",
        columns=(PersonalColumn("user_id", Content.PERSON, "who lets somebody else vote"),),
        holder="user_id",
        retention=Retention("changed_at", 730),
    ),
    PersonalTable(
        name="meeting_proxy_holders",
        columns=(PersonalColumn("user_id", Content.PERSON, "who votes for somebody else"),),
        holder="user_id",
        retention=Retention("changed_at", 730),
    ),
    PersonalTable(
        name="meeting_reminders",
        columns=(PersonalColumn("user_id", Content.PERSON, "whom to remind of a meeting"),),
        holder="user_id",
        retention=Retention("personal_since", 730),
    ),
    PersonalTable(
        name="meeting_changes",
        columns=(PersonalColumn("changed_by", Content.PERSON, "who changed a meeting"),),
        holder="changed_by",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="meeting_event_asks",
        columns=(
            PersonalColumn("decided_by", Content.PERSON, "who decided about a change in Discord"),
        ),
        holder="decided_by",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="meeting_drafts",
        columns=(PersonalColumn("changed_by", Content.PERSON, "whose unconfirmed change it is"),),
        holder="changed_by",
        retention=Retention("created_at", 7),
    ),
)
EXEMPT: Final[Mapping[str, str]] = {
    "meetings.title": "a moderator's, written to be published",
    "meetings.place": "a moderator's, written to be published",
    "meetings.link": "a moderator's, written to be published",
    "meetings.cancel_reason": "a moderator's, written to be published",
    "meeting_agenda.title": "a moderator's, written to be published",
    "meeting_agenda.text": "a moderator's, written to be published",
    "meeting_agenda.papers": "a moderator's, written to be published",
    "meeting_deadlines.label": "a moderator's, written to be published",
    "meeting_changes.told": "a moderator's, written to be published",
    "meeting_papers.name": "of a document that a moderator publishes",
    "meeting_papers.address": "where a document stands that a moderator publishes",
    "meeting_events.put": "what the bot published",
    "meeting_events.seen": "what stood in a public event",
    "meeting_event_asks.found": "what stood in a public event",
    "meeting_drafts.content": "a moderator's, written to be published",
}
"""Columns that look personal and are not, each with the reason."""
