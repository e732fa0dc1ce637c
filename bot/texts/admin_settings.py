"""The settings of a guild in Dutch: their names, what they mean, and the words for their values."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.services.admin.errors import UnknownSettingError
from bot.services.guild_settings import (
    SETTINGS,
    AnySetting,
    RoleOrChannel,
    Switch,
    Weekday,
    WholeNumber,
)
from bot.texts.dates import WEEKDAYS

DESCRIPTION: Final = "Bekijk de instellingen van deze server, of verander er een."
SETTING_DESCRIPTION: Final = "Welke instelling? Laat leeg om ze allemaal te zien"
VALUE_DESCRIPTION: Final = "De nieuwe waarde, of: standaard"
TITLE: Final = "## Instellingen van deze server"
HOW: Final = (
    "-# Veranderen: `/beheer instellingen`, kies een *instelling* en geef een *waarde*. Met de "
    "waarde `standaard` gaat het terug naar hoe het was."
)
DEFAULT: Final = "standaard"

# The name of a setting → how it is called, and what it means.
_SETTINGS: Final[Mapping[str, tuple[str, str]]] = {
    "member_role": ("rol leden", "wie lid is"),
    "moderator_role": ("rol moderatoren", "wie moderator is"),
    "updates_channel": ("kanaal updates", "waar updates komen"),
    "comments_channel": ("kanaal reacties", "waar goedgekeurde reacties komen"),
    "meetings_channel": ("kanaal vergaderingen", "waar herinneringen aan de ALV komen"),
    "forum_channel": ("kanaal forum", "waar berichten van het forum komen"),
    "moderators_channel": ("kanaal moderatoren", "waar meldingen komen; niet voor iedereen open"),
    "question_retention": ("bewaartijd vragen", "dagen dat vragen zonder naam blijven"),
    "answer_retention": ("bewaartijd antwoorden", "dagen dat knoppen onder antwoorden werken"),
    "open_question_retention": (
        "bewaartijd open vragen",
        "dagen dat vragen aan moderatoren blijven",
    ),
    "open_question_wait": ("wachttijd open vragen", "dagen wachten voor ik eraan herinner"),
    "update_role": ("rol updates", "de rol die een update mag noemen"),
    "crosspost": ("updates delen", "updates ook naar servers die het kanaal volgen"),
    "digest": ("weekoverzicht", "elke week een overzicht"),
    "digest_channel": ("kanaal weekoverzicht", "waar het komt; standaard bij de updates"),
    "digest_day": ("dag weekoverzicht", "op welke dag het komt"),
    "digest_hour": ("uur weekoverzicht", "op welk uur het komt"),
    "forum_review": ("forum nakijken", "een moderator kijkt eerst, dan pas zoekbaar"),
    "reminder_days_first": ("eerste herinnering", "dagen voor een vergadering; 0 is geen"),
    "reminder_days_second": ("tweede herinnering", "dagen voor een vergadering; 0 is geen"),
    "reminder_days_third": ("derde herinnering", "dagen voor een vergadering; 0 is geen"),
    "reminder_hour": ("uur herinneringen", "op welk uur herinneringen komen"),
    "reminder_hours_before": ("laatste herinnering", "uren voor een vergadering; 0 is geen"),
    "comments_first": ("reacties vooraf bekijken", "een moderator kijkt eerst, dan pas zichtbaar"),
    "comments_per_hour": ("reacties per uur", "hoeveel reacties een lid per uur mag insturen"),
    "comment_retention": (
        "bewaartijd reacties",
        "dagen dat afgewezen of ingetrokken reacties blijven",
    ),
    "proxies": ("volmachten", "hoeveel volmachten iemand mag hebben"),
    "quorum": ("quorum", "hoeveel leden er moeten zijn; 0 is geen quorum"),
}
_SWITCH: Final[Mapping[str, str]] = {
    "aan": "true",
    "ja": "true",
    "uit": "false",
    "nee": "false",
}


def name_of(setting: AnySetting) -> str:
    """Return how a setting is called."""
    return _SETTINGS[setting.name][0]


def meaning_of(setting: AnySetting) -> str:
    """Return what a setting is for."""
    return _SETTINGS[setting.name][1]


def setting_called(typed: str) -> AnySetting:
    """Return the setting with this name, in Dutch or as a choice of the list carries it.

    Raises:
        UnknownSettingError: when there is none.

    """
    wanted = typed.strip().casefold()
    for setting in SETTINGS:
        if wanted in {setting.name, name_of(setting)}:
            return setting
    raise UnknownSettingError


def offered(typed: str) -> list[tuple[str, str]]:
    """Return the settings that fit what is typed, as label and value of a choice."""
    words = typed.casefold().split()
    labels = ((f"{name_of(one)}: {meaning_of(one)}", one.name) for one in SETTINGS)
    return [(label, value) for label, value in labels if all(word in label for word in words)]


def is_default(typed: str) -> bool:
    """Whether a value asks for the default."""
    return typed.strip().casefold() == DEFAULT


def read(setting: AnySetting, typed: str) -> str:
    """Return a typed value as the setting reads it: Dutch words become its own."""
    word = typed.strip().casefold()
    if isinstance(setting.kind, Switch):
        return _SWITCH.get(word, word)
    if isinstance(setting.kind, Weekday):
        return str(WEEKDAYS.index(word)) if word in WEEKDAYS else ""
    if isinstance(setting.kind, WholeNumber) and setting.name.endswith("_hour"):
        return word.removesuffix("uur").strip().removesuffix(":00")
    return typed.strip()


def shown(setting: AnySetting, value: int | bool | None) -> str:  # noqa: FBT001 # a value, no flag
    """Return a value as it is read."""
    if value is None:
        return "niet gekozen"
    if isinstance(setting.kind, Switch):
        return "aan" if value else "uit"
    if isinstance(setting.kind, Weekday):
        return WEEKDAYS[value]
    if isinstance(setting.kind, RoleOrChannel):
        return f"<@&{value}>" if setting.name.endswith("_role") else f"<#{value}>"
    return f"{value}:00 uur" if setting.name.endswith("_hour") else str(value)


def line(setting: AnySetting, value: int | bool | None, *, is_standard: bool) -> str:  # noqa: FBT001 # a value, no flag
    """Return one setting of the list."""
    now = shown(setting, value)
    default = shown(setting, setting.default)
    beside = "" if is_standard else f" (standaard: {default})"
    return f"- **{name_of(setting)}**: {now}{beside}\n-# {meaning_of(setting)}"


def one(setting: AnySetting, value: int | bool | None) -> str:  # noqa: FBT001 # a value, no flag
    """Return one setting, with what can be chosen."""
    return (
        f"**{name_of(setting)}** staat op {shown(setting, value)}: {meaning_of(setting)}.\n"
        f"{allowed(setting.name)}"
    )


def changed(
    setting: AnySetting,
    *,
    before: int | bool | None,
    after: int | bool | None,
) -> str:
    """Say what changed from what to what."""
    if before == after:
        return f"**{name_of(setting)}** stond al op {shown(setting, after)}."
    return (
        f"**{name_of(setting)}** is veranderd van {shown(setting, before)} naar "
        f"{shown(setting, after)}."
    )


def allowed(name: str) -> str:
    """Say what a setting can be."""
    setting = next(one for one in SETTINGS if one.name == name)
    return f"{_ALLOWED[type(setting.kind)](setting)} Of `{DEFAULT}`."


def _number(setting: AnySetting) -> str:
    kind = setting.kind
    if not isinstance(kind, WholeNumber):
        raise TypeError(setting.name)
    example = ", bijvoorbeeld 9" if name_of(setting).startswith("uur") else ""
    return f"Kies een heel getal van {kind.minimum} tot en met {kind.maximum}{example}."


def _place(setting: AnySetting) -> str:
    if setting.name.endswith("_role"):
        return "Kies een rol: typ @ en de naam."
    return "Kies een kanaal: typ # en de naam."


_ALLOWED: Final[Mapping[type, Callable[[AnySetting], str]]] = {
    WholeNumber: _number,
    Switch: lambda _: "Kies `aan` of `uit`.",
    Weekday: lambda _: "Kies een dag: maandag, dinsdag … zondag.",
    RoleOrChannel: _place,
}
