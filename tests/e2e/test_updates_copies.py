"""What becomes of an update's copies: titles of posts, and channels that are gone."""

from bot.sandbox import building
from bot.sandbox.records import Channel
from tests.e2e.chat import Chat
from tests.e2e.test_updates import TYPED, changed, managing, submitted, updates

__all__ = ["managing", "updates"]  # fixtures


async def test_the_title_of_a_post_in_a_forum_follows_the_update(offline: Chat) -> None:
    stage = offline.stage
    building.add_forum(stage.world, stage.guild, "updates")
    async with offline.running():
        await stage.marja.click(await submitted(offline, stage.marja), "Publiceren").reply()
        await offline.delivered()
        (post,) = [one for one in stage.world.state.channels.values() if one.is_thread]
        assert post.name == TYPED["Titel"]
        await changed(offline, "bewerken", {"Titel": "@everyone " * 9}, "Overal bijwerken")
        assert post.name == ("@everyone " * 9).strip()
        await changed(offline, "intrekken", {"Reden": "Klopt niet."}, "Ja, intrekken")

    assert post.name == f"Ingetrokken: {'@everyone ' * 9}"[:100].strip()
    assert offline.server.violations == []
    assert offline.pings() == []


async def test_a_copy_whose_channel_is_gone_is_sent_again_from_the_list(
    updates: Channel, offline: Chat
) -> None:
    stage = offline.stage
    async with offline.running():
        await stage.marja.click(await submitted(offline, stage.marja), "Publiceren").reply()
        building.remove_channel(stage.world, updates)
        await offline.delivered()
        listed = await stage.marja.slash(stage.algemeen, "update lijst").reply()
        assert "✗ het kanaal bestaat niet meer" in listed.content
        assert "Open de update en kies **Opnieuw proberen**." in listed.content
        full = await stage.marja.choose(listed, ["1"]).reply()
        other = await stage.marja.choose(listed, ["1"]).reply()
        without = await stage.marja.click(full, "Opnieuw proberen").reply()
        assert "kanaal" in without.content
    async with offline.running():  # the button outlives a restart
        anew = building.add_channel(stage.world, stage.guild, "updates")
        await offline.settled()
        done = await stage.marja.click(full, "Opnieuw proberen").reply()
        twice = await stage.marja.click(other, "Opnieuw proberen").reply()
        await offline.delivered()

    assert done.content.startswith("Ik probeer update 1 opnieuw te plaatsen.")
    assert twice.content == "Dit is al gedaan: er is niets meer over om iets aan te doen."
    assert len(offline.said(anew)) == 1
