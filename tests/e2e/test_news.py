"""Questions about now, wherever they are asked."""

from dataclasses import replace

from storage.progress_records import Part, UpdateContent, UpdateState
from tests.e2e.chat import Chat

NEWS = "wat is het laatste nieuws?"


async def _published(chat: Chat, state: UpdateState = UpdateState.PUBLISHED) -> None:
    guild_id, now = chat.stage.guild.id, chat.clock()
    content = UpdateContent("De enquête", "Doe mee @everyone.", Part.ALV, "https://example.org/e")
    async with chat.units() as work:
        found = await work.updates.by_number(guild_id, 1)
        if found is None:
            found, _ = await work.updates.add(guild_id, content, author_id=None, at=now)
        is_withdrawn = state is UpdateState.WITHDRAWN
        await work.updates.put(
            replace(
                found,
                state=state,
                published_at=now,
                withdrawn_at=now if is_withdrawn else None,
                withdrawal_reason="Fout." if is_withdrawn else None,
            )
        )


async def test_news_is_told_everywhere_with_its_source_and_gone_when_withdrawn(chat: Chat) -> None:
    stage = chat.stage
    nothing = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": NEWS}).reply()
    await _published(chat)
    by_slash = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": NEWS}).reply()
    by_name = await chat.reply_to(chat.mention(stage.bram, NEWS))
    by_dm = await chat.reply_to(stage.marja.dm("hoe staat het ermee?"))
    sources = await stage.anna.click(by_slash, "Bronnen").reply()
    follow_up = await chat.reply_to(chat.mention(stage.bram, "en over het kernadvies?"))
    await _published(chat, UpdateState.WITHDRAWN)
    gone = await chat.reply_to(chat.mention(stage.bram, NEWS))

    assert "Er is nog geen update geplaatst." in nothing.content
    assert "als laatste afgerond" in nothing.content
    for told in (by_slash, by_name, by_dm):
        assert "**De enquête** (1 april 2016)" in told.content
        assert "-# Bron: [Update 1: De enquête](<https://example.org/e>) (alv, " in told.content
    assert "> Doe mee" in sources.content
    assert "nog geen update over **kernadvies**" in follow_up.content
    assert "De enquête" not in gone.content
