"""The form that asks when somebody wants to be reminded; it outlives a restart."""

import re
from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord

from bot.dates.reading import NotUnderstood
from bot.dates.reading_rules import RuleChoice
from bot.dates.wall import wall
from bot.dates.writing import write_moment
from bot.services.container import Services
from bot.texts import dates as date_texts
from bot.texts import meetings as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.host import host_of
from bot.ui.markdown import escaped
from bot.ui.meetings import items
from bot.ui.meetings.pressing import meeting_behind
from bot.ui.meetings.shown import name_of
from bot.ui.payloads import typed_in
from storage.meeting_records import Meeting

MAX_WHEN: Final = 100
_WHEN: Final = "when"


def remind_form(meeting_id: int) -> StoredForm:
    """Return the form for a reminder of a meeting."""
    form = StoredForm(title=texts.REMIND_TITLE, identity=custom_id("rem-when", meeting_id))
    form.add_item(
        discord.ui.Label(
            text=texts.REMIND_FORM_LABEL,
            component=discord.ui.TextInput(
                custom_id=_WHEN, placeholder=texts.REMIND_PLACEHOLDER, max_length=MAX_WHEN
            ),
        )
    )
    return form


async def remind(services: Services, meeting: Meeting, typed: str, *, person: int) -> Screen:
    """Keep a reminder as typed; what can mean several moments is asked."""
    read = services.meetings.reminding.read(meeting, typed)
    if isinstance(read, NotUnderstood):
        words = ", ".join(map(escaped, read.words))
        return Screen((date_texts.not_understood(read, words=words),))
    only = read.only
    if only is None:
        options = [_option(services, meeting, one) for one in read.choices]
        menu = items.rule_menu(custom_id(items.WHEN, meeting.id), options)
        return Screen((date_texts.which_moment(read.doubts),), StoredButtons(menu))
    kept = await services.meetings.reminding.keep(meeting.id, only.rule, person=person)
    return Screen(
        (
            texts.reminder_set(
                kept.due, name_of(meeting), is_new=kept.is_new, moves=not only.rule.is_fixed
            ),
        )
    )


def _option(services: Services, meeting: Meeting, one: RuleChoice) -> tuple[str, str, str]:
    zone = ZoneInfo(meeting.details.zone)
    today = wall(services.clock.now(), zone).date()
    written = write_moment(one.moment, zone)
    return str(one.rule), written, date_texts.choice(one.local, today=today)


async def _typed(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def kept() -> Screen:
        meeting = await meeting_behind(interaction, numbers["meeting"])
        services = host_of(interaction).services
        return await remind(services, meeting, typed, person=interaction.user.id)

    typed = typed_in(interaction).get(_WHEN, "")
    screen = await in_time(interaction, kept(), ephemeral=True)
    await show(interaction, screen, ephemeral=True)


REMIND_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template("rem-when", "meeting")): _typed,
}
