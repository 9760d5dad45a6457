"""A line that a device keeps open is used again; one that it closed meanwhile is opened anew, once."""

import asyncio

import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.looking.asking import Talk, Web
from ancam.engines.probing.tests.devices import saying
from ancam.engines.probing.tests.loopback import BYE, Device, an_asker, reply, serving
from ancam.engines.probing.tests.questions import get

pytestmark = pytest.mark.network


def test_two_questions_go_over_one_line(tmp_path):
    device = saying(reply())

    async def ask_twice() -> None:
        async with serving(device) as port:
            with Talk(an_asker(tmp_path, port), Web(port, False)) as talk:
                await talk._asker.get(talk, Ask.HOME, "/1")
                await talk._asker.get(talk, Ask.HOME, "/2")

    asyncio.run(ask_twice())
    assert [one.line for one in device.requests] == [1, 1]


def test_a_device_that_closed_between_two_questions_is_asked_once_more_on_a_new_line(tmp_path):
    device = Device(lambda request: None if (request.line, request.path) == (1, "/2") else reply(body=request.path))

    async def ask_twice():
        async with serving(device) as port:
            asker = an_asker(tmp_path, port)
            with Talk(asker, Web(port, False)) as talk:
                await asker.get(talk, Ask.HOME, "/1")
                return await asker.get(talk, Ask.HOME, "/2"), asker.budget.connections

    answer, connections = asyncio.run(ask_twice())
    assert (answer.body, connections) == (b"/2", 2)
    assert [(one.path, one.line) for one in device.requests] == [("/1", 1), ("/2", 1), ("/2", 2)]


def test_a_device_that_never_answers_twice_is_not_asked_a_third_time(tmp_path):
    device = Device(lambda request: reply() if request.path == "/1" else None)

    async def ask_twice():
        async with serving(device) as port:
            asker = an_asker(tmp_path, port)
            with Talk(asker, Web(port, False)) as talk:
                await asker.get(talk, Ask.HOME, "/1")
                return await asker.get(talk, Ask.HOME, "/2")

    assert asyncio.run(ask_twice()) is None
    assert device.asked.count("GET /2") == 2


def test_what_a_fresh_line_leaves_unanswered_is_not_sent_again(tmp_path):
    device = Device(lambda _: None)

    _, answer = get(tmp_path, device)

    assert answer is None
    assert len(device.requests) == 1


def test_a_server_that_closes_gets_a_new_line_for_the_next_question(tmp_path):
    device = saying(reply(Connection="close") + BYE)

    async def ask_twice() -> None:
        async with serving(device) as port:
            asker = an_asker(tmp_path, port)
            with Talk(asker, Web(port, False)) as talk:
                assert await asker.get(talk, Ask.HOME, "/1") and await asker.get(talk, Ask.HOME, "/2")

    asyncio.run(ask_twice())
    assert [one.line for one in device.requests] == [1, 2]
