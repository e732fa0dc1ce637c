"""Text from outside, as Discord's Markdown that shows exactly that text."""

import re
from typing import Final

_ESCAPE: Final = "\\"
_GAP: Final = "\u200b"  # zero width: what it stands in is no mention, marker or address any more

# Control characters, and those that turn the direction of reading or hide between letters.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SPACES: Final = re.compile(r"[\s\u00a0]+")
_SPECIAL: Final = re.compile(r"([\\*_~`|\[\]<>])")
_LINE_START: Final = re.compile(r"^(\s*)(\d*)([#+-]|(?<=\d)[.)])")
_INVITE: Final = re.compile(r"(?i)\b(discord(?:app)?\.(?:gg|com))(?=/)")
_POINTED: Final = re.compile(r"<(?=[@#:/]|(?:a|t|id):)")  # mentions, emoji, moments, commands
_ACTIVE: Final = re.compile(rf"@(?=everyone|here|[!&]?\d)|{_POINTED.pattern}")


def readable(text: str) -> str:
    """Return text without what nobody can see; spaces and lines stay."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return text as one line."""
    return _SPACES.sub(" ", readable(text)).strip()


def escaped(text: str) -> str:
    """Return a piece of a line: no markup, mention, address or invitation of it works."""
    plain = re.sub(r"@(?=\S)", f"@{_GAP}", text)
    plain = _POINTED.sub(f"<{_GAP}", plain)
    plain = plain.replace("://", f":{_GAP}//")
    plain = _INVITE.sub(rf"\1{_GAP}", plain)
    return _SPECIAL.sub(r"\\\1", plain)


def escaped_start(line: str) -> str:
    """Return a whole line of Markdown that begins no heading, list or small print."""
    return _LINE_START.sub(r"\1\2\\\3", line)


def code(text: str) -> str:
    """Return text between single backticks."""
    still = _still(text).replace("`", "ˋ")
    return f"`{still}{_GAP if still.endswith(_ESCAPE) else ''}`"


def code_block(text: str) -> str:
    """Return text between fences."""
    return f"```\n{_still(text).replace('`' * 3, f'`{_GAP}`{_GAP}`')}\n```"


def joined(left: str, right: str) -> str:
    """Put two pieces beside each other so that their markers do not become one."""
    meets = left[-1:] in {"*", "~", "`"} and right[:1] in {"*", "~", "`"}
    return f"{left}{_GAP}{right}" if meets else left + right


def _still(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"{found[0]}{_GAP}", text)
