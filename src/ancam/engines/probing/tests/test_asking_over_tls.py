"""Over TLS a question gets its answer too; who speaks something else is no answer."""

import asyncio
import os

import pytest

from ancam.engines.probing.sending.tls_line import NotTls
from ancam.engines.probing.tests.devices import saying
from ancam.engines.probing.tests.loopback import BYE, a_tls_context, an_asker, reply, serving
from ancam.engines.probing.tests.questions import asked

pytestmark = pytest.mark.network


def test_a_web_server_is_asked_over_tls(tmp_path):
    async def ask_it():
        async with serving(saying(reply(body="inside")), tls=a_tls_context()) as port:
            asker = an_asker(tmp_path, port)
            return await asked(asker, port, is_tls=True)

    answer = asyncio.run(ask_it())
    assert (answer.is_tls, answer.body) == (True, b"inside")


def test_a_server_that_ends_tls_has_said_what_it_had_to_say(tmp_path):
    async def ask_it():
        async with serving(saying(b"HTTP/1.0 200 OK\r\n\r\nall" + BYE), tls=a_tls_context()) as port:
            asker = an_asker(tmp_path, port)
            return await asked(asker, port, is_tls=True)

    answer = asyncio.run(ask_it())
    assert (answer.body, answer.is_cut) == (b"all", False)


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x15\x03\x01\x00\x02\x02\x28", b""])
def test_who_speaks_no_tls_is_no_answer_over_tls(tmp_path, said):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)

    async def ask_it():
        async with serving(speak) as port:
            asker = an_asker(tmp_path, port)
            with pytest.raises(NotTls) as refusal:
                await asker.tls(port)
            assert refusal.value.why
            assert await asked(asker, port, is_tls=True) is None
            return asker

    assert not asyncio.run(ask_it()).budget.slots.locked()


def test_noise_in_tls_ends_the_answer_and_not_the_look(tmp_path):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.0 200 OK\r\n\r\npart")
        await writer.drain()
        os.write(writer.get_extra_info("socket").fileno(), b"no record of TLS at all" * 4)
        await reader.read()

    async def ask_it():
        async with serving(speak, tls=a_tls_context()) as port:
            return await asked(an_asker(tmp_path, port), port, is_tls=True)

    assert asyncio.run(ask_it()).body == b"part"


def test_a_handshake_without_end_is_none(tmp_path):
    async def dribble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        for byte in b"\x16\x03\x03\x40\x00\x02" + bytes(30):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.001)

    async def ask_it() -> None:
        async with serving(dribble) as port:
            with pytest.raises(NotTls):
                await an_asker(tmp_path, port).tls(port)

    asyncio.run(ask_it())
