"""`python -m bot knowledge import`, `export`, `list` and `remove`: a guild's own documents.

What works on databases takes half a second to import, so each command imports it when it runs.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot.adapters.clock import SystemClock
from bot.folders import cache_in
from bot.services.knowledge.importing.errors import ImportGoneError
from bot.services.knowledge.importing.preparing import File, Prepared
from bot.services.knowledge.importing.reading import (
    MAX_BYTES,
    ImportingError,
    Progress,
    UnreadableFileError,
)
from bot.terminal.failures import EXIT_FAILED, EXPECTED, tell
from bot.terminal.guilds import Guild, opened_guild
from bot.terminal.options import settings_or_exit
from bot.texts import importing as import_texts
from bot.texts import terminal_knowledge as texts

if TYPE_CHECKING:
    from bot.services.knowledge.guild_documents import GuildDocuments
    from bot.services.knowledge.importing.imports import Imports

_SUFFIXES: Final = frozenset(
    {".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text"}
)
_GUILD: Final = click.option("--guild", type=int, help=texts.HELP_GUILD)


@click.command(name="import", help=texts.HELP_IMPORT)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@_GUILD
@click.option("--titel", "title", default="", help=texts.HELP_TITLE)
@click.option("--bron", "source", default="", help=texts.HELP_SOURCE)
@click.option("--proef", "is_trial", is_flag=True, help=texts.HELP_TRY)
def import_files(
    paths: Sequence[Path], *, guild: int | None, title: str, source: str, is_trial: bool
) -> None:
    """Take files into a guild's knowledge; exit with 1 when one could not be read."""
    files = list(dict.fromkeys(_files_in(paths)))
    if not files:
        raise click.UsageError(texts.NO_FILES)
    if title and len(files) > 1:
        raise click.UsageError(texts.ONE_TITLE)
    _run(guild, lambda opened: _bring_in(opened, files, title, source, is_trial=is_trial))


@click.command(name="export", help=texts.HELP_EXPORT)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@_GUILD
def export(folder: Path, *, guild: int | None) -> None:
    """Write a guild's own documents to an empty folder, each under its id."""
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(texts.FILLED)
    _run(guild, lambda opened: _export(opened, folder))


@click.command(name="list", help=texts.HELP_LIST)
@_GUILD
def list_documents(*, guild: int | None) -> None:
    """Show a guild's own documents and its imports."""
    _run(guild, _list)


@click.command(name="remove", help=texts.HELP_REMOVE)
@click.argument("number", type=int)
@_GUILD
def remove(number: int, *, guild: int | None) -> None:
    """Take an import out again."""
    _run(guild, lambda opened: _remove(opened, number))


COMMANDS: Final = (import_files, export, list_documents, remove)


def _run(guild: int | None, work: Callable[[Guild], Coroutine[Any, Any, int]]) -> None:
    """Do `work` on the knowledge of a guild, and exit with what it returns."""
    settings = settings_or_exit()

    async def opened() -> int:
        async with opened_guild(settings, guild) as found:
            return await work(found)

    try:
        sys.exit(asyncio.run(opened()))
    except ImportingError as error:
        click.echo(import_texts.sentence(error), err=True)
        sys.exit(EXIT_FAILED)
    except EXPECTED as error:
        sys.exit(tell(error))


async def _documents_of(opened: Guild) -> "tuple[GuildDocuments, Imports]":
    """Return what changes documents; it opens the whole library, which takes a second or two."""
    from bot.adapters import knowledge_files  # noqa: PLC0415 # see the module's docstring
    from bot.adapters.documents.reader import ChildReader  # noqa: PLC0415 # likewise
    from bot.adapters.knowledge_library import open_library  # noqa: PLC0415 # likewise
    from bot.services.knowledge.answering import Thresholds  # noqa: PLC0415 # likewise
    from bot.services.knowledge.guild_documents import GuildDocuments  # noqa: PLC0415 # likewise
    from bot.services.knowledge.importing.imports import Imports  # noqa: PLC0415 # likewise

    settings = opened.settings
    thresholds = Thresholds(answer=settings.answer_threshold, suggest=settings.suggest_threshold)
    library = await asyncio.to_thread(
        lambda: open_library(
            folder=knowledge_files.SHIPPED,
            cache=cache_in(settings.data_dir),
            thresholds=thresholds,
        )
    )
    clock = SystemClock()
    documents = GuildDocuments(opened.units, clock, library)
    return documents, Imports(opened.units, clock, library, documents, reader=ChildReader())


