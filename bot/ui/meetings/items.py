"""What hangs below screens of meetings, as Discord shows it; who listens is in `buttons`."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.services.deliveries.rendered import ActionButton, Mark
from bot.texts import meetings as texts
from bot.ui.acknowledging import StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.markdown import shortened
from storage.meeting_records import Answer, Mode

COME: Final = "come"
MODE: Final = "mode"
UNTAKE: Final = "untake"
PROXY: Final = "proxy"
REMIND: Final = "remind"
SNOOZE: Final = "snooze"
GIVE: Final = "give"
STOP: Final = "unremind"
WHEN: Final = "when"
RENEW: Final = "ics-new"

# Their order is part of custom_ids, so add at the end only.
ANSWERS: Final = (Answer.YES, Answer.MAYBE, Answer.NO)
MODES: Final = (Mode.IN_PERSON, Mode.DIGITAL)
_ANSWER_LABELS: Final = (texts.COME_LABEL, texts.MAYBE_LABEL, texts.NOT_LABEL)
_MODE_LABELS: Final = (texts.IN_PERSON_LABEL, texts.DIGITAL_LABEL)
_LABEL: Final = 100
_MOST: Final = 25
_GREEN: Final = discord.ButtonStyle.success
_GREY: Final = discord.ButtonStyle.secondary

Button = discord.ui.Button[StoredButtons]
Select = discord.ui.Select[StoredButtons]
UserSelect = discord.ui.UserSelect[StoredButtons]


def answer_buttons(meeting_id: int) -> tuple[Button, ...]:
    """Return the three answers to whether one comes."""
    return tuple(
        Button(
            label=label,
            style=_GREEN if number == 0 else _GREY,
            custom_id=custom_id(COME, meeting_id, number),
        )
        for number, label in enumerate(_ANSWER_LABELS)
    )


def mode_buttons(meeting_id: int) -> tuple[Button, ...]:
    """Return the choice between in person and digital."""
    return tuple(
        Button(label=label, custom_id=custom_id(MODE, meeting_id, number))
        for number, label in enumerate(_MODE_LABELS)
    )


def remind_button(meeting_id: int) -> Button:
    """Return **Herinner mij ook**."""
    return Button(label=texts.REMIND_LABEL, custom_id=custom_id(REMIND, meeting_id))


def take_back_button(meeting_id: int) -> Button:
    """Return **Volmacht intrekken**."""
    return Button(label=texts.TAKE_BACK_LABEL, custom_id=custom_id(UNTAKE, meeting_id))


def renew_button() -> Button:
    """Return **Nieuw adres maken**."""
    return Button(label=texts.RENEW_LABEL, custom_id=custom_id(RENEW))


def proxy_menu(meeting_id: int) -> UserSelect:
    """Return the menu of people to give a proxy to."""
    return UserSelect(custom_id=custom_id(GIVE, meeting_id), placeholder=texts.PROXY_PLACEHOLDER)


def stop_menu(options: Sequence[tuple[int, str]]) -> Select:
    """Return the menu of reminders to stop, by id and what they say."""
    return Select(
        custom_id=custom_id(STOP),
        placeholder=texts.STOP_PLACEHOLDER,
        options=[
            discord.SelectOption(label=shortened(label, _LABEL), value=str(identity))
            for identity, label in options[:_MOST]
        ],
    )


def rule_menu(identity: str, options: Sequence[tuple[str, str, str]]) -> Select:
    """Return the menu of moments that were meant: value, how it is written, what is special."""
    return Select(
        custom_id=identity,
        placeholder=texts.CHOOSE_PLACEHOLDER,
        options=[
            discord.SelectOption(
                label=shortened(label, _LABEL), value=value, description=shortened(apart, _LABEL)
            )
            for value, label, apart in options[:_MOST]
        ],
    )


def sent_answers(meeting_id: int, mark: Mark) -> tuple[ActionButton, ...]:
    """Return the buttons to sign up and be reminded, for below what the bot says by itself."""
    answers = tuple(
        ActionButton(
            label,
            mark.on_custom_id(custom_id(COME, meeting_id, number)),
            style=_GREEN.value if number == 0 else _GREY.value,
        )
        for number, label in enumerate(_ANSWER_LABELS)
    )
    remind = ActionButton(texts.REMIND_LABEL, mark.on_custom_id(custom_id(REMIND, meeting_id)))
    return (*answers, remind)


def sent_proxy(proxy_id: int, mark: Mark) -> tuple[ActionButton, ...]:
    """Return **Volmacht aannemen** and **Weigeren**."""
    return (
        ActionButton(
            texts.ACCEPT_LABEL,
            mark.on_custom_id(custom_id(PROXY, proxy_id, 1)),
            style=_GREEN.value,
        ),
        ActionButton(texts.DECLINE_LABEL, mark.on_custom_id(custom_id(PROXY, proxy_id, 0))),
    )


def sent_snooze(reminder_id: int, mark: Mark) -> ActionButton:
    """Return the button that reminds once more, in an hour."""
    return ActionButton(texts.SNOOZE_LABEL, mark.on_custom_id(custom_id(SNOOZE, reminder_id)))
