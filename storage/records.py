"""What leaves storage: frozen values, detached from the database.

Ids of guilds, channels, messages and people are Discord's; every moment is aware and in UTC.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime


class AnswerStatus(enum.StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    UNKNOWN = "unknown"


class FeedbackValue(enum.StrEnum):
    """What somebody thought of an answer."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class ChannelPlace:
    """A channel or thread of a guild."""

    guild_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class DirectPlace:
    """A conversation in private messages. Its channel is not kept, so it has no field here.

    `guild_id` is the guild whose knowledge was used, if any.
    """

    guild_id: int | None = None


Place = ChannelPlace | DirectPlace


@dataclass(frozen=True, slots=True)
class GuildSetting:
    """One setting that a guild chose itself. `value` is JSON; its registry knows the type.

    `changed_by` is None once the person who changed it had their data erased.
    """

    guild_id: int
    name: str
    value: str
    changed_by: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of `owner` to work on `name` until `expires_at`."""

    name: str
    owner: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to keep for the statistics: without the asker, `text` already masked.

    `document` is the id of the document that carried the answer; `confidence` lies in 0..1.
    """

    place: Place
    text: str
    status: AnswerStatus
    confidence: float
    asked_at: datetime
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question; see `NewQuestion`."""

    id: int
    place: Place
    text: str
    status: AnswerStatus
    confidence: float
    asked_at: datetime
    document: str | None


@dataclass(frozen=True, slots=True)
class AnswerCitation:
    """A passage that an answer used, as it was when the answer was given.

    `section` identifies the passage within `document`; `url` is empty when there is none.
    `by_moderator`: a moderator wrote the passage.
    """

    document: str
    section: str
    title: str
    part: str
    date: date
    url: str
    quote: str
    by_moderator: bool = False


@dataclass(frozen=True, slots=True)
class AnswerTopic:
    """A near topic that was offered as a button."""

    document: str
    title: str


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """What an answer shows: enough to show it again, and its sources, after a restart.

    `question` is the masked question as it was asked; `text` is empty unless answered.
    """

    status: AnswerStatus
    question: str
    text: str = ""
    citations: tuple[AnswerCitation, ...] = ()
    topics: tuple[AnswerTopic, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer about to be shown. `private`: only the asker sees it."""

    place: Place
    content: AnswerContent
    private: bool
    created_at: datetime
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """A stored answer; its `id` stands in the custom_ids of the buttons below it.

    `message_id` is None until the message was sent, and stays None in private messages.
    `question_id` is None once the question's retention passed.
    """

    id: int
    place: Place
    content: AnswerContent
    private: bool
    created_at: datetime
    question_id: int | None
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thought of one answer; `reason` only when they gave one."""

    answer_id: int
    user_id: int
    value: FeedbackValue
    reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How many people found an answer helpful, and how many did not."""

    up: int
    down: int


@dataclass(frozen=True, slots=True)
class UnhelpfulAnswer:
    """An answer that did not help somebody, without who: the question as kept, and why if said."""

    question: str
    citations: tuple[AnswerCitation, ...]
    reason: str | None


PersonalValue = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True)
class PersonalRow:
    """One row of `table` that belongs to somebody, column by column."""

    table: str
    values: tuple[tuple[str, PersonalValue], ...]
