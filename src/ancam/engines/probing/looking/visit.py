"""The look at one device: which ports are open, what each says first, and what a camera is asked beyond that."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from ancam.engines.probing.detail import Identity
from ancam.engines.probing.facts import HostFacts, PortState
from ancam.engines.probing.identity import ANY_MAKER, identify, likely_platforms
from ancam.engines.probing.looking import accounts, cameras, unicast
from ancam.engines.probing.looking.asking import Asker, StoppedAnswering
from ancam.engines.probing.looking.first_words import open_words
from ancam.engines.probing.looking.ports import FIRST_LOOK, MOST_OPEN, OF_CAMERAS, OF_VENDORS, SECOND_LOOK
from ancam.engines.probing.looking.together import together
from ancam.engines.probing.permission.scope import is_public
from ancam.engines.probing.recording.logins import GuessedLogins
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.sending.gate import LocalFailure

# What is decided without asking the device further: it is no camera, whatever else it may be.
_SETTLED = frozenset({"printer", "router", "nas", "phone", "computer", "tv", "media-server"})

_FEW = 4  # of so many ports one is silent, or fewer


@dataclass(frozen=True, slots=True)
class Permission:
    """What may be asked: the modes that were authorised, and the accounts that go with them."""

    modes: frozenset[str]
    owner: accounts.Account | None = None
    guesses: GuessedLogins | None = None
    is_public: Callable[[str], bool] = is_public


@dataclass(slots=True)
class Visit:
    """One device's turn. `before_talking` is awaited once its ports are known, before anything is said to it."""

    asker: Asker
    permission: Permission
    started_at: datetime
    before_talking: Callable[[], Awaitable[None]]

    @property
    def facts(self) -> HostFacts:
        """What has been seen so far."""
        return self.asker.facts

    async def look(self) -> None:
        """Fill the facts; whatever ends the look early is kept in `cut_short`. Raises Stopped."""
        try:
            await self._look()
        except BudgetSpent as exc:
            self.facts.cut_short = f"budget-{exc.what}"
        except StoppedAnswering:
            self.facts.cut_short = "stopped-answering"
        except LocalFailure:
            self.facts.cut_short = "local-failure"
        except OSError:
            self.facts.cut_short = "connection-lost"

    async def _look(self) -> None:
        facts = self.facts
        await together(self.knock((*FIRST_LOOK, *SECOND_LOOK)), self._call_out())
        facts.is_trap = len(facts.open_ports) > MOST_OPEN
        if facts.is_trap or not (facts.open_ports or facts.discovered) or "readonly" not in self.permission.modes:
            return
        await self.before_talking()
        await open_words(self.asker, facts.open_ports, likely_platforms(facts))
        identity = await self._recognised()
        if identity.is_camera:
            await self._examine(identity)

    async def knock(self, ports: Iterable[int]) -> None:
        """Ask each port that is not known yet whether it is open, two at a time, in an order of the device's own.

        A few silent ports among many that answered are asked once more: an answer may have got lost.
        """
        wanted = [port for port in ports if port not in self.facts.tcp]
        self.asker.draw.shuffle(wanted)
        # A port that is likely to answer tells how far away the device is, and silence costs less from then on.
        wanted.sort(key=lambda port: port not in FIRST_LOOK)
        await self._knock_all(wanted)
        silent = [port for port in wanted if self.facts.tcp[port] is PortState.SILENT]
        if len(silent) * _FEW <= len(wanted):
            await self._knock_all(silent)
            if any(self.facts.tcp[port] is not PortState.SILENT for port in silent):
                self.asker.gate.lose()

    async def _knock_all(self, ports: Iterable[int]) -> None:
        waiting = iter(ports)
        await together(self._knock_at(waiting), self._knock_at(waiting))

    async def _knock_at(self, waiting: Iterable[int]) -> None:
        asker = self.asker
        for port in waiting:
            answer = await asker.gate.dial(self.facts.ip, port, asker.budget)
            if isinstance(answer, PortState):
                self.facts.tcp[port] = answer
            else:
                answer.close()
                self.facts.tcp[port] = PortState.OPEN

    async def _call_out(self) -> None:
        """Ask by datagram what the sweep did not, and once more what it asked in vain: a datagram may get lost."""
        answered = {answer.protocol for answer in self.facts.discovered}
        names = tuple(name for name in ("ssdp", "mdns", *unicast.SWEPT) if name not in answered)
        await self._ask_by_datagram(names)

    async def _ask_by_datagram(self, names: tuple[str, ...]) -> None:
        asker = self.asker
        await together(
            *(unicast.ask(self.facts, question, asker.gate, asker.budget) for question in unicast.questions(names))
        )

    async def _recognised(self) -> Identity:
        """Ask what tells a camera from everything else, until it is told; return who the device is."""
        identity = identify(self.facts)
        if identity.is_camera or identity.kind not in _SETTLED:
            if cameras.may_speak_onvif(self.asker):
                await cameras.ask_onvif(self.asker)
            likely = likely_platforms(self.facts)[:2]
            if "Ubiquiti" in likely and "discovery" in self.permission.modes:
                await self._ask_by_datagram(("ubiquiti",))
            for vendor in likely:
                await cameras.ask_information(self.asker, vendor)
            identity = identify(self.facts)
        return identity

    async def _examine(self, identity: Identity) -> None:
        """Ask a camera what its checks need, the surest first: a budget that ends takes the least."""
        asker, permission = self.asker, self.permission
        own = {port for name in (identity.vendor, identity.brand) for port in OF_VENDORS.get(name, ())}
        await self.knock((*OF_CAMERAS, *sorted(own)))
        # Of an unknown maker's device the likeliest maker's paths are asked for, and those that any camera may have.
        vendors = [identity.vendor] if identity.vendor else [*likely_platforms(self.facts)[:1], ANY_MAKER]
        await cameras.ask_streams(asker, vendors)
        identity = identify(self.facts)
        await cameras.ask_pictures(asker, vendors)
        await cameras.ask_the_rest(asker, vendors[0])
        if "owner_credential" in permission.modes and permission.owner is not None:
            await accounts.ask_as_owner(asker, identity.vendor, permission.owner)
            identity = identify(self.facts)
        if "default_credential" in permission.modes and permission.guesses is not None:
            is_public = permission.is_public(self.facts.ip)
            await accounts.guess_once(asker, identity, permission.guesses, is_public=is_public)
        await cameras.ask_handshakes(asker)
