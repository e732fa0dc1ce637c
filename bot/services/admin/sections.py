"""Parts of `/beheer controle` as plain values, so that all of them look alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the screen, its sentences ready to be read (Markdown, harmless).

    `attention`: what somebody has to do something about, each line with what to do. `lines`: how
    things are otherwise. The screen says first what needs attention, of all sections together.
    """

    title: str
    attention: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
