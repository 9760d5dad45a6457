"""One open connection to a device: what is sent and received, within the device's budget."""

import asyncio
import socket
from typing import Protocol

from ancam.engines.probing.sending.budget import FIRST_BYTE_S, Budget

PIECE = 16_384


class Closing(Protocol):
    """What keeps a line of each request and each end of a connection."""

    def asked(self, address: str, port: int, line: str) -> None: ...
    def closed(self, address: str, port: int, received: int, sent: int) -> None: ...


class Line:
    """An open TCP connection. Use it as a context manager: its end frees the device's slot."""

    def __init__(self, sock: socket.socket, address: str, port: int, budget: Budget, journal: Closing) -> None:
        self.address, self.port = address, port
        self._sock = sock
        self._budget = budget
        self._journal = journal
        self.heard = 0  # bytes that came
        self._sent = 0
        self._is_open = True

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def note(self, request_line: str) -> None:
        """Keep the first line of what is about to be asked; never a header, a body or a password."""
        self._journal.asked(self.address, self.port, request_line)

    async def send(self, data: bytes) -> None:
        """Send all of it; raises OSError (TimeoutError is one), BudgetSpent."""
        loop = asyncio.get_running_loop()
        with self._budget.busy():
            async with asyncio.timeout(self._budget.within_s(FIRST_BYTE_S)):
                await loop.sock_sendall(self._sock, data)
        self._sent += len(data)

    async def receive(self, within_s: float = FIRST_BYTE_S, most: int = PIECE) -> bytes:
        """Return the next bytes, at most `most`, empty at the end; raises TimeoutError, OSError, BudgetSpent."""
        loop = asyncio.get_running_loop()
        with self._budget.busy():
            async with asyncio.timeout(self._budget.within_s(within_s)):
                data = await loop.sock_recv(self._sock, most)
        self.heard += len(data)
        self._budget.count_bytes(len(data))
        return data

    def close(self) -> None:
        """End the connection and free the device's slot; a second call does nothing."""
        if self._is_open:
            self._is_open = False
            self._sock.close()
            self._budget.slots.release()
            self._journal.closed(self.address, self.port, self.heard, self._sent)
