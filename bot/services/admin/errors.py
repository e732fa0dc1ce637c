"""What moderators asked for and cannot be done, as data; `bot.texts.admin_errors` has the Dutch."""

import enum

from bot.errors import MemberError
from bot.services.guild_settings import AnySetting


class AdminError(MemberError):
    """Base of what cannot be done in `/beheer` and with notices."""


class NoticeGoneError(AdminError):
    """The guild has no such notice."""


class NothingLeftError(AdminError):
    """Somebody else did it just before: nothing of the trouble is left to act on."""


class UnknownSettingError(AdminError):
    """No setting is called like this."""


class SettingMissingError(AdminError):
    """A value was given, and not of which setting."""


class Refusal(enum.Enum):
    """Why a setting cannot have a value."""

    NOT_A_VALUE = "not a value of this kind"
    NO_SUCH_CHANNEL = "the guild has no such channel"
    NO_SUCH_ROLE = "the guild has no such role"
    OPEN_CHANNEL = "everybody can read it"


class SettingRefusedError(AdminError):
    """The setting cannot have that value."""

    def __init__(self, setting: AnySetting, refusal: Refusal) -> None:
        super().__init__(f"{setting.name}: {refusal.value}")
        self.setting = setting
        self.refusal = refusal
