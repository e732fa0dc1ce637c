"""`/kennis importeren`: a file is fetched, read and shown, and waits for a yes."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any, Final, TypeVar

import discord

from bot.adapters.attachments import fetched
from bot.errors import MemberError
from bot.services.knowledge.importing.imports import Preview
from bot.services.knowledge.importing.preparing import Excerpt, File
from bot.services.knowledge.importing.reading import MAX_BYTES, ReadProblem, UnreadableFileError
from bot.texts import errors as error_texts
from bot.texts import importing as texts
from bot.ui.acknowledging import Screen, StoredButtons, repeated
from bot.ui.custom_ids import custom_id
from bot.ui.host import host_of
from bot.ui.markdown import escaped, quoted, shortened
from storage.import_records import Import, ImportState

TAKE: Final = "im-take"
DROP: Final = "im-drop"
REMOVE: Final = "im-out"
_EVERY: Final = 2.0  # seconds between two edits that tell how far the reading is
_EXCERPT: Final = 300  # characters
_NAME: Final = 100
_TITLES: Final = 3
_Result = TypeVar("_Result")


async def import_file(
    interaction: discord.Interaction[Any],
    attachment: discord.Attachment,
    *,
    title: str,
    source: str,
) -> None:
    """Read what was attached and show what it becomes; however it fails, a sentence says why."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    told = _Told()
    try:
        file = File(attachment.filename, await _content_of(attachment), title=title, source=source)
        work = host_of(interaction).services.imports.prepare(
            interaction.guild_id or 0, file, told.progress, by=interaction.user.id
        )
        preview = await _watched(interaction, work, told)
    except MemberError as error:
        await replace(interaction, Screen((error_texts.sentence(error),)))
    except Exception:
        await replace(interaction, Screen((texts.STOPPED,)))
        raise
    else:
        await replace(interaction, preview_screen(preview))


async def _content_of(attachment: discord.Attachment) -> bytes:
    if attachment.size > MAX_BYTES:
        raise UnreadableFileError(ReadProblem.TOO_LARGE)
    return await fetched(attachment.url, most=MAX_BYTES)


async def replace(interaction: discord.Interaction[Any], screen: Screen) -> None:
    """Show a screen in the place of what the interaction shows."""
    (content,) = screen.parts
    await repeated(
        lambda: interaction.edit_original_response(
            content=content, view=screen.view, allowed_mentions=discord.AllowedMentions.none()
        )
    )


def preview_screen(preview: Preview, *, is_typed: bool = False) -> Screen:
    """Return what an import becomes, with the buttons that decide on it.

    `is_typed`: it was typed in a form, and whoever did knows of no file.
    """
    file, waiting = preview.file, preview.waiting
    return Screen(
        (shortened("\n".join(_lines(preview, is_typed=is_typed)), 1_900),),
        waiting_buttons(waiting.id, has_known=bool(file.known_titles), before=preview.before),
    )


def waiting_buttons(
    import_id: int, *, has_known: bool, before: Import | None = None
) -> StoredButtons:
    """Return the buttons below an import that waits."""
    style = discord.ButtonStyle
    buttons = [_button(texts.TAKE, custom_id(TAKE, import_id, 0), style.success)]
    if has_known:
        buttons.append(_button(texts.TAKE_NEW, custom_id(TAKE, import_id, 1), style.primary))
    buttons.append(_button(texts.DROP, custom_id(DROP, import_id), style.secondary))
    if before is not None:
        buttons.append(_button(texts.REMOVE_BEFORE, custom_id(REMOVE, before.id), style.danger))
    return StoredButtons(*buttons)


def decided_screen(found: Import, *, by: int) -> Screen:
    """Return what became of an import: to who did it, and to others with the name of who did."""
    is_own = found.actor_id == by
    title = escaped(shortened(found.title, _NAME))
    match found.state:
        case ImportState.TAKEN:
            said = texts.taken(title, documents=found.documents) if is_own else texts.decided(found)
            remove = _button(
                texts.REMOVE, custom_id(REMOVE, found.id), discord.ButtonStyle.secondary
            )
            return Screen((said,), StoredButtons(remove))
        case ImportState.DROPPED if is_own:
            return Screen((texts.DROPPED,))
        case ImportState.REMOVED if is_own:
            return Screen((texts.removed(title),))
        case ImportState.TAKING if is_own:
            return Screen((texts.TAKING,))
        case _:
            return Screen((texts.decided(found),))


def _lines(preview: Preview, *, is_typed: bool) -> Iterator[str]:
    file = preview.file
    read, imprint, passages = file.read, file.imprint, file.passages
    yield f"**{escaped(shortened(imprint.title, _NAME))}**"
    if not is_typed:
        name = escaped(shortened(preview.waiting.file_name, _NAME))
        yield texts.file_line(name, read.kind, pages=read.pages)
    yield texts.source_line(escaped(shortened(imprint.source, _NAME)), imprint.date)
    yield texts.becomes(documents=file.count, passages=len(passages))
    if read.ready and not is_typed:
        yield texts.READY
    if preview.before is not None:
        yield texts.before(preview.before)
    titles = file.known_titles
    if titles:
        named = [(escaped(shortened(title, 80)), count) for title, count in titles[:_TITLES]]
        yield texts.known(named, more=max(len(titles) - _TITLES, 0))
    if read.left_out:
        yield texts.left_out(read.left_out)
    if read.empty_pages:
        yield texts.empty_pages(read.empty_pages)
    yield texts.first_passage(passages[0].page)
    yield _excerpt(passages[0])
    if len(passages) > 1:
        yield texts.last_passage(passages[-1].page)
        yield _excerpt(passages[-1])
    yield texts.TYPED_WAITS if is_typed else texts.WAITS


def _excerpt(passage: Excerpt) -> str:
    return quoted(escaped(shortened(" ".join(passage.text.split()), _EXCERPT)))


def _button(label: str, identity: str, style: discord.ButtonStyle) -> discord.ui.Button[Any]:
    return discord.ui.Button(label=label, custom_id=identity, style=style)


class _Told:
    """How far the reading is, as far as it was told."""

    def __init__(self) -> None:
        self.text = texts.READING

    def progress(self, page: int, count: int) -> None:
        """Remember it."""
        self.text = texts.page(page, count)


async def _watched(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, _Result], told: _Told
) -> _Result:
    """Return what `work` gives, and show every two seconds how far it is."""
    task = asyncio.ensure_future(work)
    shown = ""
    try:
        while not (await asyncio.wait({task}, timeout=_EVERY))[0]:
            if told.text != shown:
                shown = told.text
                await replace(interaction, Screen((shown,)))
        return await task
    finally:
        task.cancel()
