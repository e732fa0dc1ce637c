"""A conversation in the terminal: follow-ups, sources, options, a polite end."""

import importlib
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import cast

import click

from bot.search.documents import Document
from bot.services.knowledge.answering import MAX_LENGTH, Answerer
from bot.services.knowledge.answers import Answered, Reply, Suggested
from bot.texts import knowledge as texts
from bot.texts import terminal as terminal_texts

_QUIT = frozenset({"/stop", "/quit", "/exit", "stop", "quit", "exit", "doei", "tot ziens"})


def converse(answerer: Answerer, *, options: tuple[Document, ...] = ()) -> None:
    """Talk until the person stops, closes the terminal or interrupts."""
    talk = Talk(answerer, options=options)
    is_terminal = sys.stdin.isatty()
    typed = cast("io.TextIOWrapper", sys.stdin)
    typed.reconfigure(errors="replace")  # a stray byte is no reason to stop talking
    if is_terminal:
        _keep_history()
        click.echo(terminal_texts.WELCOME)
    for line in _lines(is_terminal=is_terminal):
        if line.strip().casefold() in _QUIT:
            break
        for shown in talk.say(line):
            click.echo(shown)
        click.echo()
    if is_terminal:
        click.echo(terminal_texts.GOODBYE)


class Talk:
    """What was said, and what the next line of the person gets back."""

    def __init__(self, answerer: Answerer, *, options: tuple[Document, ...] = ()) -> None:
        """Begin a conversation."""
        self._answerer = answerer
        self._options = options
        self._before: str | None = None
        self._last: Reply | None = None

    def say(self, line: str) -> Iterator[str]:
        """Yield the lines that answer `line`: a command, a topic's number or a question."""
        text = line.strip()
        commands: dict[str, Callable[[], Iterator[str]]] = {
            "/bronnen": self._sources,
            "/opties": self._list_options,
            "/help": _help,
        }
        if not text:
            yield texts.EMPTY_QUESTION
        elif text.casefold() in commands:
            yield from commands[text.casefold()]()
        elif text.startswith("/"):
            yield terminal_texts.unknown_command(text)
        elif len(text) > MAX_LENGTH:
            yield texts.too_long(MAX_LENGTH)
        else:
            yield from self._answer(self._chosen(text) or text)

    def _answer(self, text: str) -> Iterator[str]:
        reply = self._answerer.reply(text, before=self._before)
        self._before, self._last = text, reply
        yield texts.answer(reply)
        if isinstance(reply, Answered):
            yield from (f"  — {texts.source_line(one)}" for one in reply.citations)
        if isinstance(reply, Suggested):
            yield from texts.lines(reply.topics)
            yield terminal_texts.CHOOSE_TOPIC

    def _chosen(self, text: str) -> str | None:
        if not isinstance(self._last, Suggested) or not text.isdecimal():
            return None
        number = int(text)
        topics = self._last.topics
        return topics[number - 1].question if 1 <= number <= len(topics) else None

    def _sources(self) -> Iterator[str]:
        if not isinstance(self._last, Answered):
            yield terminal_texts.NO_SOURCES
            return
        for citation in self._last.citations:
            yield f"{texts.source_line(citation)}\n  {texts.source_link(citation)}"

    def _list_options(self) -> Iterator[str]:
        for document in sorted(self._options, key=lambda one: one.option or 0):
            yield f"{document.option:>2}. {document.title}"


def _help() -> Iterator[str]:
    yield terminal_texts.CONVERSATION_HELP


def _lines(*, is_terminal: bool) -> Iterator[str]:
    while True:
        try:
            yield input(terminal_texts.PROMPT if is_terminal else "")
        except EOFError:
            return
        except KeyboardInterrupt:
            click.echo()
            return


def _keep_history() -> None:
    """Let the arrow keys walk through what was typed, where the platform can."""
    with suppress(ImportError):  # Windows has none
        importlib.import_module("readline")
