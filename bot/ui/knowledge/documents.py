"""The documents of a guild on the screen: one in full, its history, what was found in them."""

from collections.abc import Iterable
from typing import Any, Final

import discord

from bot.search.documents import Document, Origin, Section
from bot.services.container import Services
from bot.services.knowledge.differences import Change, Difference, Piece, difference
from bot.services.knowledge.documents_errors import UnsoundDocumentError
from bot.services.knowledge.markdown import parse
from bot.texts import knowledge as problem_texts
from bot.texts import knowledge_documents as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.knowledge import document_ids as ids
from bot.ui.knowledge.document_ids import number_of
from bot.ui.markdown import escaped, quoted, shortened, unmentioned
from storage.document_records import DocumentVersion

_TITLE: Final = 200
_EXCERPT: Final = 110
_LABEL: Final = 100
_MENU: Final = 25
_LINES: Final = 10
_ROOM: Final = 1_500
_MESSAGE: Final = 1_900
_PROBLEMS: Final = 10
_HITS: Final = 5
_GREY: Final = discord.ButtonStyle.secondary
_RED: Final = discord.ButtonStyle.danger
_GREEN: Final = discord.ButtonStyle.success


def parsed(version: DocumentVersion) -> Document:
    """Return the document that a version holds, empty when it holds none."""
    return parse(version.text or "", document_id=version.document_id, origin=Origin.MODERATOR)


async def document_screen(services: Services, version: DocumentVersion) -> Screen:
    """Return a document with its parts and what can be done with it."""
    listed = {
        one.document_id: one for one in await services.guild_documents.listed(version.guild_id)
    }
    about = listed.get(version.document_id)
    is_shipped, is_outdated = (about.is_shipped, about.is_outdated) if about else (False, False)
    said = texts.state(version, is_shipped=is_shipped)
    lines = [texts.heading(_title(version), version=version.version, state=said)]
    if version.is_removed:
        view = StoredButtons(
            button(texts.RESTORE, ids.RESTORE, version, style=_GREEN), history_button(version)
        )
        return Screen(("\n".join(lines),), view)
    document = parsed(version)
    if is_outdated:
        lines.append(texts.OUTDATED)
    lines += [
        texts.section(number, escaped(_heading(one)), _excerpt(one.text))
        for number, one in enumerate(document.sections, start=1)
    ]
    items: list[discord.ui.Item[Any]] = [_section_menu(version, document)]
    if is_outdated:
        items.append(button(texts.TAKE_SHIPPED, ids.RESET, version, style=_GREEN))
        items.append(button(texts.KEEP_OWN, ids.KEEP, version))
    items.append(
        discord.ui.Button(
            label=texts.DOWNLOAD,
            custom_id=custom_id(ids.DOWNLOAD, number_of(version.document_id)),
            style=_GREY,
        )
    )
    items.append(history_button(version))
    items.append(button(texts.REMOVE, ids.REMOVE, version, style=_RED))
    return Screen((shortened("\n".join(lines), _MESSAGE),), StoredButtons(*items))


def saved_screen(before: DocumentVersion | None, after: DocumentVersion) -> Screen:
    """Say that a change is in use, what it is, and offer the way back."""
    lines = [texts.saved(_title(after), after.version)]
    if before is not None and before.text is not None and after.text is not None:
        lines.append(difference_shown(difference(readable(before), readable(after), room=_ROOM)))
    items = [history_button(after)]
    if before is not None:
        items.insert(0, revert_button(texts.UNDO, after, to=before.version))
    return Screen(("\n".join(filter(None, lines)),), StoredButtons(*items))


async def history_screen(services: Services, version: DocumentVersion) -> Screen:
    """Return every version of a document, the newest first, with a menu to look at one."""
    found = await services.guild_documents.history(version.guild_id, version.document_id)
    lines = [texts.version_line(one) for one in found[:_LINES]]
    said = texts.history(_title(version), lines, more=max(0, len(found) - _LINES))
    menu = discord.ui.Select[Any](
        custom_id=custom_id(ids.VERSION, number_of(version.document_id)),
        placeholder=texts.OPEN_VERSION,
        options=[
            discord.SelectOption(label=texts.version_label(one)[:_LABEL], value=str(one.version))
            for one in found[:_MENU]
        ],
    )
    return Screen((shortened(said, _MESSAGE),), StoredButtons(menu))


