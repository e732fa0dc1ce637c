"""`python -m bot knowledge …`: look after the knowledge base."""

from pathlib import Path

import click

from bot.adapters import knowledge_files, timeline_file
from bot.services.knowledge.checks import check as check_documents
from bot.terminal.knowledge_files import COMMANDS
from bot.texts import knowledge as texts
from bot.texts import terminal as terminal_texts


@click.group(help=terminal_texts.HELP_KNOWLEDGE)
def knowledge() -> None:
    """Group the commands about the knowledge base."""


@knowledge.command(help=terminal_texts.HELP_KNOWLEDGE_CHECK)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=knowledge_files.SHIPPED,
    show_default=False,
    help=terminal_texts.HELP_KNOWLEDGE_FOLDER,
)
def check(folder: Path) -> None:
    """Name everything that is wrong, with file and line; exit with 1 when there is something."""
    shelf = knowledge_files.read(folder)
    # Elsewhere are documents only: the timeline is one file, beside those that ship.
    timeline = timeline_file.read() if folder == knowledge_files.SHIPPED else None
    problems = (*shelf.problems, *check_documents(shelf.documents))
    if timeline is not None:
        problems += timeline.problems
    for problem in problems:
        click.echo(texts.problem(problem))
    if problems:
        click.echo(texts.problems(len(problems)))
        raise SystemExit(1)
    if timeline is not None:
        click.echo(texts.sound_timeline(len(timeline.milestones)))
    sections = [section for document in shelf.documents for section in document.sections]
    click.echo(
        texts.sound(
            documents=len(shelf.documents),
            passages=len(sections),
            questions=sum(len(section.questions) for section in sections),
        )
    )


for _command in COMMANDS:
    knowledge.add_command(_command)
