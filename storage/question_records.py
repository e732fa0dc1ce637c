"""What leaves storage about questions that were passed on to the moderators of a guild."""

import enum
from dataclasses import dataclass
from datetime import datetime


class OpenQuestionState(enum.StrEnum):
    """Where a question that was passed on to the moderators stands."""

    OPEN = "open"
    ANSWERED = "answered"
    LINKED = "linked"
    DECLINED = "declined"


class Keeping(enum.StrEnum):
    """Whether what a moderator sent becomes knowledge. WANTED: it is to be, and is not yet."""

    NO = "no"
    WANTED = "wanted"
    DONE = "done"
    FAILED = "failed"


class Outcome(enum.StrEnum):
    """How the answer reached somebody: below their question, in private, or not at all."""

    REPLIED = "replied"
    MESSAGED = "messaged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class NewOpenQuestion:
    """A question that somebody passes on to the moderators of `guild_id`.

    `normalised` decides what counts as the same question; only its hash is kept. `message_id` is
    the message below which the question may be answered for all to read; None when it was asked in
    private, or only they saw the answer.
    """

    guild_id: int
    asker_id: int
    text: str
    normalised: str
    asked_at: datetime
    channel_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A stored question; see `NewOpenQuestion`. `outcome`: None until an answer arrived or not."""

    id: int
    guild_id: int
    group_id: int
    asker_id: int
    text: str
    asked_at: datetime
    channel_id: int | None
    message_id: int | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class ModeratorAnswer:
    """What a moderator says to a question: `state` is what it makes of it.

    `text` is the answer, the passage, or the reason. `document_id` and `section` are the passage
    that it was linked to; `source_url` is empty when the source has no web address.
    """

    state: OpenQuestionState
    text: str
    source_title: str = ""
    source_url: str = ""
    document_id: str | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that are the same; a moderator closes them together.

    `version` goes up with everything that its card shows. `closed_by` is None once that person had
    their data erased. `answer` is None while it is open. `posted_in`: the channel of its card;
    `posts` counts the cards so far. `settled`: nothing is left to find out about the answers.
    """

    id: int
    guild_id: int
    state: OpenQuestionState
    version: int
    asked_at: datetime
    closed_at: datetime | None = None
    closed_by: int | None = None
    answer: ModeratorAnswer | None = None
    keeping: Keeping = Keeping.NO
    posted_in: int | None = None
    posts: int = 0
    settled: bool = False


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What a moderator typed about a group and did not send (yet)."""

    id: int
    group_id: int
    author_id: int
    version: int
    written_at: datetime
    answer: ModeratorAnswer


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many questions of a guild wait since before a moment, and since when the oldest does."""

    guild_id: int
    count: int
    oldest: datetime
