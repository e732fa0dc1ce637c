"""The documents of a guild: added, changed, taken out and put back, every version kept."""

from collections.abc import Sequence

from bot.services.knowledge.document_intake import DocumentIntake
from bot.services.knowledge.documents_errors import DocumentUnknownError, NothingToChangeError
from bot.services.knowledge.kept_documents import Listed, is_as_shipped
from storage.document_records import DocumentAction, DocumentVersion

__all__ = ["GuildDocuments", "Listed"]


class GuildDocuments(DocumentIntake):
    """What moderators do with the knowledge of their guild.

    Every change is a version. After the commit the guild's library is changed before a call
    returns, so the next question finds it.
    """

    async def edit(  # noqa: PLR0913 -- the fields of a version, each by name
        self,
        guild_id: int,
        document_id: str,
        text: str,
        *,
        based_on: int,
        actor_id: int | None,
        action: DocumentAction = DocumentAction.EDITED,
    ) -> DocumentVersion:
        """Give a document another text; one that ships gets one of the guild's own in its place.

        Raises:
            UnsoundDocumentError: when the Markdown does not serve.
            DocumentChangedError: when `based_on` is not the newest version any more.
            DocumentUnknownError: when there is no such document.

        """
        return await self.write(
            guild_id, document_id, based_on=based_on, actor_id=actor_id, action=action, text=text
        )

    async def remove(
        self, guild_id: int, document_id: str, *, based_on: int, actor_id: int | None
    ) -> DocumentVersion:
        """Take a document out of the answers; its history stays.

        Raises:
            DocumentChangedError, DocumentUnknownError: as for `edit`.
            NothingToChangeError: when it is out already.

        """
        return await self.write(
            guild_id,
            document_id,
            based_on=based_on,
            actor_id=actor_id,
            action=DocumentAction.REMOVED,
            text=None,
        )

    async def restore(
        self, guild_id: int, document_id: str, *, based_on: int, actor_id: int | None
    ) -> DocumentVersion:
        """Put a removed document back as it was before it was removed.

        Raises:
            DocumentChangedError, DocumentUnknownError: as for `edit`.
            NothingToChangeError: when it is not removed.

        """
        history = await self.history(guild_id, document_id)
        current = _newest_of(history, document_id)
        if not current.is_removed:
            raise NothingToChangeError(current)
        before = next((one for one in history if not one.is_removed), None)
        if before is None:
            raise DocumentUnknownError(document_id)
        return await self._back_to(
            before, DocumentAction.RESTORED, based_on=based_on, actor_id=actor_id
        )

    async def revert(
        self,
        guild_id: int,
        document_id: str,
        *,
        to_version: int,
        based_on: int,
        actor_id: int | None,
    ) -> DocumentVersion:
        """Give a document the text that it had as of `to_version`; 0 is the text that ships.

        Raises:
            DocumentChangedError: as for `edit`.
            DocumentUnknownError: when there is no such version, or it holds no text.

        """
        history = await self.history(guild_id, document_id)
        wanted = next((one for one in history if one.version == to_version), None)
        if wanted is None or wanted.is_removed:
            raise DocumentUnknownError(document_id)
        return await self._back_to(
            wanted, DocumentAction.REVERTED, based_on=based_on, actor_id=actor_id
        )

    async def reset(
        self, guild_id: int, document_id: str, *, based_on: int, actor_id: int | None
    ) -> DocumentVersion:
        """Have a document answer as it ships again.

        Raises:
            DocumentChangedError: as for `edit`.
            DocumentUnknownError: when no document of this id ships.
            NothingToChangeError: when it answers as it ships.

        """
        if self._library.shipped.document(document_id) is None:
            raise DocumentUnknownError(document_id)
        return await self.write(
            guild_id,
            document_id,
            based_on=based_on,
            actor_id=actor_id,
            action=DocumentAction.RESET,
            text=None,
        )

    async def keep(
        self, guild_id: int, document_id: str, *, based_on: int, actor_id: int | None
    ) -> DocumentVersion:
        """Keep the guild's own text although a release changed what ships: that was looked at.

        Raises:
            DocumentChangedError, DocumentUnknownError: as for `edit`.
            NothingToChangeError: when it answers as it ships, or is removed.

        """
        current = _newest_of(await self.history(guild_id, document_id), document_id)
        if current.text is None or is_as_shipped(current):
            raise NothingToChangeError(current)
        return await self.write(
            guild_id,
            document_id,
            based_on=based_on,
            actor_id=actor_id,
            action=DocumentAction.KEPT,
            text=current.text,
        )

    async def _back_to(
        self,
        wanted: DocumentVersion,
        action: DocumentAction,
        *,
        based_on: int,
        actor_id: int | None,
    ) -> DocumentVersion:
        """Write an earlier version again; what ships is put back so that it follows releases."""
        ships = is_as_shipped(wanted)
        return await self.write(
            wanted.guild_id,
            wanted.document_id,
            based_on=based_on,
            actor_id=actor_id,
            action=DocumentAction.RESET if ships else action,
            text=None if ships else wanted.text,
            shipped_hash=None if ships else wanted.shipped_hash,
        )


def _newest_of(history: Sequence[DocumentVersion], document_id: str) -> DocumentVersion:
    if not history:
        raise DocumentUnknownError(document_id)
    return history[0]
