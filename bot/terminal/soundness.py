"""Whether database, token, knowledge base and data folder are sound. Looks, and changes nothing."""

import base64
import binascii
import enum
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.adapters import knowledge_files, timeline_file
from bot.discord_chat import identify
from bot.errors import ChatError, DataFolderUnusableError
from bot.services.knowledge.checks import check as check_documents
from bot.texts import failures, operator
from bot.texts import knowledge as knowledge_texts
from bot.texts import soundness as texts
from config.settings import Settings, variable_of
from storage.address import SqliteAddress, parse_address
from storage.check import check as check_database
from storage.errors import StorageError

LEAST_FREE: Final = 200_000_000  # bytes: room for a backup of a few years and the index
# https://discord.com/developers/docs/reference#authentication: the bot's id, a moment, a signature.
_TOKEN: Final = re.compile(r"(?P<id>[\w-]{18,32})\.[\w-]{6,7}\.[\w-]{27,}")


class Grade(enum.Enum):
    """How a part was found."""

    SOUND = "sound"
    NOTABLE = "notable"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part, as a sentence."""

    grade: Grade
    text: str


async def findings(
    settings: Settings, *, online: bool, knowledge: Path = knowledge_files.SHIPPED
) -> tuple[Finding, ...]:
    """Look at every part; `online` also asks Discord whose token it is."""
    return (
        *await _database(settings),
        await _token(settings, online=online),
        *_knowledge(knowledge),
        *_timeline(),
        _data_folder(settings),
    )


async def _database(settings: Settings) -> list[Finding]:
    url = settings.effective_database_url
    try:
        address = parse_address(url)
        if isinstance(address, SqliteAddress) and not address.path.exists():
            return [Finding(Grade.NOTABLE, texts.database(texts.database_absent()))]
        report = await check_database(url)
    except StorageError as error:
        return [Finding(Grade.WRONG, texts.database(failures.storage_problem(error)))]
    revision = operator.revision(report.revision, head=report.head)
    text = texts.database(texts.database_reached(revision))
    if report.revision != report.head:
        # Tables of another revision differ by definition; starting upgrades them.
        found = [Finding(Grade.NOTABLE, text)]
    else:
        found = [Finding(Grade.SOUND, text)] if report.is_sound else []
        found += [
            Finding(Grade.WRONG, texts.database(operator.difference(one)))
            for one in report.differences
        ]
    return found + [
        Finding(Grade.WRONG, texts.database(operator.damage(one))) for one in report.damage
    ]


async def _token(settings: Settings, *, online: bool) -> Finding:
    token = settings.token
    if token is None:
        if settings.database_url is not None or settings.sandbox is False:
            return Finding(Grade.WRONG, texts.token(operator.token_missing()))
        return Finding(Grade.NOTABLE, texts.token(texts.token_absent()))
    if not _has_shape(token):
        return Finding(Grade.WRONG, texts.token(texts.token_misshapen()))
    if not online:
        return Finding(Grade.SOUND, texts.token(texts.token_shaped()))
    try:
        name = await identify(token)
    except ChatError as error:
        return Finding(Grade.WRONG, texts.token(failures.start_problem(error)))
    return Finding(Grade.SOUND, texts.token(texts.token_of(name)))


def _has_shape(token: str) -> bool:
    shape = _TOKEN.fullmatch(token)
    if shape is None:
        return False
    encoded = shape["id"]
    try:
        decoded = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except binascii.Error:
        return False
    return decoded.isdigit()


def _knowledge(folder: Path) -> Iterator[Finding]:
    shelf = knowledge_files.read(folder)
    problems = (*shelf.problems, *check_documents(shelf.documents))
    for problem in problems:
        text = texts.knowledge(knowledge_texts.problem(problem))
        yield Finding(Grade.WRONG, text)
    if not problems:
        passages = sum(len(document.sections) for document in shelf.documents)
        text = texts.knowledge_holds(documents=len(shelf.documents), passages=passages)
        yield Finding(Grade.SOUND, texts.knowledge(text))


def _timeline() -> Iterator[Finding]:
    found = timeline_file.read()
    for problem in found.problems:
        yield Finding(Grade.WRONG, texts.timeline(knowledge_texts.problem(problem)))
    if not found.problems:
        yield Finding(Grade.SOUND, texts.timeline(texts.timeline_holds(len(found.milestones))))


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    try:
        _try_to_write(folder)
        free = shutil.disk_usage(_nearest(folder)).free
    except OSError as error:
        problem = DataFolderUnusableError(
            folder=folder,
            variable=variable_of("data_dir"),
            reason=error.strerror or type(error).__name__,
        )
        return Finding(Grade.WRONG, texts.data_folder(failures.start_problem(problem)))
    if free < LEAST_FREE:
        return Finding(Grade.WRONG, texts.data_folder(texts.hardly_room(folder, free_bytes=free)))
    return Finding(Grade.SOUND, texts.data_folder(texts.room(folder, free_bytes=free)))


def _try_to_write(folder: Path) -> None:
    """Write a file without a name, or see whether the folder could be made.

    Raises:
        OSError: when it cannot be written to.

    """
    if folder.exists():
        with tempfile.TemporaryFile(dir=folder):
            return
    parent = _nearest(folder)
    if not parent.is_dir():
        raise NotADirectoryError(0, os.strerror(20))
    if not os.access(parent, os.W_OK | os.X_OK):
        raise PermissionError(0, os.strerror(13))


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
