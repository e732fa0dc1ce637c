"""`python -m bot ask`: one question, a batch of them, or a conversation."""

import sys
from collections.abc import Iterable, Iterator
from typing import cast

import click
import orjson

from bot.services.knowledge.answering import MAX_LENGTH, Answerer
from bot.services.knowledge.answers import Answered, Reply, Suggested, Unknown
from bot.terminal.answerer import library_of
from bot.terminal.conversation import converse
from bot.terminal.options import settings_or_exit
from bot.texts import knowledge as texts
from bot.texts import terminal as terminal_texts


@click.command(help=terminal_texts.HELP_ASK)
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=terminal_texts.HELP_ASK_JSON)
@click.option("--batch", is_flag=True, help=terminal_texts.HELP_ASK_BATCH)
@click.option("--before", default=None, help=terminal_texts.HELP_ASK_BEFORE)
def ask(question: tuple[str, ...], *, as_json: bool, batch: bool, before: str | None) -> None:
    """Answer in the terminal. Needs no token and no database."""
    library = library_of(settings_or_exit())
    answerer = library.answerer
    text = " ".join(question)
    if batch:
        _answer_batch(answerer, sys.stdin.buffer)
    elif as_json:
        click.echo(
            orjson.dumps(as_object(_reply(answerer, text, before)), option=orjson.OPT_INDENT_2)
        )
    elif question:
        for line in rendered(_reply(answerer, text, before)):
            click.echo(line)
    else:
        converse(answerer, options=library.options)


def as_object(reply: Reply) -> dict[str, object]:
    """Return a reply as plain JSON values."""
    citations = reply.citations if isinstance(reply, Answered) else ()
    status = {Answered: "answered", Suggested: "suggested", Unknown: "unknown"}[type(reply)]
    return {
        "status": status,
        "answer": texts.answer(reply),
        "confidence": round(reply.confidence, 4),
        "citations": [
            {
                "title": one.title,
                "part": one.part.value if one.part else None,
                "date": one.date.isoformat(),
                "url": one.source.url,
                "quote": one.quote,
                "document": one.document,
            }
            for one in citations
        ],
        "suggestions": [one.title for one in reply.topics] if isinstance(reply, Suggested) else [],
    }


def rendered(reply: Reply) -> Iterator[str]:
    """Yield the lines that show a reply on a terminal."""
    yield texts.answer(reply)
    if isinstance(reply, Answered):
        yield ""
        for citation in reply.citations:
            yield terminal_texts.source(texts.source_line(citation), texts.source_link(citation))
    if isinstance(reply, Suggested):
        yield from texts.lines(reply.topics)


def _reply(answerer: Answerer, text: str, before: str | None) -> Reply:
    if not text.strip():
        raise click.UsageError(texts.EMPTY_QUESTION)
    if len(text) > MAX_LENGTH:
        raise click.UsageError(texts.too_long(MAX_LENGTH))
    return answerer.reply(text, before=before)


def _answer_batch(answerer: Answerer, lines: Iterable[bytes]) -> None:
    """Answer each JSON line; one that cannot be read gets a line that says so."""
    shows_progress = sys.stderr.isatty()
    unreadable = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        written = _batch_line(answerer, line, number)
        unreadable += written["status"] == "error"
        click.echo(orjson.dumps(written))
        if shows_progress:
            click.echo(f"\r{terminal_texts.answered(number)}", err=True, nl=False)
    if shows_progress:
        click.echo(err=True)
    if unreadable:
        click.echo(terminal_texts.unreadable_lines(unreadable), err=True)
        raise SystemExit(1)


def _batch_line(answerer: Answerer, line: bytes, number: int) -> dict[str, object]:
    try:
        loaded: object = orjson.loads(line)
    except orjson.JSONDecodeError:
        loaded = None
    asked = cast("dict[str, object]", loaded) if isinstance(loaded, dict) else {}
    question, identity, before = asked.get("q"), asked.get("id"), asked.get("prev_q")
    if not isinstance(question, str):
        answer = terminal_texts.unreadable_line(number)
        return {
            "id": identity,
            "status": "error",
            "answer": answer,
            "confidence": 0.0,
            "citations": [],
            "suggestions": [],
        }
    reply = answerer.reply(question, before=before if isinstance(before, str) else None)
    return {"id": identity, **as_object(reply)}
