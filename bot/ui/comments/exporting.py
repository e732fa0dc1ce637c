"""`/moderatie exporteren`: an answer that says how far it is, and ends in a file."""

import asyncio
import io
from functools import partial
from typing import Any, Final

import discord
from discord import app_commands

from bot.adapters.exports.comments import ExportFile, Format, file_of
from bot.services.comments.reporting import Report, Stage
from bot.services.container import Services
from bot.texts import comments_export as texts
from bot.ui.acknowledging import repeated
from storage.moderation_records import Round

MOST_MEGABYTES: Final = 8
"""What Discord takes of a bot in any server, on the safe side."""
_MEGABYTE: Final = 1_048_576
CHOICES: Final = [app_commands.Choice(name=one.value, value=one.value) for one in Format]


async def send(
    interaction: discord.Interaction[Any], services: Services, chosen: str, *, topic: str | None
) -> None:
    """Send what authors allow to be passed on, to whoever asked alone.

    Raises:
        UnknownRoundError: when there is no such onderwerp.

    """
    await repeated(partial(interaction.response.defer, ephemeral=True, thinking=True))
    form = Format(chosen)
    guild_id, comments = interaction.guild_id or 0, services.comments
    of = await comments.rounds.find(topic, guild_id=guild_id) if topic else None

    async def tell(stage: Stage, count: int) -> None:
        said = {
            Stage.READING: texts.READING,
            Stage.DRAWING: texts.drawing(count),
            Stage.WRITING: texts.WRITING,
        }[stage]
        await repeated(partial(interaction.edit_original_response, content=said))

    report = await comments.reporting.gather(guild_id, of, tell)
    file = await asyncio.to_thread(file_of, report, form) if report.rows else None
    said, file = answer_to(report, file, command=_command(guild_id, form, of))

    async def finish() -> None:
        files = [discord.File(io.BytesIO(file.content), filename=file.name)] if file else []
        await interaction.edit_original_response(content=said, attachments=files)

    await repeated(finish)


def answer_to(
    report: Report, file: ExportFile | None, *, command: str, most: int = MOST_MEGABYTES
) -> tuple[str, ExportFile | None]:
    """Return what to say, with the file when there is one that Discord takes."""
    if file is None:
        return texts.nothing(report.left_out), None
    if len(file.content) > most * _MEGABYTE:
        return texts.too_large(most, command), None
    return texts.done(len(report.rows), report.left_out), file


def _command(guild_id: int, form: Format, of: Round | None) -> str:
    topic = f" --topic {of.id}" if of else ""
    file = f"--output {texts.FILE_NAME}.{form.value}"
    return f"python -m bot comments export --format {form.value} --guild {guild_id}{topic} {file}"
