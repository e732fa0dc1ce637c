"""Which of Discord's markup works in a text, by Discord's own rules as its clients apply them.

Everything that may be markup is taken from the text in the order that a client tries it; what is
left over afterwards holds no marker that is not escaped.
"""

import re

_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
_FENCE = re.compile(r"```\n(?:(?!```).)*?\n[> ]*```", re.DOTALL)
_FIRST = re.compile(r"\\[^0-9A-Za-z\s]|`[^`\n]+`")
_LINK = re.compile(r"\[(?:\\.|[^\[\]\\\n])+\]\(<https?://[^\s<>()\[\]]+>\)")
_ADDRESS = re.compile(r"<https?://[^\s<>()\[\]]+>")
_EMPHASIS = re.compile(r"(~~|\*\*\*|\*\*|\*)(?=\S)([^*~\n]+?)(?<=\S)\1")

_MENTIONS = re.compile(r"@everyone|@here|<@[!&]?\d|<#\d|<a?:\w+:\d|<t:-?\d|</\w|<id:")
_MARKERS = re.compile(r"[*~`|\[\]<>]|(?<!\w)_|_(?!\w)|https?://")


def mentions(text: str) -> list[str]:
    """Return what would call somebody, or show something that its author did not write."""
    return _MENTIONS.findall(text)


def loose_markers(text: str) -> list[str]:
    """Return markers that are neither escaped nor part of a whole pair."""
    plain = _FENCE.sub("", text)
    plain = re.sub(r"(?m)^(?:> |  )*(?:(?:#{2,3} )|(?:(?:-|\d+\.) )+)?", "", plain)
    plain = _ESCAPED.sub("x", _hidden(plain))
    for _ in range(2):  # what is struck may be bold within
        plain = _EMPHASIS.sub(r"\2", plain)
    return _MARKERS.findall(plain)


def _hidden(text: str) -> str:
    """Take out code and links, which nothing within ends."""
    text = _FIRST.sub(lambda found: found[0] if found[0].startswith("\\") else "x", text)
    return _ADDRESS.sub("x", _LINK.sub("x", text))


def starts(text: str) -> list[str]:
    """Return the markers that lines begin with."""
    return re.findall(r"(?m)^(?:#{1,3} |-# |[*+-] |\d+[.)] |> )", text)
