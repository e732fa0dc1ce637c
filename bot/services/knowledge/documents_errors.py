"""What can go wrong when a guild's documents change, as data."""

from bot.errors import MemberError
from bot.services.knowledge.problems import UnsoundDocumentError
from storage.document_records import DocumentVersion

__all__ = [
    "DocumentChangedError",
    "DocumentError",
    "DocumentUnknownError",
    "DraftGoneError",
    "NothingToChangeError",
    "UnsoundDocumentError",
]


class DocumentError(MemberError):
    """Base of what can be wrong with changing a document."""


class DocumentChangedError(DocumentError):
    """Somebody was first: what was changed is not the newest version. `current` is that one."""

    def __init__(self, current: DocumentVersion) -> None:
        super().__init__(f"{current.document_id} is at version {current.version}")
        self.current = current


class DocumentUnknownError(DocumentError):
    """The guild has no such document, or no such version of it."""

    def __init__(self, document_id: str) -> None:
        super().__init__(document_id)
        self.document_id = document_id


class DraftGoneError(DocumentError):
    """The text is not kept (any more): taken in, let go or a week old; or somebody else's."""


class NothingToChangeError(DocumentError):
    """The document is already as it was to become: removed, back, or as it ships."""

    def __init__(self, current: DocumentVersion) -> None:
        super().__init__(f"{current.document_id} is so already")
        self.current = current
