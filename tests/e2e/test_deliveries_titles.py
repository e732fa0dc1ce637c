"""What a post in a forum is called follows what it shows: once, through crashes and archives."""

import asyncio
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.records import Channel
from bot.services.deliveries.rendered import Rendered, Showing
from storage.delivery_records import DeliveryState, PostTarget, Problem
from tests.e2e.outbox import Outbox, revise, withdraw
from tests.e2e.showing import shown

RENAMING = "PATCH /channels/*"


def titled(showing: Showing) -> Rendered:
    """Call a post after its version; one that was withdrawn says so."""
    message = shown(replace(showing, withdrawn=False)) or Rendered()
    name = "weg" if showing.withdrawn else f"Nieuws {showing.version}"
    return replace(message, title=name if isinstance(showing.target, PostTarget) else None)


@pytest.fixture(autouse=True)
def naming(out: Outbox) -> None:
    out.render = titled


async def posted(out: Outbox) -> Channel:
    await out.queue("post", PostTarget(out.stage.forum.id, "Nieuws 1"))
    await out.run()
    (post,) = out.posts()
    return post


def renamings(out: Outbox) -> int:
    paths = [one for one in out.faults.requests if one.startswith("PATCH /channels/")]
    return sum("/messages/" not in one for one in paths)


async def test_a_post_is_renamed_once_for_each_title_that_is_another(out: Outbox) -> None:
    post = await posted(out)
    out.render = lambda showing: replace(titled(showing), title="Nieuws 1")
    await revise(out, 2)
    await out.run()
    assert renamings(out) == 0

    out.render = titled
    await revise(out, 3)
    for _ in range(2):
        await out.run()
    assert (post.name, renamings(out)) == ("Nieuws 3", 1)
    assert (await out.get("post")).target == PostTarget(out.stage.forum.id, "Nieuws 3")

    await withdraw(out)
    for _ in range(2):
        await out.run()
    assert (post.name, renamings(out)) == ("weg", 2)
    assert out.server.violations == []


async def test_a_title_that_changed_before_it_was_sent_is_the_one_that_is_sent(
    out: Outbox,
) -> None:
    await out.queue("post", PostTarget(out.stage.forum.id, "Oud"))
    await revise(out, 2)
    await out.run()
    (post,) = out.posts()

    assert (post.name, renamings(out)) == ("Nieuws 2", 0)
    assert (await out.get("post")).target == PostTarget(out.stage.forum.id, "Nieuws 2")


async def test_an_archived_post_is_reopened_and_renamed(out: Outbox) -> None:
    post = await posted(out)
    assert post.thread is not None
    post.thread.archived = True
    await revise(out, 2)
    await out.run()

    assert post.name == "Nieuws 2"
    assert [one.content[-2:] for one in out.messages(post)] == ["v2"]


async def test_a_post_whose_first_message_was_deleted_still_says_that_it_was_withdrawn(
    out: Outbox,
) -> None:
    post = await posted(out)
    out.stage.marja.delete(out.messages(post)[0])
    await withdraw(out)
    await out.run()

    assert post.name == "weg"
    assert (await out.get("post")).withdrawal_shown


async def test_a_lost_answer_or_a_limit_is_tried_again_and_ends_in_the_right_title(
    out: Outbox,
) -> None:
    post = await posted(out)

    async def carried_out_and_lost(request: web.Request, handler: Handler) -> web.Response:
        await handler(request)
        return web.Response(status=502)

    async def limited(_request: web.Request, _handler: Handler) -> web.Response:
        body = {"message": "limited", "retry_after": 400.0, "global": False}
        headers = {"Via": "1.1 google", "Retry-After": "400"}
        return web.json_response(body, status=429, headers=headers)

    thread = f"PATCH /channels/{post.id}"
    out.faults.add(thread, carried_out_and_lost)
    out.faults.add(thread, limited)
    await revise(out, 2)
    await out.run()
    assert (await out.get("post")).sent_version == 1
    for _ in range(3):
        out.clock.forward(seconds=1_100)
        await out.run()

    copy = await out.get("post")
    assert (post.name, copy.sent_version, copy.state) == ("Nieuws 2", 2, DeliveryState.SENT)
    assert len(out.posts()) == 1


async def test_a_crash_between_the_new_title_and_its_commit_changes_nothing_more(
    out: Outbox,
) -> None:
    post = await posted(out)
    dispatcher = out.dispatcher()

    async def crash(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        dispatcher.abort()
        await asyncio.sleep(0)
        return response

    out.faults.add(f"PATCH /channels/{post.id}", crash)
    await revise(out, 2)
    await dispatcher.tick()
    await dispatcher.settle()
    crashed = await out.get("post")
    assert (post.name, crashed.sent_version) == ("Nieuws 2", 1)

    out.clock.forward(seconds=60)
    await out.run()
    copy = await out.get("post")
    assert (post.name, copy.sent_version) == ("Nieuws 2", 2)
    assert copy.target == PostTarget(out.stage.forum.id, "Nieuws 2")


async def test_a_locked_post_is_told_and_named_once_it_is_open(out: Outbox) -> None:
    post = await posted(out)
    assert post.thread is not None
    post.thread.locked = True
    await revise(out, 2)
    await out.run()
    refused = await out.get("post")
    assert (refused.state, refused.problem) == (DeliveryState.FAILED, Problem.LOCKED)
    assert refused.notice_id is not None

    post.thread.locked = False
    await revise(out, 3)
    await out.notices().retry(refused.notice_id, guild_id=out.stage.guild.id, by=1)
    await out.run()
    assert post.name == "Nieuws 3"
