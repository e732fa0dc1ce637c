"""The forms in which moderators write knowledge; all outlive a restart. Nothing typed is lost."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import discord

from bot.checks import require
from bot.errors import MemberError
from bot.logs import unexpected
from bot.search.documents import Section
from bot.services.container import Services
from bot.services.knowledge.conflicts import BeatenAgainError, Conflict, lines_of
from bot.services.knowledge.documents_errors import DocumentChangedError, UnsoundDocumentError
from bot.services.knowledge.drafting import draft_document, markdown_of
from bot.services.knowledge.importing.preparing import File
from bot.services.knowledge.terms import MAX_MEANING, MAX_NAME, KeptTerm
from bot.services.knowledge.terms import id_of as term_id
from bot.services.places import Standing
from bot.texts import errors as error_texts
from bot.texts import knowledge_conflicts as conflict_texts
from bot.texts import knowledge_documents as texts
from bot.texts.errors import sentence
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.giving_back import given_back
from bot.ui.host import host_of
from bot.ui.knowledge.conflict_screens import conflict_screen
from bot.ui.knowledge.document_ids import document_of, number_of
from bot.ui.knowledge.documents import parsed, problems_screen, saved_screen
from bot.ui.knowledge.importing import preview_screen
from bot.ui.markdown import escaped
from bot.ui.payloads import typed_in
from storage.document_records import DocumentDraft, DocumentVersion
from storage.errors import StorageError

MAX_BODY: Final = 4_000  # what a text input takes
_ADD: Final = "kd-new"
_PART: Final = "kd-text"  # document, version, section
_TERM: Final = "kd-term"  # version, 0: new
_TOGETHER: Final = "kd-join"  # draft, version
_TITLE: Final = 150
MAX_QUESTIONS: Final = 1_500
_SOURCE: Final = 200
_LINK: Final = 500
_FIELDS: Final = ("title", "body", "questions", "source", "link", "name", "meaning", "also")

_Work = Callable[
    [Services, discord.Interaction[Any], Mapping[str, int], Mapping[str, str]], Awaitable[Screen]
]


def add_form() -> StoredForm:
    """Return the form for a new document."""
    form = StoredForm(title=texts.ADD_TITLE, identity=custom_id(_ADD))
    form.add_item(_input("title", texts.TITLE_LABEL, most=_TITLE))
    form.add_item(_input("body", texts.BODY_LABEL, hint=texts.BODY_HINT, most=MAX_BODY, long=True))
    form.add_item(_questions(""))
    form.add_item(_input("source", texts.SOURCE_LABEL, hint=texts.SOURCE_HINT, most=_SOURCE))
    form.add_item(_input("link", texts.LINK_LABEL, most=_LINK, required=False))
    return form


def section_form(version: DocumentVersion, number: int, section: Section) -> StoredForm:
    """Return the form to change one part of a document."""
    identity = custom_id(_PART, number_of(version.document_id), version.version, number)
    form = StoredForm(title=texts.SECTION_TITLE, identity=identity)
    heading = (section.heading or texts.FIRST_SECTION)[:100]
    form.add_item(
        _input("body", texts.BODY_LABEL, hint=heading, most=MAX_BODY, long=True, now=section.text)
    )
    form.add_item(_questions("\n".join(section.questions)))
    return form


def together_form(conflict: Conflict, *, body: str, questions: str) -> StoredForm:
    """Return the form for a part that two people changed, with what both made of it."""
    identity = custom_id(_TOGETHER, conflict.draft.id, conflict.current.version)
    form = StoredForm(title=conflict_texts.TOGETHER_TITLE, identity=identity)
    hint = conflict_texts.TOGETHER_HINT
    form.add_item(_input("body", texts.BODY_LABEL, hint=hint, most=MAX_BODY, long=True, now=body))
    form.add_item(_questions(questions))
    return form


def term_form(name: str, kept: tuple[KeptTerm, DocumentVersion] | None) -> StoredForm:
    """Return the form for a term, with what it says now if there is one."""
    term = kept[0].term if kept else None
    version = kept[1].version if kept else 0
    form = StoredForm(title=texts.TERM_TITLE, identity=custom_id(_TERM, version))
    form.add_item(
        _input("name", texts.TERM_TITLE, most=MAX_NAME, now=term.name if term else name[:MAX_NAME])
    )
    form.add_item(
        _input(
            "meaning",
            texts.MEANING_LABEL,
            most=MAX_MEANING,
            long=True,
            now=term.meaning if term else "",
        )
    )
    also = ", ".join(term.also) if term else ""
    form.add_item(_input("also", texts.ALSO_LABEL, most=MAX_QUESTIONS, required=False, now=also))
    return form


def _questions(now: str) -> discord.ui.Label[Any]:
    return _input(
        "questions",
        texts.QUESTIONS_LABEL,
        hint=texts.QUESTIONS_HINT,
        most=MAX_QUESTIONS,
        long=True,
        required=False,
        now=now,
    )


def _input(  # noqa: PLR0913 -- a field of a form, each trait by name
    name: str,
    label: str,
    *,
    most: int,
    hint: str | None = None,
    long: bool = False,
    required: bool = True,
    now: str = "",
) -> discord.ui.Label[Any]:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.TextInput(
            custom_id=name,
            style=style,
            max_length=most,
            required=required,
            default=now[:most] or None,
        ),
    )


async def _added(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    """Keep what was typed as something that waits for a yes, and show it."""
    del numbers
    text = draft_document(
        typed["title"],
        typed["body"],
        source_title=typed["source"],
        source_url=typed["link"].strip(),
        date=services.clock.now().date(),
        questions=lines_of(typed["questions"]),
    )
    title, source = typed["title"].strip(), typed["source"].strip()
    file = File("kennis.md", text.encode(), title=title, source=source)
    preview = await services.imports.prepare(
        interaction.guild_id or 0, file, _unseen, by=interaction.user.id
    )
    return preview_screen(preview, is_typed=True)


def _unseen(done: int, of: int) -> None:
    """Tell nobody how far it is: it takes no time."""


async def _part_changed(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    guild_id, place, by = interaction.guild_id or 0, numbers["section"], interaction.user.id
    current = await document_of(services, guild_id, numbers["document"])
    late = DocumentDraft(
        guild_id, current.document_id, by, numbers["version"], place,
        body=typed["body"], questions=typed["questions"], written_at=services.clock.now(),
    )  # fmt: skip
    if current.version != numbers["version"]:
        return conflict_screen(await services.document_conflicts.keep(late))
    document = parsed(current)
    if place >= len(document.sections):
        return given_back(texts.SECTION_GONE, (typed["body"],))
    sections = list(document.sections)
    sections[place] = replace(
        sections[place], text=typed["body"], questions=lines_of(typed["questions"])
    )
    text = markdown_of(replace(document, sections=tuple(sections)))
    try:
        after = await services.guild_documents.edit(
            guild_id, current.document_id, text, based_on=current.version, actor_id=by
        )
    except DocumentChangedError:
        return conflict_screen(await services.document_conflicts.keep(late))
    return saved_screen(current, after)


async def _taken_together(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    try:
        before, after = await services.document_conflicts.take_other(
            numbers["draft"],
            body=typed["body"],
            questions=typed["questions"],
            shown=numbers["version"],
            guild_id=interaction.guild_id or 0,
            by=interaction.user.id,
        )
    except BeatenAgainError as error:
        return conflict_screen(error.conflict)
    return saved_screen(before if before.version != after.version else None, after)


async def _term_kept(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    guild_id, name = interaction.guild_id or 0, typed["name"]
    found = await services.guild_documents.newest(guild_id, term_id(name))
    version = numbers["version"] or None
    if version is None and found is not None and found.is_removed:
        version = found.version  # one that was taken out comes back with what was typed now
    after = await services.terms.put(
        guild_id,
        name,
        typed["meaning"],
        [one.strip() for one in typed["also"].split(",") if one.strip()],
        actor_id=interaction.user.id,
        source_title=texts.TERM_SOURCE,
        based_on=version,
    )
    screen = saved_screen(None, after)

    return replace(screen, parts=(texts.term_saved(escaped(" ".join(name.split()))),))


def _submit(work: _Work) -> Submit:
    async def submitted(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
        found = typed_in(interaction)
        typed = {name: found.get(name, "") for name in _FIELDS}

        async def screen() -> Screen:
            await require(interaction, Standing.MODERATOR)
            try:
                return await work(host_of(interaction).services, interaction, numbers, typed)
            except UnsoundDocumentError as error:
                return given_back(problems_screen(error).parts[0], typed.values())
            except MemberError as error:
                return given_back(sentence(error), typed.values())
            except StorageError as error:
                code = unexpected("knowledge_form_failed", error=error)
                return given_back(error_texts.unexpected(code), typed.values())

        await show(
            interaction, await in_time(interaction, screen(), ephemeral=True), ephemeral=True
        )

    return submitted


DOCUMENT_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template(_ADD)): _submit(_added),
    re.compile(template(_PART, "document", "version", "section")): _submit(_part_changed),
    re.compile(template(_TERM, "version")): _submit(_term_kept),
    re.compile(template(_TOGETHER, "draft", "version")): _submit(_taken_together),
}
