"""Take out of a question what could point at a person, before it is stored."""

import re
import unicodedata
from typing import Final

NUMBER: Final = "[getal]"
E_MAIL: Final = "[e-mail]"
NAME: Final = "[naam]"

_E_MAIL: Final = re.compile(r"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.\w+")
_NAME: Final = re.compile(r"<[@#][!&]?\d+>|@[\w.-]*\w")
# A word with a digit in it, and those that follow it: one telephone number is one number.
_NUMBER: Final = re.compile(r"\+?\w*\d\w*(?:[ .,:/()+-]{1,3}\w*\d\w*)*")


def masked(text: str) -> str:
    """Return `text` with numbers, e-mail addresses and @names replaced; everything else stays.

    Invisible characters go, and lookalikes become what they look like, so that neither hides one.
    """
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKC", text)
        if unicodedata.category(one) not in {"Cf", "Cs", "Co"}
    )
    return _NUMBER.sub(NUMBER, _NAME.sub(NAME, _E_MAIL.sub(E_MAIL, plain)))
