"""How buttons and forms carry a document: custom_ids hold numbers, documents have names."""

import hashlib
from typing import Final

from bot.services.container import Services
from bot.services.knowledge.documents_errors import DocumentUnknownError
from storage.document_records import DocumentVersion

OPEN: Final = "kd-open"
SHOW: Final = "kd-show"  # document
SECTION: Final = "kd-part"  # document, version
DOWNLOAD: Final = "kd-file"  # document
HISTORY: Final = "kd-hist"  # document
VERSION: Final = "kd-ver"  # document
REVERT: Final = "kd-to"  # document, to version, based on
REMOVE: Final = "kd-out"  # document, based on
RESTORE: Final = "kd-in"  # document, based on
RESET: Final = "kd-ship"  # document, based on
KEEP: Final = "kd-keep"  # document, based on
TAKE: Final = "kd-mine"  # draft, version
TOGETHER: Final = "kd-both"  # draft, version
LET_BE: Final = "kd-let"  # draft
LOOK: Final = "kd-look"  # draft
FORUM_BACK: Final = "kd-fback"  # item, until (seconds since 1970)

_BYTES: Final = 7  # 56 bits: in a guild of 10,000 documents two share one once in a billion


def number_of(document_id: str) -> int:
    """Return the number that stands for a document."""
    return int.from_bytes(hashlib.blake2b(document_id.encode(), digest_size=_BYTES).digest())


async def document_of(services: Services, guild_id: int, number: int) -> DocumentVersion:
    """Return the newest version of the document that a number stands for.

    Raises:
        DocumentUnknownError: when the guild has none.

    """
    documents = services.guild_documents
    for one in await documents.listed(guild_id):
        if number_of(one.document_id) == number:
            found = await documents.newest(guild_id, one.document_id)
            if found is not None:
                return found
    raise DocumentUnknownError(str(number))
