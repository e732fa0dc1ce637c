"""Everything that outlives a restart, for the client to listen to."""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.ui.admin.control import CONTROL_BUTTONS
from bot.ui.admin.notices import NOTICE_BUTTONS
from bot.ui.answer_buttons import BUTTONS
from bot.ui.comments.block_buttons import BLOCK_ITEMS
from bot.ui.comments.block_forms import BLOCK_FORMS
from bot.ui.comments.buttons import COMMENT_ITEMS
from bot.ui.comments.comment_forms import COMMENT_FORMS
from bot.ui.comments.moderation_buttons import MODERATION_ITEMS
from bot.ui.comments.moderation_forms import MODERATION_FORMS
from bot.ui.forms import FORMS, Submit
from bot.ui.forum.stored import BUTTONS as FORUM_BUTTONS
from bot.ui.guild_menus import MENUS
from bot.ui.help import ExampleButton
from bot.ui.items import StoredItem
from bot.ui.knowledge.conflict_buttons import CONFLICT_BUTTONS
from bot.ui.knowledge.documents_buttons import DOCUMENT_ITEMS
from bot.ui.knowledge.documents_forms import DOCUMENT_FORMS
from bot.ui.knowledge.forum_texts import FORUM_TEXT_BUTTONS
from bot.ui.knowledge.importing_buttons import IMPORT_BUTTONS
from bot.ui.knowledge.notices import KNOWLEDGE_NOTICE_BUTTONS
from bot.ui.knowledge.questions_buttons import QUESTION_ITEMS
from bot.ui.knowledge.questions_forms import QUESTION_FORMS
from bot.ui.meetings.admin_buttons import ADMIN_ITEMS
from bot.ui.meetings.admin_forms import MEETING_FORMS
from bot.ui.meetings.buttons import MEETING_BUTTONS
from bot.ui.meetings.event_screens import EVENT_BUTTONS
from bot.ui.meetings.forms import REMIND_FORMS
from bot.ui.meetings.menus import MEETING_MENUS
from bot.ui.options import OptionMenu
from bot.ui.progress.digest import SubscribeButton
from bot.ui.progress.milestones_history import MILESTONE_ITEMS
from bot.ui.progress.milestones_submits import MILESTONE_FORMS
from bot.ui.progress.progress_buttons import PROGRESS_ITEMS
from bot.ui.progress.subscriptions import BUTTONS as SUBSCRIPTION_BUTTONS
from bot.ui.progress.updates_again import RETRY_ITEMS
from bot.ui.progress.updates_buttons import UPDATE_ITEMS
from bot.ui.progress.updates_forms import UPDATE_FORMS

STORED: Final[tuple[type[StoredItem[Any]], ...]] = (
    *BUTTONS,
    *MENUS,
    OptionMenu,
    ExampleButton,
    *CONTROL_BUTTONS,
    *NOTICE_BUTTONS,
    *SUBSCRIPTION_BUTTONS,
    *PROGRESS_ITEMS,
    *MILESTONE_ITEMS,
    *UPDATE_ITEMS,
    *RETRY_ITEMS,
    SubscribeButton,
    *FORUM_BUTTONS,
    *QUESTION_ITEMS,
    *MEETING_BUTTONS,
    *MEETING_MENUS,
    *ADMIN_ITEMS,
    *IMPORT_BUTTONS,
    *EVENT_BUTTONS,
    *COMMENT_ITEMS,
    *DOCUMENT_ITEMS,
    *CONFLICT_BUTTONS,
    *FORUM_TEXT_BUTTONS,
    *KNOWLEDGE_NOTICE_BUTTONS,
    *MODERATION_ITEMS,
    *BLOCK_ITEMS,
)
STORED_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    **FORMS,
    **UPDATE_FORMS,
    **QUESTION_FORMS,
    **MILESTONE_FORMS,
    **REMIND_FORMS,
    **MEETING_FORMS,
    **COMMENT_FORMS,
    **DOCUMENT_FORMS,
    **MODERATION_FORMS,
    **BLOCK_FORMS,
}
