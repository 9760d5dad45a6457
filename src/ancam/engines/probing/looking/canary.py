"""The first device that is spoken to: the others are spoken to only when it has come through unharmed."""

import asyncio

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.sending.gate import Gate, LocalFailure
from ancam.engines.probing.sending.stopping import Stop

_LONGEST_WAIT_S = 3.0
_PORTS_TRIED = 2
# One may have hung by itself, or be made to look so: a second one decides.
_MOST_HUNG = 2


class Canary:
    """Lets one visit go ahead and holds back the words of all others until it is over, three seconds at most.

    hung: the canaries that no longer answered after their visit. The first is followed by another; the second stops
    the run.
    """

    def __init__(self, gate: Gate, stop: Stop) -> None:
        self.hung: list[str] = []
        self._gate = gate
        self._stop = stop
        self._address: str | None = None
        self._is_over = False
        self._change = asyncio.Event()

    async def wait(self, address: str) -> None:
        """Return when this device may be spoken to: at once for a canary."""
        while not self._is_over:
            if self._address is None:
                self._address = address
                return
            try:
                async with asyncio.timeout(_LONGEST_WAIT_S):
                    await self._change.wait()
            except TimeoutError:
                return

    async def look_after(self, asker: Asker) -> None:
        """See whether the canary still answers where it did; to be called when a visit has ended."""
        if asker.facts.ip != self._address or self._is_over:
            return
        if await self._hangs(asker):
            self.hung.append(asker.facts.ip)
            if len(self.hung) == _MOST_HUNG:
                self._stop.pull("canary-hung")
        self._address = None
        self._is_over = asker.facts.ip not in self.hung
        self._change.set()
        self._change = asyncio.Event()

    async def _hangs(self, asker: Asker) -> bool:
        """Whether ports that were open are silent now; what cannot be asked any more counts as unharmed."""
        for port in asker.facts.open_ports[:_PORTS_TRIED]:
            try:
                answer = await self._gate.dial(asker.facts.ip, port, asker.budget)
            except (BudgetSpent, LocalFailure):
                return False
            if answer is not PortState.SILENT:
                if not isinstance(answer, PortState):
                    answer.close()
                return False
        return bool(asker.facts.open_ports)
