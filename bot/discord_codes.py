"""The numbers of Discord's errors that the bot tells apart.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from typing import Final

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_GUILD: Final = 10004
UNKNOWN_MEMBER: Final = 10007
UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_USER: Final = 10013
UNKNOWN_EVENT: Final = 10070
UNKNOWN_WEBHOOK: Final = 10015  # the interaction's token is older than a quarter of an hour
UNKNOWN_INTERACTION: Final = 10062  # not acknowledged within three seconds
TOO_LARGE: Final = 40005
ALREADY_CROSSPOSTED: Final = 40033
ALREADY_ACKNOWLEDGED: Final = 40060
TAG_REQUIRED: Final = 40067
MISSING_ACCESS: Final = 50001
NOT_AUTHOR: Final = 50005
EMPTY_MESSAGE: Final = 50006
NO_MESSAGES_TO_PERSON: Final = 50007  # private messages closed, the bot blocked, no guild shared
NOT_FOR_TEXT: Final = 50008  # a channel that holds no messages
MISSING_PERMISSIONS: Final = 50013
WRONG_CHANNEL_TYPE: Final = 50024
INVALID_WEBHOOK_TOKEN: Final = 50027  # as 10015, as Discord puts it for edits and follow-ups
NO_RECIPIENT: Final = 50033
INVALID_FORM: Final = 50035
ARCHIVED: Final = 50083  # a thread: what stands in it cannot be changed
NO_SHARED_GUILD: Final = 50278  # as 50007: nothing in common with the person
NO_HISTORY: Final = 160002  # replying takes the right to read earlier messages
LOCKED: Final = 160005  # a thread
