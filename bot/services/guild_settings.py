"""The settings that a guild chooses itself: a typed registry, and their values.

A new setting is one line in the registry.
"""

import json
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from typing_extensions import override

from bot.errors import BreedError
from storage.records import GuildSetting
from storage.unit_of_work import UnitsOfWork

_log = logging.getLogger(__name__)
_Value = TypeVar("_Value")
_MENTION: Final = re.compile(r"<(?:@&|#)(\d+)>")
_LARGEST_ID: Final = 2**63 - 1
_ID_DIGITS: Final = 19
_SUNDAY: Final = 6


class InvalidSettingError(BreedError, ValueError):
    """A value that the setting cannot have. `minimum` and `maximum` are set for numbers."""

    def __init__(self, *, minimum: int | None = None, maximum: int | None = None) -> None:
        super().__init__("not a value of this setting")
        self.minimum = minimum
        self.maximum = maximum


class Kind(ABC, Generic[_Value]):
    """What values a setting can have."""

    @abstractmethod
    def check(self, value: object) -> _Value:
        """Return the value when it is one of this kind.

        Raises:
            InvalidSettingError: when it is not.

        """

    @abstractmethod
    def parse(self, text: str) -> _Value:
        """Read a value as somebody types it.

        Raises:
            InvalidSettingError: when it is not one of this kind.

        """


class RoleOrChannel(Kind[int | None]):
    """The id of a role or channel; None: the one that carries the usual name."""

    @override
    def check(self, value: object) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _LARGEST_ID:
            raise InvalidSettingError
        return value

    @override
    def parse(self, text: str) -> int | None:
        text = text.strip()
        if not text:
            return None
        mention = _MENTION.fullmatch(text)
        return self.check(_whole_number(mention[1] if mention else text))


