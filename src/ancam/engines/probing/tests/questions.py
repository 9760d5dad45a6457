"""One question to one server, and what became of it."""

import asyncio
from typing import Any

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.looking.asking import Asker, Talk, Web
from ancam.engines.probing.tests.loopback import Handler, an_asker, serving


async def asked(asker: Asker, port: int, ask: Ask = Ask.HOME, path: str = "/", *, is_tls: bool = False, **how: Any):
    """Ask one thing on a line of its own and return the answer."""
    with Talk(asker, Web(port, is_tls)) as talk:
        return await asker.get(talk, ask, path, **how)


def get(tmp_path, handler: Handler, ask: Ask = Ask.HOME, path: str = "/", **how: Any):
    """Ask one server one thing and return the asker and the answer."""

    async def ask_it():
        async with serving(handler) as port:
            asker = an_asker(tmp_path, port)
            return asker, await asked(asker, port, ask, path, **how)

    return asyncio.run(ask_it())