async def version_screen(services: Services, newest: DocumentVersion, wanted: int) -> Screen:
    """Return what one version changed, with the way back to it."""
    found = await services.guild_documents.history(newest.guild_id, newest.document_id)
    place = next((at for at, one in enumerate(found) if one.version == wanted), 0)
    one = found[place]
    before = found[place + 1] if place + 1 < len(found) else None
    lines = [texts.version_line(one)]
    if before is not None:
        lines.append(texts.compared(one.version, before.version))
        lines.append(difference_shown(difference(readable(before), readable(one), room=_ROOM)))
    else:
        lines.append(quoted(escaped(shortened(readable(one), _ROOM // 2))))
    view = None
    if one.version != newest.version and not one.is_removed:
        view = StoredButtons(revert_button(texts.BACK_TO, newest, to=one.version))
    return Screen(("\n".join(filter(None, lines)),), view)


async def search_screen(services: Services, guild_id: int, words: str) -> Screen:
    """Return the passages that are about some words, with a menu to open their documents."""
    edition = await services.library.ready(guild_id)
    passages = edition.answerer.ranking(words)[:_HITS]
    if not passages:
        return Screen((texts.NOTHING_FOUND,))
    lines = [
        texts.hit(
            escaped(_hit_title(one.document, one.section)),
            _excerpt(one.section.text),
            by_guild=one.document.origin is not Origin.SHIPPED,
        )
        for one in passages
    ]
    documents = {one.document.id: one.document.title for one in passages}
    menu = discord.ui.Select[Any](
        custom_id=custom_id(ids.OPEN),
        placeholder=texts.OPEN_DOCUMENT,
        options=[
            discord.SelectOption(label=title[:_LABEL], value=str(number_of(one)))
            for one, title in documents.items()
        ],
    )
    said = texts.found(shortened(escaped(words), _LABEL), lines)
    return Screen((shortened(said, _MESSAGE),), StoredButtons(menu))


def problems_screen(error: UnsoundDocumentError) -> Screen:
    """Say what is wrong with a text, line by line."""
    lines = [
        texts.problem_line(one.line, shortened(escaped(problem_texts.problem(one)), _TITLE))
        for one in error.problems[:_PROBLEMS]
    ]
    return Screen((shortened(texts.problems(lines), _MESSAGE),))


def button(
    label: str, kind: str, version: DocumentVersion, *, style: discord.ButtonStyle = _GREY
) -> discord.ui.Button[Any]:
    """Return a button about a document as of the version that is shown."""
    identity = custom_id(kind, number_of(version.document_id), version.version)
    return discord.ui.Button(label=label, custom_id=identity, style=style)


def history_button(version: DocumentVersion) -> discord.ui.Button[Any]:
    """Return **Historie**."""
    identity = custom_id(ids.HISTORY, number_of(version.document_id))
    return discord.ui.Button(label=texts.HISTORY, custom_id=identity, style=_GREY)


def revert_button(label: str, newest: DocumentVersion, *, to: int) -> discord.ui.Button[Any]:
    """Return the button that writes an earlier version again."""
    identity = custom_id(ids.REVERT, number_of(newest.document_id), to, newest.version)
    return discord.ui.Button(label=label, custom_id=identity, style=_GREY)


def _section_menu(version: DocumentVersion, document: Document) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id=custom_id(ids.SECTION, number_of(version.document_id), version.version),
        placeholder=texts.EDIT_SECTION,
        options=[
            discord.SelectOption(label=f"{number + 1}. {_heading(one)}"[:_LABEL], value=str(number))
            for number, one in enumerate(document.sections[:_MENU])
        ],
    )


def readable(version: DocumentVersion) -> str:
    """Return what people read of a version, without the marks of its format."""
    return "" if version.text is None else readable_text(version.text)


def readable_text(text: str) -> str:
    """Return what people read of a document's Markdown."""
    document = parse(text, document_id="", origin=Origin.MODERATOR)
    parts = [document.title]
    for one in document.sections:
        parts += [one.heading, one.text, *(f"? {question}" for question in one.questions)]
    return "\n\n".join(filter(None, parts))


def difference_shown(found: Difference, *, most: int = _ROOM) -> str:
    """Return a difference in `most` characters: what went struck through, what came in bold."""
    lines = ["".join(_pieces(one.pieces)) for one in found.paragraphs]
    if not lines:
        return texts.NO_CHANGE
    if found.left_out:
        lines.append(texts.left_out(found.left_out))
    # What is escaped or marked is longer than what was counted.
    return shortened(quoted("\n".join(lines)), most)


def _pieces(pieces: Iterable[Piece]) -> Iterable[str]:
    for one in pieces:
        said = escaped(one.text.replace("\n", " "))
        match one.change:
            case Change.ADDED:
                yield f"**{said}** "
            case Change.REMOVED:
                yield f"~~{said}~~ "
            case Change.SAME:
                yield f"{said} "


def _title(version: DocumentVersion) -> str:
    return shortened(escaped(version.title), _TITLE)


def _heading(section: Section) -> str:
    return section.heading or texts.FIRST_SECTION


def _hit_title(document: Document, section: Section) -> str:
    return f"{document.title}: {section.heading}" if section.heading else document.title


def _excerpt(text: str) -> str:
    return unmentioned(shortened(" ".join(text.split()), _EXCERPT))
