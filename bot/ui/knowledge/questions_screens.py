"""The screens on which one moderator answers an open question: list, passages, preview, outcome."""

from typing import Any, Final

import discord

from bot.services.container import Services
from bot.services.knowledge.open_questions import PAGE, GroupView
from bot.services.knowledge.question_answers import Sent, check
from bot.services.knowledge.question_errors import UnusableAnswerError
from bot.services.knowledge.question_keeping import variants_of
from bot.texts import open_questions as texts
from bot.texts.open_questions_errors import sentence
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.knowledge.questions_shown import LIST, answer_embed, question_shown
from bot.ui.markdown import escaped, shortened, split
from storage.question_records import AnswerDraft, OpenQuestionState

# The kinds of custom_ids of what hangs below these screens; see `questions_buttons`.
SEND: Final = "oq-send"
BACK: Final = "oq-back"
PICK: Final = "oq-pick"
FIND: Final = "oq-find"
OPEN: Final = "oq-open"

_LABEL: Final = 100  # characters of an option of a select
_TITLE: Final = 200
_VARIANTS: Final = 3
_Item = discord.ui.Item[Any]


def button(
    label: str,
    kind: str,
    *numbers: int,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> discord.ui.Button[StoredButtons]:
    """Return a button that `questions_buttons` answers."""
    return discord.ui.Button(label=label, style=style, custom_id=custom_id(kind, *numbers))


async def list_screen(services: Services, guild_id: int, *, number: int = 1) -> Screen:
    """Return a page of what waits, the oldest first, with a menu to open one."""
    page = await services.open_questions.page(guild_id, number=number)
    if not page.items:
        return Screen((texts.EMPTY,))
    lines = [texts.list_heading(page.total, page=page.number, pages=page.count)]
    options: list[discord.SelectOption] = []
    for place, view in enumerate(page.items, start=(page.number - 1) * PAGE + 1):
        text = view.questions[0].text
        asked = view.group.asked_at
        lines.append(
            texts.list_item(place, question_shown(text), people=view.asker_count, since=asked)
        )
        label = shortened(f"{place}. {' '.join(text.split())}", _LABEL)
        options.append(discord.SelectOption(label=label, value=str(view.group.id)))
    items: list[_Item] = [
        discord.ui.Select(
            custom_id=custom_id(OPEN), placeholder=texts.OPEN_PLACEHOLDER, options=options
        )
    ]
    if page.number > 1:
        items.append(button(texts.PREVIOUS_PAGE, LIST, page.number - 1))
    if page.number < page.count:
        items.append(button(texts.NEXT_PAGE, LIST, page.number + 1))
    return Screen(tuple(split("\n".join(lines))), StoredButtons(*items))


async def link_screen(services: Services, view: GroupView, *, words: str | None = None) -> Screen:
    """Offer the passages that come nearest to a question, or to other words."""
    group, question = view.group, view.questions[0].text
    found = await services.open_answering.linking.matches(group.guild_id, words or question)
    heading = texts.link_heading(question_shown(question))
    again = button(texts.SEARCH, FIND, group.id)
    if not found:
        return Screen((f"{heading}\n{texts.NO_MATCH}",), StoredButtons(again))
    menu: discord.ui.Select[StoredButtons] = discord.ui.Select(
        custom_id=custom_id(PICK, group.id),
        placeholder=texts.PASSAGE_PLACEHOLDER,
        options=[
            discord.SelectOption(
                label=shortened(
                    f"{one.title}: {one.heading}" if one.heading else one.title, _LABEL
                ),
                description=shortened(" ".join(one.text.split()), _LABEL),
                value=f"{one.section}/{one.document_id}",
            )
            for one in found
            if len(one.document_id) <= _LABEL - len("999/")
        ],
    )
    return Screen((heading,), StoredButtons(menu, again))


def preview_screen(services: Services, draft: AnswerDraft, view: GroupView) -> Screen:
    """Show a draft as askers will see it, or what is wrong with it; it is kept either way."""
    try:
        check(draft.answer)
    except UnusableAnswerError as error:
        go_on = button(texts.GO_ON, BACK, draft.id)
        return Screen((f"{sentence(error)} {texts.KEPT_AS_DRAFT}",), StoredButtons(go_on))
    embed = answer_embed(draft.answer, view.questions[0].text, at=services.clock.now())
    return Screen(
        tuple(split("\n".join(_outlook(draft, view)))),
        StoredButtons(*_choices(draft)),
        discord.Embed.from_dict(embed),
    )


def sent_screen(sent: Sent) -> Screen:
    """Say what was sent to how many, and whether it is kept."""
    text = texts.sent(sent.people, sent.group.keeping, sent.group.state)
    return Screen((text,), StoredButtons(button(texts.TO_LIST, LIST, 1)))


def _outlook(draft: AnswerDraft, view: GroupView) -> list[str]:
    state, people = draft.answer.state, view.asker_count
    variants = [escaped(one) for one in variants_of(view.questions)[:_VARIANTS]]
    if state is OpenQuestionState.DECLINED:
        return [texts.preview_declined(people)]
    if not variants:
        return [texts.preview(people)]
    if state is OpenQuestionState.LINKED:
        title = shortened(escaped(draft.answer.source_title), _TITLE)
        return [texts.preview(people), texts.added_to(title, variants)]
    return [texts.preview(people), texts.kept_under(variants)]


def _choices(draft: AnswerDraft) -> list[_Item]:
    green = discord.ButtonStyle.success
    identity = (draft.id, draft.version)
    both = {
        OpenQuestionState.ANSWERED: (texts.SEND_AND_KEEP, texts.SEND_ONLY),
        OpenQuestionState.LINKED: (texts.SEND_AND_ADD, texts.SEND),
    }
    back = button(texts.BACK, BACK, draft.id)
    if draft.answer.state not in both:
        return [button(texts.SEND, SEND, *identity, 0, style=green), back]
    keeping, only = both[draft.answer.state]
    # Adding to what exists is the exception, keeping what is new the rule.
    is_new = draft.answer.state is OpenQuestionState.ANSWERED
    items = [button(keeping, SEND, *identity, 1), button(only, SEND, *identity, 0)]
    first = items[0] if is_new else items[1]
    first.style = green
    return [first, *(one for one in items if one is not first), back]
