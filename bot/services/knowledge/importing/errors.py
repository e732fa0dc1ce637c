"""What can go wrong with an import once its file was read, as data."""

from bot.services.knowledge.importing.reading import ImportingError
from storage.import_records import Import


class ImportGoneError(ImportingError):
    """The import is not kept (any more), or is another guild's."""


class ImportDecidedError(ImportingError):
    """Somebody was first: the import is past what was asked. `found` is how it is now."""

    def __init__(self, found: Import) -> None:
        super().__init__(f"{found.id} is {found.state.value}")
        self.found = found


class NothingLeftError(ImportingError):
    """Without what is known already nothing of the import is left."""


class AttachmentGoneError(ImportingError):
    """The file cannot be fetched from Discord."""
