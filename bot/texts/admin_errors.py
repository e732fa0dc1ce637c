"""What moderators read when something in `/beheer`, or with a notice, cannot be done."""

from bot.services.admin.errors import (
    AdminError,
    NoticeGoneError,
    Refusal,
    SettingMissingError,
    SettingRefusedError,
    UnknownSettingError,
)
from bot.texts import admin, admin_settings


def sentence(error: AdminError) -> str:
    """Return what a moderator reads."""
    match error:
        case SettingRefusedError(setting=setting, refusal=refusal):
            name = admin_settings.name_of(setting)
            return f"**{name}** is niet veranderd. {_refused(refusal, setting.name)}"
        case UnknownSettingError():
            return "Deze instelling ken ik niet. Kies er een uit de lijst die je ziet als je typt."
        case SettingMissingError():
            return "Kies bij *instelling* eerst wat je wilt veranderen."
        case NoticeGoneError():
            return "Deze melding bestaat niet meer. Bekijk met `/beheer controle` wat er speelt."
        case _:
            return admin.NOTHING_LEFT


def _refused(refusal: Refusal, setting: str) -> str:
    match refusal:
        case Refusal.NO_SUCH_CHANNEL:
            return (
                "Ik zie geen kanaal dat zo heet en waar dit in kan. Typ # en kies het, of typ de "
                "naam. Zie je het niet? Dan mag ik het waarschijnlijk niet bekijken."
            )
        case Refusal.NO_SUCH_ROLE:
            return "Ik zie geen rol die zo heet. Typ @ en kies hem, of typ de naam."
        case Refusal.OPEN_CHANNEL:
            return (
                "Iedereen kan dit kanaal lezen, en er komen berichten in die alleen voor "
                "moderatoren zijn. Sluit het kanaal eerst af, of kies een ander."
            )
        case Refusal.NOT_A_VALUE:
            return admin_settings.allowed(setting)