@dataclass(frozen=True, slots=True)
class WholeNumber(Kind[int]):
    """A number of days, hours or times, both ends included."""

    minimum: int
    maximum: int

    @override
    def check(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidSettingError(minimum=self.minimum, maximum=self.maximum)
        if not self.minimum <= value <= self.maximum:
            raise InvalidSettingError(minimum=self.minimum, maximum=self.maximum)
        return value

    @override
    def parse(self, text: str) -> int:
        return self.check(_whole_number(text.strip()))


class Switch(Kind[bool]):
    """On or off."""

    @override
    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise InvalidSettingError
        return value

    @override
    def parse(self, text: str) -> bool:
        values = {"true": True, "false": False}
        return self.check(values.get(text.strip().casefold()))


class Weekday(Kind[int]):
    """A day of the week; 0 is Monday."""

    @override
    def check(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _SUNDAY:
            raise InvalidSettingError
        return value

    @override
    def parse(self, text: str) -> int:
        return self.check(_whole_number(text.strip()))


@dataclass(frozen=True, slots=True)
class Setting(Generic[_Value]):
    """One setting. `name` is its key in the database and in the texts: it never changes."""

    name: str
    kind: Kind[_Value]
    default: _Value

    def stored(self, text: str) -> _Value:
        """Read the JSON from the database.

        Raises:
            InvalidSettingError: when another version, or a hand, wrote what is no value.

        """
        try:
            value: object = json.loads(text)
        except ValueError as error:
            raise InvalidSettingError from error
        return self.kind.check(value)


MEMBER_ROLE: Final = Setting("member_role", RoleOrChannel(), None)
MODERATOR_ROLE: Final = Setting("moderator_role", RoleOrChannel(), None)
UPDATES_CHANNEL: Final = Setting("updates_channel", RoleOrChannel(), None)
COMMENTS_CHANNEL: Final = Setting("comments_channel", RoleOrChannel(), None)
MEETINGS_CHANNEL: Final = Setting("meetings_channel", RoleOrChannel(), None)
FORUM_CHANNEL: Final = Setting("forum_channel", RoleOrChannel(), None)
MODERATORS_CHANNEL: Final = Setting("moderators_channel", RoleOrChannel(), None)
QUESTION_RETENTION: Final = Setting("question_retention", WholeNumber(minimum=1, maximum=1825), 365)
# Answers and the opinions on them are promised to be kept no longer than thirty days.
ANSWER_RETENTION: Final = Setting("answer_retention", WholeNumber(minimum=1, maximum=30), 30)
OPEN_QUESTION_RETENTION: Final = Setting(
    "open_question_retention", WholeNumber(minimum=7, maximum=730), 365
)
OPEN_QUESTION_WAIT: Final = Setting("open_question_wait", WholeNumber(minimum=1, maximum=30), 2)
"""How many days a question may wait before moderators are reminded of it every day."""
UPDATE_ROLE: Final = Setting("update_role", RoleOrChannel(), None)
"""The one role that an update may mention; None: no role."""
CROSSPOST: Final = Setting("crosspost", Switch(), default=False)
"""Whether updates in an announcement channel are published to the servers that follow it."""
DIGEST: Final = Setting("digest", Switch(), default=True)
DIGEST_CHANNEL: Final = Setting("digest_channel", RoleOrChannel(), None)
"""None: where the updates are."""
DIGEST_DAY: Final = Setting("digest_day", Weekday(), 0)
DIGEST_HOUR: Final = Setting("digest_hour", WholeNumber(minimum=0, maximum=23), 9)
FORUM_REVIEW: Final = Setting("forum_review", Switch(), default=False)
"""Whether a moderator looks at forum posts before `/vraag` may show them."""
REMINDER_DAYS_FIRST: Final = Setting("reminder_days_first", WholeNumber(minimum=0, maximum=365), 28)
"""How many days before a new meeting, or its deadline, the channel is reminded; 0: not."""
REMINDER_DAYS_SECOND: Final = Setting(
    "reminder_days_second", WholeNumber(minimum=0, maximum=365), 7
)
REMINDER_DAYS_THIRD: Final = Setting("reminder_days_third", WholeNumber(minimum=0, maximum=365), 1)
REMINDER_HOUR: Final = Setting("reminder_hour", WholeNumber(minimum=0, maximum=23), 9)
REMINDER_HOURS_BEFORE: Final = Setting(
    "reminder_hours_before", WholeNumber(minimum=0, maximum=48), 1
)
COMMENTS_FIRST: Final = Setting("comments_first", Switch(), default=True)
"""Whether a moderator looks at comments before everybody can read them."""
COMMENTS_PER_HOUR: Final = Setting("comments_per_hour", WholeNumber(minimum=1, maximum=60), 5)
COMMENT_RETENTION: Final = Setting("comment_retention", WholeNumber(minimum=30, maximum=1825), 730)
PROXIES: Final = Setting("proxies", WholeNumber(minimum=0, maximum=20), 1)
"""How many proxies one person may hold at a meeting."""
QUORUM: Final = Setting("quorum", WholeNumber(minimum=0, maximum=10_000), 0)
"""How many members have to be there or represented; 0: no quorum."""

AnySetting = Setting[int | None] | Setting[int] | Setting[bool]
SETTINGS: Final[tuple[AnySetting, ...]] = (
    MEMBER_ROLE,
    MODERATOR_ROLE,
    UPDATES_CHANNEL,
    COMMENTS_CHANNEL,
    MEETINGS_CHANNEL,
    FORUM_CHANNEL,
    MODERATORS_CHANNEL,
    QUESTION_RETENTION,
    ANSWER_RETENTION,
    OPEN_QUESTION_RETENTION,
    OPEN_QUESTION_WAIT,
    UPDATE_ROLE,
    CROSSPOST,
    DIGEST,
    DIGEST_CHANNEL,
    DIGEST_DAY,
    DIGEST_HOUR,
    FORUM_REVIEW,
    REMINDER_DAYS_FIRST,
    REMINDER_DAYS_SECOND,
    REMINDER_DAYS_THIRD,
    REMINDER_HOUR,
    REMINDER_HOURS_BEFORE,
    COMMENTS_FIRST,
    COMMENTS_PER_HOUR,
    COMMENT_RETENTION,
    PROXIES,
    QUORUM,
)


class GuildChoices:
    """What one guild chose, at one moment; what it did not choose has its default."""

    def __init__(self, stored: Mapping[str, str]) -> None:
        self._stored = stored

    def value_of(self, setting: Setting[_Value]) -> _Value:
        """Return the value in force; one that cannot be read counts as not chosen."""
        text = self._stored.get(setting.name)
        if text is None:
            return setting.default
        try:
            return setting.stored(text)
        except InvalidSettingError:
            _log.warning("unreadable setting", extra={"setting": setting.name})
            return setting.default


class GuildSettings:
    """Reads and changes what guilds choose. Nothing is cached: a change holds at once."""

    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units

    async def choices_of(self, guild_id: int) -> GuildChoices:
        """Return all settings of a guild, read at once."""
        async with self._units.reading() as work:
            stored = await work.settings.of_guild(guild_id)
        return GuildChoices({one.name: one.value for one in stored})

    async def value_of(self, guild_id: int, setting: Setting[_Value]) -> _Value:
        """Return the value of one setting in a guild."""
        async with self._units.reading() as work:
            stored = await work.settings.get(guild_id, setting.name)
        return GuildChoices({stored.name: stored.value} if stored else {}).value_of(setting)

    async def choose(
        self, guild_id: int, setting: Setting[_Value], value: _Value, *, by: int, at: datetime
    ) -> None:
        """Set a value; `by` is the person who does it.

        Raises:
            InvalidSettingError: when the setting cannot have that value.

        """
        async with self._units() as work:
            await work.settings.put(
                GuildSetting(
                    guild_id=guild_id,
                    name=setting.name,
                    value=json.dumps(setting.kind.check(value)),
                    changed_by=by,
                    changed_at=at,
                )
            )

    async def reset(self, guild_id: int, setting: Setting[_Value]) -> bool:
        """Go back to the default; tells whether the guild had chosen anything."""
        async with self._units() as work:
            return await work.settings.reset(guild_id, setting.name)


def _whole_number(text: str) -> int | str:
    """Return the number that the text is, else the text: no kind takes that."""
    # int() also reads the digits of other scripts, and refuses what is thousands of digits long.
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS else text
