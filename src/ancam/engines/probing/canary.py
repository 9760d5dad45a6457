"""The first device that is spoken to: the others are spoken to only when it has come through unharmed."""

import asyncio

from ancam.engines.probing.asking import Asker
from ancam.engines.probing.budget import BudgetSpent
from ancam.engines.probing.facts import PortState
from ancam.engines.probing.gate import Gate, LocalFailure
from ancam.engines.probing.stopping import Stop

_LONGEST_WAIT_S = 3.0


class Canary:
    """Lets the first visit go ahead and holds back the words of all others until it is over, three seconds at most."""

    def __init__(self, gate: Gate, stop: Stop) -> None:
        self._gate = gate
        self._stop = stop
        self._address: str | None = None
        self._is_over = asyncio.Event()

    async def wait(self, address: str) -> None:
        """Return when this device may be spoken to: at once for the first."""
        if self._address is None:
            self._address = address
        elif not self._is_over.is_set():
            try:
                async with asyncio.timeout(_LONGEST_WAIT_S):
                    await self._is_over.wait()
            except TimeoutError:
                self._is_over.set()

    async def look_after(self, asker: Asker) -> None:
        """See whether the canary still answers on a port that was open; stop the run when it does not."""
        facts = asker.facts
        if facts.ip != self._address or not facts.open_ports:
            return
        try:
            answer = await self._gate.dial(facts.ip, facts.open_ports[0], asker.budget)
        except (BudgetSpent, LocalFailure):
            answer = None
        if isinstance(answer, PortState):
            self._stop.pull("canary-hung")
        elif answer is not None:
            answer.close()
        self._is_over.set()
