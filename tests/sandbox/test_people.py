"""What a person's client does not allow."""

import pytest

from bot.sandbox import building
from bot.sandbox.enums import MessageKind
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.people import NO_REPLY_PING, Person
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Upload
from tests.discord.stage import Stage


def test_people_write_where_they_may(stage: Stage) -> None:
    for place in (stage.moderators, stage.forum):
        with pytest.raises(NotPossibleError, match="cannot write"):
            stage.anna.say(place, "hoi")
    stage.marja.say(stage.moderators, "hoi")

    assert stage.anna.messages(stage.moderators) == []
    assert len(stage.marja.messages(stage.moderators)) == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_message_has_text_but_not_too_much(stage: Stage, text: str) -> None:
    with pytest.raises(NotPossibleError):
        stage.anna.say(stage.algemeen, text)


def test_a_file_alone_is_a_message(stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "", files=[Upload("a.txt", b"x")])

    assert said.attachments[0].name == "a.txt"


def test_a_reply_notifies_unless_told_not_to(stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    loud = stage.bram.say(stage.algemeen, "ja", reply_to=said)
    quiet = stage.bram.say(stage.algemeen, "ja", reply_to=said, allowed=NO_REPLY_PING)

    assert loud.kind is MessageKind.REPLY
    assert loud.pings.users == [stage.anna.id]
    assert not quiet.pings


def test_people_change_and_delete_their_own_words(stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    with pytest.raises(NotPossibleError, match="somebody else"):
        stage.bram.edit(said, "anders")
    with pytest.raises(NotPossibleError, match="somebody else"):
        stage.bram.delete(said)
    stage.anna.edit(said, "anders")
    assert (said.content, said.versions[0].content) == ("anders", "hoi")

    stage.marja.delete(said)
    assert stage.anna.messages(stage.algemeen) == []


def test_people_react_where_they_may(stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    everyone = stage.guild.roles[stage.guild.id]
    building.set_overwrite(stage.world, stage.algemeen, everyone, deny=Permission.ADD_REACTIONS)
    with pytest.raises(NotPossibleError):
        stage.bram.react(said, "👍")
    building.set_overwrite(stage.world, stage.algemeen, everyone)
    stage.bram.react(said, "👍")
    stage.bram.react(said, "👍")
    assert said.reactions == {"👍": [stage.bram.id]}
    stage.bram.unreact(said, "👍")
    assert said.reactions == {}


def test_threads_and_posts_need_their_rights(stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    everyone = stage.guild.roles[stage.guild.id]
    building.set_permissions(stage.world, stage.guild, everyone, Permission.VIEW_CHANNEL)

    with pytest.raises(NotPossibleError):
        stage.anna.start_thread(said, "Draad")
    with pytest.raises(NotPossibleError):
        stage.anna.post(stage.forum, "Post", "tekst")


def test_a_stranger_sees_nothing(stage: Stage) -> None:
    stage.anna.say(stage.algemeen, "hoi")
    stranger = Person.new(stage.world, "Vreemde")

    assert stranger.messages(stage.algemeen) == []
    assert stranger.commands(stage.algemeen) == []


def test_who_leaves_sees_nothing_any_more(stage: Stage) -> None:
    stage.anna.say(stage.algemeen, "hoi")
    building.leave(stage.world, stage.guild, stage.bram.user)

    assert stage.bram.messages(stage.algemeen) == []


def test_a_menu_needs_a_visible_message_and_a_form_an_open_one(stage: Stage) -> None:
    hidden = stage.marja.say(stage.moderators, "geheim")

    with pytest.raises(NotPossibleError, match="not visible"):
        stage.anna.menu(stage.algemeen, "Vraag beantwoorden", hidden)
    with pytest.raises(NotPossibleError, match="not registered"):
        stage.anna.menu(stage.algemeen, "Vraag beantwoorden", stage.bram.user)