async def _bring_in(
    opened: Guild, paths: Sequence[Path], title: str, source: str, *, is_trial: bool
) -> int:
    from bot.services.knowledge.importing.exchange import (  # noqa: PLC0415 # see above
        Exchange,
        Named,
    )

    documents, imports = await _documents_of(opened)
    read: list[Named] = []
    failed = _Failed()
    files = _files(paths, failed, title=title, source=source)
    number = 0
    async for file, found in imports.look_at_each(opened.guild_id, files, _progress):
        number += 1
        if isinstance(found, UnreadableFileError):
            failed.tell(file.name, import_texts.sentence(found))
            continue
        read.append(Named(Path(file.name).stem, found))
        _tell_read(file.name, found, number=number, count=len(paths))
    if not read or is_trial:
        click.echo(texts.NOTHING)
        return EXIT_FAILED if failed.count else 0
    named = read[0].file.imprint.title if len(read) == 1 else texts.several(len(read))
    done = await Exchange(documents, imports).bring_in(opened.guild_id, read, title=named)
    if done.new is not None:
        click.echo(texts.taken(done.new))
    if done.changed:
        click.echo(texts.changed(done.changed))
    if done.unchanged:
        click.echo(texts.unchanged(done.unchanged))
    if failed.count:
        click.echo(texts.not_all(failed.count), err=True)
    return EXIT_FAILED if failed.count else 0


async def _export(opened: Guild, folder: Path) -> int:
    from bot.services.knowledge.importing.exchange import taken_out  # noqa: PLC0415 # see above

    found = await taken_out(opened.units, opened.guild_id)
    await asyncio.to_thread(_write, folder, found)
    click.echo(texts.exported(len(found), folder))
    return 0


def _write(folder: Path, found: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for document_id, text in found.items():
        (folder / f"{document_id}.md").write_bytes(text.encode())


async def _list(opened: Guild) -> int:
    from bot.services.knowledge.importing.exchange import (  # noqa: PLC0415 # see above
        own_documents,
    )

    own = await own_documents(opened.units, opened.guild_id)
    async with opened.units.reading() as work:
        imports = await work.imports.of_guild(opened.guild_id)
    if not own and not imports:
        click.echo(texts.NO_DOCUMENTS)
        return 0
    click.echo(texts.documents_heading(len(own)))
    for one in own:
        click.echo(texts.document_line(one.document_id, one.title, version=one.version))
    click.echo(texts.imports_heading(len(imports)))
    for made in imports:
        click.echo(texts.import_line(made))
    return 0


async def _remove(opened: Guild, number: int) -> int:
    async with opened.units.reading() as work:
        found = await work.imports.get(number)
    if found is None or found.guild_id != opened.guild_id:
        raise ImportGoneError
    _, imports = await _documents_of(opened)
    await imports.remove(number, guild_id=opened.guild_id, by=None)
    click.echo(texts.removed(number))
    return 0


class _Failed:
    """Counts the files that are not taken in, and says why."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, name: str, why: str) -> None:
        """Say it of one."""
        self.count += 1
        click.echo(texts.not_read(name, why), err=True)


def _files(paths: Sequence[Path], failed: _Failed, *, title: str, source: str) -> Iterator[File]:
    """Yield the files one by one: they are not all in memory."""
    for path in paths:
        try:
            with path.open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
        except OSError as error:
            failed.tell(path.name, texts.unreadable(error.strerror or type(error).__name__))
        else:
            yield File(path.name, content, title=title, source=source)


def _files_in(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = (one for one in sorted(path.rglob("*")) if one.is_file())
            yield from (one for one in inside if one.suffix.lower() in _SUFFIXES)
        else:
            yield path


def _progress(name: str) -> Progress:
    def tell_page(page: int, count: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{texts.reading(name, page, count)}", err=True, nl=False)

    return tell_page


def _tell_read(name: str, found: Prepared, *, number: int, count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{texts.read_one(number, count, name)}\r\033[K", err=True, nl=False)
    known = sum(one is not None for one in found.known)
    click.echo(texts.file_read(name, documents=found.count, passages=len(found.known), known=known))
