"""What every request must have, and how a refusal looks."""

from bot.sandbox.server import Server
from tests.discord.stage import Stage
from tests.sandbox.api import Api


async def test_a_wrong_token_is_refused(api: Api, server: Server) -> None:
    result = await api.send("GET", "/users/@me", token="other")

    assert (result.status, result.code) == (401, 0)
    assert server.violations[0].message == "401: Unauthorized"


async def test_the_bot_finds_itself_its_application_and_the_gateway(
    api: Api, server: Server, stage: Stage
) -> None:
    bot_id = str(stage.world.bot.id)

    assert (await api.get("/users/@me")).object["id"] == bot_id
    assert (await api.get("/applications/@me")).object["id"] == bot_id
    assert (await api.get("/oauth2/applications/@me")).object["name"] == "BREED"
    assert (await api.get("/gateway/bot")).object["url"] == server.gateway_url
    assert (await api.get("/users/@me/guilds")).objects[0]["name"] == "BREED"
    assert (await api.get(f"/users/{stage.anna.id}")).object["global_name"] == "Anna"
    assert server.violations == []


async def test_an_unknown_route_is_refused_and_noted(api: Api, server: Server) -> None:
    assert (await api.get("/nowhere")).status == 404
    assert server.violations[0].why == "no such route here"


async def test_a_body_that_is_no_json_is_refused(api: Api, stage: Stage) -> None:
    result = await api.post(f"/channels/{stage.algemeen.id}/messages", "{")

    assert (result.status, result.code) == (400, 50109)


async def test_an_id_must_be_a_number(api: Api) -> None:
    result = await api.get("/channels/abc")

    assert result.code == 50035
    assert result.faults("channel_id") == ["NUMBER_TYPE_COERCE"]


async def test_every_fault_of_a_form_is_named_at_its_place(api: Api, stage: Stage) -> None:
    embeds = [{"title": "x" * 257, "fields": [{"name": "n", "value": ""}]}]
    body = {"content": "x" * 2001, "embeds": embeds}
    result = await api.post(f"/channels/{stage.algemeen.id}/messages", body)

    assert (result.status, result.code) == (400, 50035)
    assert result.faults("content") == ["BASE_TYPE_MAX_LENGTH"]
    assert result.faults("embeds", "0", "title") == ["BASE_TYPE_MAX_LENGTH"]
    assert result.faults("embeds", "0", "fields", "0", "value") == ["BASE_TYPE_REQUIRED"]


async def test_a_refusal_is_noted_with_what_was_missing(
    api: Api, server: Server, stage: Stage
) -> None:
    await api.delete(f"/channels/{stage.algemeen.id}")

    noted = server.violations[0]
    assert (noted.method, noted.code, noted.why) == (
        "DELETE",
        50013,
        "MANAGE_CHANNELS in algemeen",
    )


async def test_a_page_in_a_browser_cannot_reach_the_api(api: Api) -> None:
    foreign = await api.send("GET", "/users/@me", headers={"Host": "example.org"})
    from_page = await api.send("GET", "/users/@me", headers={"Origin": "http://example.org"})

    assert (foreign.status, from_page.status) == (403, 403)


async def test_what_does_not_exist_has_its_own_code(api: Api, stage: Stage) -> None:
    guild, channel = stage.guild.id, stage.algemeen.id

    assert (await api.get("/channels/1")).code == 10003
    assert (await api.get("/guilds/1")).code == 10004
    assert (await api.get(f"/guilds/{guild}/members/1")).code == 10013
    assert (await api.get(f"/channels/{channel}/messages/1")).code == 10008
    assert (await api.get(f"/guilds/{guild}/scheduled-events/1")).code == 10070
    assert (await api.get("/users/1")).code == 10013
    assert (await api.delete("/channels/1/messages/1")).code == 10003
