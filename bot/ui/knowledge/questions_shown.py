"""What open questions look like: cards for moderators, answers for askers, the daily reminder."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.dates.wall import wall
from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Mark, Rendered, Showing
from bot.services.guild_settings import OPEN_QUESTION_WAIT
from bot.services.knowledge.open_questions import GroupView, PassedOn
from bot.services.knowledge.question_text import shown
from bot.texts import open_questions as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.markdown import escaped, link, quoted, shortened, unmentioned
from storage.delivery_records import ChannelTarget
from storage.question_records import (
    ModeratorAnswer,
    OpenQuestion,
    OpenQuestionState,
    Outcome,
    QuestionGroup,
)

# The kinds of custom_ids of what hangs below these messages; see `questions_buttons`.
ANSWER: Final = "oq-answer"
LINK: Final = "oq-link"
DECLINE: Final = "oq-no"
LIST: Final = "oq-list"
POST_AGAIN: Final = "oq-card"

_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_NOWHERE: Final = Mark(0)
_BLUE: Final = 0x1F5FA8
_GREEN: Final = 0x2E8B57
_GREY: Final = 0x80848E
_PRIMARY: Final = 1
_COLOURS: Final = {
    OpenQuestionState.OPEN: _BLUE,
    OpenQuestionState.ANSWERED: _GREEN,
    OpenQuestionState.LINKED: _GREEN,
    OpenQuestionState.DECLINED: _GREY,
}
_HEADINGS: Final = {
    OpenQuestionState.ANSWERED: texts.ANSWERED_HEADING,
    OpenQuestionState.LINKED: texts.LINKED_HEADING,
    OpenQuestionState.DECLINED: texts.DECLINED_HEADING,
}
_FENCE: Final = re.compile(r"(?m)^\s*```")
_QUESTION: Final = 300  # characters of a question, escaped
_ANSWER: Final = 2_400  # of 4,096 of an embed's description, with the source below it
_SOURCE: Final = 900
_ON_CARD: Final = 1_000
_WORDINGS: Final = 5
_PEOPLE: Final = 10


async def render_card(services: Services, showing: Showing) -> Rendered | None:
    """Return the card of a group as it is now; None when nobody asks it any more.

    A channel that everybody can read by now keeps no card: it shows who asked what.
    """
    view = await services.open_questions.find(showing.subject_id)
    if view is None or showing.withdrawn or _is_open(services, showing):
        return None
    return card(view, showing.mark)


async def render_answer(services: Services, showing: Showing) -> Rendered | None:
    """Return what an asker gets: below the message in public, or as a private message."""
    found = await services.open_questions.question(showing.subject_id)
    if found is None or showing.withdrawn:
        return None
    question, group = found
    if group.answer is None:
        return None
    in_channel = isinstance(showing.target, ChannelTarget)
    embed = answer_embed(group.answer, question.text, at=group.closed_at or group.asked_at)
    embed["url"] = showing.mark.on_url(_address(group.guild_id, question))
    return Rendered(embeds=(embed,), reply_to=question.message_id if in_channel else None)


async def render_reminder(services: Services, showing: Showing) -> Rendered | None:
    """Return the reminder of what waits longer than the guild wants; None when nothing does."""
    days = await services.guild_settings.value_of(showing.guild_id, OPEN_QUESTION_WAIT)
    before = services.clock.now() - dt.timedelta(days=days)
    async with services.units.reading() as work:
        waiting = await work.question_groups.waiting_since(before, guild_id=showing.guild_id)
    if not waiting or _is_open(services, showing):
        return None
    identity = showing.mark.on_custom_id(custom_id(LIST, 1))
    return Rendered(
        content=texts.reminder(waiting[0].count, days, waiting[0].oldest),
        buttons=(ActionButton(texts.SHOW_ALL, identity, _PRIMARY),),
    )


def passed_on_screen(passed: PassedOn) -> Screen:
    """Tell whoever asks what became of their question, and what comes next."""
    group, is_public = passed.group, passed.question.message_id is not None
    if group.answer is None or group.closed_at is None:
        say = texts.passed_on if passed.is_new else texts.passed_on_before
        return Screen((say(passed.others, is_public=is_public),))
    embed = answer_embed(group.answer, passed.question.text, at=group.closed_at)
    return Screen(
        (texts.closed_before(group.state, group.closed_at),), embed=discord.Embed.from_dict(embed)
    )


def card(view: GroupView, mark: Mark = _NOWHERE) -> Rendered:
    """Return what moderators see of a group: who asks what, and what can be or was done."""
    group = view.group
    embed: dict[str, object] = {
        "title": texts.card_title(group.state, view.asker_count),
        "description": "\n".join(_card_lines(view)),
        "url": mark.on_url(_address(group.guild_id, view.questions[0])),
        "color": _COLOURS[group.state],
    }
    return Rendered(embeds=(embed,), buttons=_card_buttons(group, mark))


def card_screen(view: GroupView) -> Screen:
    """Return the same for one moderator who opened it, with the way back.

    They may have its card posted again: it may have been deleted by hand.
    """
    screen, group = screen_of(card(view), LIST), view.group
    if group.state is OpenQuestionState.OPEN and screen.view is not None:
        identity = custom_id(POST_AGAIN, group.id, group.posts)
        screen.view.add_item(discord.ui.Button(label=texts.POST_AGAIN, custom_id=identity))
    return screen


def screen_of(message: Rendered, *lists: str) -> Screen:
    """Return a message as a screen, with a button to each of these lists."""
    buttons: list[discord.ui.Button[StoredButtons]] = [
        discord.ui.Button(
            label=one.label, custom_id=one.custom_id, style=discord.ButtonStyle(one.style)
        )
        for one in message.buttons
        if isinstance(one, ActionButton)
    ]
    buttons += [
        discord.ui.Button(label=texts.TO_LIST, custom_id=custom_id(kind, 1)) for kind in lists
    ]
    embed = discord.Embed.from_dict(dict(message.embeds[0])) if message.embeds else None
    return Screen((message.content,), StoredButtons(*buttons), embed)


def answer_embed(answer: ModeratorAnswer, question: str, *, at: dt.datetime) -> dict[str, object]:
    """Return what a moderator says to a question, as those who asked see it."""
    lines = [texts.question_line(question_shown(question)), ""]
    if answer.state is OpenQuestionState.DECLINED:
        lines.append(texts.declined(_closed(shortened(unmentioned(answer.text), _ANSWER))))
    else:
        lines.append(_closed(shortened(unmentioned(answer.text), _ANSWER)))
        lines.append(texts.source_line(_source(answer)))
    if answer.state is OpenQuestionState.ANSWERED:
        lines.append(texts.by_moderator(wall(at, _ZONE).date()))
    return {
        "title": _HEADINGS[answer.state],
        "description": "\n".join(lines),
        "color": _COLOURS[answer.state],
    }


def question_shown(text: str) -> str:
    """Return a question as others get to see it; its addresses are left out."""
    return shortened(escaped(shown(text)), _QUESTION)


def _card_lines(view: GroupView) -> Iterator[str]:
    group = view.group
    wordings = tuple(dict.fromkeys(one.text for one in view.questions))
    for one in wordings[:_WORDINGS]:
        yield quoted(shortened(escaped(" ".join(one.split())), _QUESTION))
    if len(wordings) > _WORDINGS:
        yield texts.more_wordings(len(wordings) - _WORDINGS)
    people = tuple(dict.fromkeys(one.asker_id for one in view.questions))
    yield texts.asked_by(people[:_PEOPLE], len(people[_PEOPLE:]), group.asked_at)
    if group.answer is None or group.closed_at is None:
        for author, at in {one.author_id: one.written_at for one in reversed(view.drafts)}.items():
            yield texts.writing(author, at)
        return
    yield texts.closed_by(group.state, group.closed_by, group.closed_at)
    yield quoted(shortened(unmentioned(group.answer.text), _ON_CARD))
    if group.state is not OpenQuestionState.DECLINED:
        yield texts.source_line(_source(group.answer))
    if told := texts.kept(group.keeping, group.state):
        yield told
    yield from _outcome_lines(view.questions)


def _outcome_lines(questions: Sequence[OpenQuestion]) -> Iterator[str]:
    reached = sum(one.outcome in {Outcome.REPLIED, Outcome.MESSAGED} for one in questions)
    yield texts.arrived(reached, len(questions))
    failed = [one.asker_id for one in questions if one.outcome is Outcome.FAILED]
    if failed:
        yield texts.not_arrived(failed[:_PEOPLE])


def _card_buttons(group: QuestionGroup, mark: Mark) -> tuple[ActionButton, ...]:
    if group.state is not OpenQuestionState.OPEN:
        return ()

    def button(label: str, kind: str, style: int = 2) -> ActionButton:
        return ActionButton(label, mark.on_custom_id(custom_id(kind, group.id)), style)

    return (
        button(texts.ANSWER, ANSWER, _PRIMARY),
        button(texts.LINK, LINK),
        button(texts.DECLINE, DECLINE),
    )


def _source(answer: ModeratorAnswer) -> str:
    source = link(answer.source_title or texts.DEFAULT_SOURCE, answer.source_url)
    if len(source) <= _SOURCE:
        return source
    return escaped(shortened(answer.source_title, _SOURCE // 2))


def _closed(text: str) -> str:
    """Return a text whose code, begun and never ended, does not swallow what stands below it."""
    return f"{text}\n```" if len(_FENCE.findall(text)) % 2 else text


def _is_open(services: Services, showing: Showing) -> bool:
    """Whether everybody can read the channel that a message for moderators would stand in."""
    if not isinstance(showing.target, ChannelTarget):
        return False
    channels = services.places.directory.channels_of(showing.guild_id)
    place = next((one for one in channels if one.id == showing.target.channel_id), None)
    return place is not None and place.is_open


def _address(guild_id: int, question: OpenQuestion) -> str:
    """Return where it was asked, for the title to lead to; in private there is only the guild."""
    if question.message_id is None:
        return f"https://discord.com/channels/{guild_id}"
    return f"https://discord.com/channels/{guild_id}/{question.channel_id}/{question.message_id}"
