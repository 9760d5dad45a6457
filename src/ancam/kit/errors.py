"""The one family of errors, and the three parts in which a person is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person reads: what happened, on what ground, what to do next. Vietnamese; `ground` may be empty."""

    what: str
    ground: str
    next_step: str

    def __str__(self) -> str:
        head = f"{self.what} ({self.ground})." if self.ground else f"{self.what}."
        return f"{head} {self.next_step}." if self.next_step else head


class Wording(str):
    """A value of an error that is itself a phrase of ours, and is translated with the template it stands in."""

    __slots__ = ()


_translate: Callable[[str], str] = str


def speak_through(translate: Callable[[str], str]) -> None:
    """Let every explanation pass its Vietnamese templates through `translate` from now on.

    Whoever knows the reader's language says how; without it the templates stand as they are written.
    """
    global _translate
    _translate = translate


class AnCamError(Exception):
    """The base of every error of ours.

    An error carries values, not prose: each subclass names its wording in the three templates below, which are
    filled from the keyword values given when it is raised. The values are also attributes (`refusal.clause`).
    Templates end without a full stop.
    """

    what: ClassVar[str] = "Chưa thực hiện được"
    ground: ClassVar[str] = ""
    next_step: ClassVar[str] = ""

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.values = values

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __reduce__(self) -> tuple[Callable[..., "AnCamError"], tuple[type["AnCamError"], dict[str, Any]]]:
        # An error crosses to another process whole; the default would pass the values by position.
        return _restored, (type(self), self.values)

    def explain(self) -> Explanation:
        """Return the three parts with this error's values filled in."""
        return Explanation(
            what=self._filled(self.what),
            ground=self._filled(self.ground),
            next_step=self._filled(self.next_step),
        )

    def _filled(self, template: str) -> str:
        # An empty template is no message: a catalogue answers it with its own heading.
        if not template:
            return ""
        said = {name: _translate(value) if isinstance(value, Wording) else value for name, value in self.values.items()}
        return _translate(template).format(**said)

    def __str__(self) -> str:
        return str(self.explain())


def _restored(kind: type[AnCamError], values: dict[str, Any]) -> AnCamError:
    error = kind.__new__(kind)
    AnCamError.__init__(error, **values)
    return error
