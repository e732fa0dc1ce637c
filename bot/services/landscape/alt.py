"""The picture of a landscape in words, for who does not see it."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.landscape.result import Landscape
from bot.landscape.steps import about
from bot.services.landscape.picture import LandscapePicture, PictureRow, picture_of
from bot.texts import landscape as texts

ALT: Final = 1_024  # characters of a description, by Discord's documentation
_LONGEST: Final = 60  # characters of a statement


def alt_of(landscape: Landscape, statements: Mapping[int, str]) -> str:
    """Say what the picture shows, in its order; statements end earlier if need be."""
    picture = picture_of(landscape)
    for longest in range(_LONGEST, 0, -10):
        text = _joined(_words(landscape, picture, statements, longest))
        if _size(text) <= ALT:
            return text
    text = _joined(_words(landscape, picture, {}, 0))
    while _size(text) > ALT:
        text = f"{text[:-2].rstrip()}…"
    return text


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _joined(words: Iterator[str]) -> str:
    return " ".join(words)


def _words(
    landscape: Landscape, picture: LandscapePicture, statements: Mapping[int, str], longest: int
) -> Iterator[str]:
    yield f"{picture.heading}."
    yield f"{picture.lines[0]}."
    yield picture.lines[-1]
    for group in landscape.groups:
        yield texts.alt_group(group.name, about(group.size))
    for section in picture.sections:
        yield f"{section.title}:"
        if not section.rows:
            yield section.empty
        for row in section.rows:
            yield _row(row, picture, statements, longest)
    yield picture.footer


def _row(
    row: PictureRow, picture: LandscapePicture, statements: Mapping[int, str], longest: int
) -> str:
    said = " ".join(statements.get(int(row.number), "").split())
    if len(said) > longest:
        said = f"{said[: longest - 1].rstrip()}…" if longest else ""
    shares = tuple((picture.groups[group].letter, percent) for group, percent in row.points)
    return texts.alt_row(row.number, said, shares)
