"""From a request's body to a message or a change of one: what is common to all routes."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from bot.sandbox.bodies.base import form_errors
from bot.sandbox.bodies.messages import (
    AttachmentBody,
    MessageCreate,
    MessageEdit,
    attachments_named,
    check_layout,
)
from bot.sandbox.enums import MessageFlag
from bot.sandbox.errors import Code, Refused, invalid_form
from bot.sandbox.message_records import Attachment, Message
from bot.sandbox.posting import Change, Draft, Upload

MOST_ATTACHMENTS = 10
SENDABLE = (
    MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
)


def draft(body: MessageCreate, files: Mapping[int, Upload]) -> Draft:
    """Return the message that `body` and its files make, without its place in the world.

    Raises Refused: empty (50006), or a file that is named but not there (50035).
    """
    _kept, uploads = attachments(body.attachments, files, existing=[])
    _check_named(body, {upload.name for upload in uploads})
    made = Draft(
        content=body.content or "",
        embeds=body.embeds or [],
        components=body.components or [],
        uploads=uploads,
        flags=body.flag_bits & SENDABLE,
        tts=body.tts,
        nonce=body.nonce,
        allowed=body.allowed_mentions,
    )
    if not (made.content.strip() or made.embeds or made.components or made.uploads):
        raise Refused(Code.EMPTY_MESSAGE)
    return made


def change(message: Message, body: MessageEdit, files: Mapping[int, Upload]) -> Change:
    """Return what an edit changes in `message`.

    Raises Refused: nothing would be left (50006), the generations of components mixed (50035).
    """
    listed = body.attachments if body.has("attachments") else None
    keeps = listed is not None or bool(files)
    kept, uploads = attachments(listed, files, existing=message.attachments)
    if listed is None:
        kept = list(message.attachments)
    names = {upload.name for upload in uploads} | {one.name for one in kept}
    _check_named(body, names)
    made = Change(
        content=(body.content or "") if body.has("content") else None,
        embeds=(body.embeds or []) if body.has("embeds") else None,
        components=(body.components or []) if body.has("components") else None,
        kept=kept if keeps else None,
        uploads=uploads,
        flags=body.flags if body.has("flags") else None,
        allowed=body.allowed_mentions,
    )
    _check_generation(message, body, made)
    left = (
        message.content.strip() if made.content is None else made.content.strip(),
        message.embeds if made.embeds is None else made.embeds,
        message.components if made.components is None else made.components,
        kept or uploads,
    )
    if not any(left):
        raise Refused(Code.EMPTY_MESSAGE)
    return made


def attachments(
    listed: list[AttachmentBody] | None, files: Mapping[int, Upload], *, existing: list[Attachment]
) -> tuple[list[Attachment], tuple[Upload, ...]]:
    """Return the attachments that stay and the files that are new.

    A body lists old ones by id and new ones by the number of their file; a file that is not
    listed is new all the same.
    """
    known = {one.id: one for one in existing}
    kept: list[Attachment] = []
    uploads: dict[int, Upload] = dict(files)
    for number, one in enumerate(listed or ()):
        if one.id in known:
            kept.append(known[one.id])
        elif one.id in files:
            sent = files[one.id]
            uploads[one.id] = Upload(
                one.filename or sent.name, sent.data, sent.content_type, one.description, one.title
            )
        else:
            raise invalid_form(
                at=(
                    "attachments",
                    number,
                ),
                code="ATTACHMENT_NOT_FOUND",
                message="Attachment data not found",
            )
    if len(kept) + len(uploads) > MOST_ATTACHMENTS:
        raise invalid_form(
            at=("attachments",),
            code="BASE_TYPE_MAX_LENGTH",
            message="Must be 10 or fewer in length.",
        )
    return kept, tuple(uploads.values())


def _check_named(body: MessageEdit, names: set[str]) -> None:
    missing = attachments_named(body) - names
    if missing:
        raise invalid_form(
            at=("components",),
            code="UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
            message=f"The referenced attachment {min(missing)} was not found",
        )


def _check_generation(message: Message, body: MessageEdit, made: Change) -> None:
    was_new = message.flags & MessageFlag.COMPONENTS_V2
    flags = MessageFlag(was_new | (made.flags or 0) & MessageFlag.COMPONENTS_V2)
    try:
        check_layout(body, flags=flags)
    except PydanticCustomError as fault:
        details: InitErrorDetails = {"type": fault, "loc": (), "input": None}
        error = ValidationError.from_exception_data("message", [details])
        raise Refused(Code.INVALID_FORM, errors=form_errors(error)) from None
    left = message.content if made.content is None else made.content
    embeds = message.embeds if made.embeds is None else made.embeds
    if flags & MessageFlag.COMPONENTS_V2 and (left or embeds):
        raise invalid_form(
            at=("content",),
            code="MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            message="content and embeds must be emptied when using MessageFlags.IS_COMPONENTS_V2",
        )
