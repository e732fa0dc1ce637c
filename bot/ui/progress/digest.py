"""The weekly digest on the screen: as it is sent, and the next one for moderators."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.dates.writing import write_moment
from bot.errors import StaleComponentError
from bot.services.container import Services
from bot.services.deliveries import rendered
from bot.services.deliveries.rendered import ActionButton, Mark, Rendered, Showing
from bot.services.progress.digest import ZONE, Preview
from bot.texts import digest as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.markdown import escaped, link, shortened, size
from bot.ui.progress.subscriptions import list_screen
from storage.digest_records import Digest, DigestLine, DigestSection, DigestTopic

_FIELD: Final = 1_024  # characters of an embed's field, by Discord's documentation
_TITLE: Final = 150  # characters of what somebody else wrote
_LONGEST_ADDRESS: Final = 300  # longer ones are left out, so that a field holds its lines
_MORE: Final = 40
_DAY: Final = dt.timedelta(days=1)

_Button = discord.ui.Button[StoredButtons]


async def render_digest(services: Services, showing: Showing) -> Rendered | None:
    """Return a digest as it was frozen; None once it is not kept any more."""
    digest = await services.digests.get(showing.subject_id)
    if digest is None or showing.withdrawn:
        return None
    identity = custom_id("subs", digest.guild_id)
    return Rendered(
        embeds=(_embed(digest, last=digest.covers_until - _DAY, is_late=showing.is_late),),
        buttons=(ActionButton(texts.SUBSCRIBE_LABEL, showing.mark.on_custom_id(identity)),),
    )


async def show_preview(interaction: discord.Interaction[Any]) -> None:
    """Show the next digest as it would be now, to whoever asks in a guild."""
    finding = host_of(interaction).services.digests.preview(interaction.guild_id or 0)
    preview = await in_time(interaction, finding, ephemeral=True)
    await show(interaction, preview_screen(preview), ephemeral=True)


def preview_screen(preview: Preview) -> Screen:
    """Return the next digest as it would be now, and what keeps it from coming."""
    lines = [_when(preview)] if preview.is_on else [texts.SWITCHED_OFF]
    if preview.channel is not None and not preview.channel.can_send:
        lines.append(texts.no_rights(f"<#{preview.channel.id}>"))
    lines.append(texts.weekly(weekday=preview.weekday, hour=preview.hour))
    lines.append(texts.AS_IT_IS_NOW if preview.sections else texts.EMPTY_NOW)
    embed = None
    if preview.sections:
        shown = _embed(preview, last=preview.covers_until, is_late=False)
        embed = discord.Embed.from_dict(shown)
    return Screen(("\n".join(lines),), embed=embed)


class SubscribeButton(StoredItem[_Button], template=f"{template('subs', 'guild')}:{rendered.MARK}"):
    """Below a digest: shows whoever presses their own subscriptions."""

    def __init__(self, guild_id: int) -> None:
        """Belong to a guild."""
        super().__init__(
            discord.ui.Button(
                label=texts.SUBSCRIBE_LABEL,
                custom_id=Mark(0).on_custom_id(custom_id("subs", guild_id)),
            )
        )
        self._guild_id = guild_id

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["guild"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.guild_id != self._guild_id:
            raise StaleComponentError
        host, person = host_of(interaction), interaction.user.id
        finding = host.services.subscriptions.of_person(self._guild_id, person)
        found = await in_time(interaction, finding, ephemeral=True)
        screen = list_screen(found, host.command_mentions, guild_id=self._guild_id, person=person)
        await show(interaction, screen, ephemeral=True)


def embed_fields(sections: Sequence[DigestSection]) -> tuple[tuple[str, str], ...]:
    """Return the heading and the text of every section, each within what a field holds."""
    return tuple((texts.HEADINGS[one.topic], _text(one)) for one in sections)


def _text(section: DigestSection) -> str:
    kept: list[str] = []
    for line in (_bullet(one, section.topic) for one in section.lines):
        if size("\n".join((*kept, line))) > _FIELD - _MORE:
            break
        kept.append(line)
    if left := section.many - len(kept):
        kept.append(texts.and_more(left))
    return "\n".join(kept)


def _bullet(line: DigestLine, topic: DigestTopic) -> str:
    title = shortened(" ".join(line.title.split()), _TITLE)
    if topic is DigestTopic.QUESTIONS:
        return f"- {texts.asked(escaped(title), line.count or 0)}"
    url = line.url if line.url is not None and len(line.url) <= _LONGEST_ADDRESS else ""
    named = link(title, url)
    note = line.note and (texts.NOTES.get(line.note) or escaped(shortened(line.note, _TITLE)))
    return f"- {texts.noted(named, note, first=line.first, last=line.last)}"


def _embed(told: Digest | Preview, *, last: dt.datetime, is_late: bool) -> dict[str, object]:
    """Return what is told, up to and including the day of `last`."""
    since = told.covers_since.astimezone(ZONE).date()
    until = max(since, last.astimezone(ZONE).date())
    return {
        "title": texts.title(since=since, until=until),
        "fields": [
            {"name": name, "value": value, "inline": False}
            for name, value in embed_fields(told.sections)
        ],
        "footer": {"text": texts.footer(is_late=is_late)},
    }


def _when(preview: Preview) -> str:
    if preview.channel is None:
        return texts.NO_CHANNEL
    return texts.next_one(
        moment=write_moment(preview.moment, ZONE),
        timestamp=int(preview.moment.timestamp()),
        channel=f"<#{preview.channel.id}>",
    )
