"""What the reader gives back: plain frozen values, named as in the JSON of the reading contract."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
"""A pair of code-point offsets into `Reading.text`, end excluded."""

Operator = Literal["before", "by", "within", "relative", "none"]
Location = Literal["body", "appendix"]
LinkType = Literal["same_task", "conflict", "depends_on"]
Cadence = Literal["none", "monthly", "quarterly", "yearly", "periodic", "continuous"]
DoubtField = Literal["clause", "leads", "supports", "kind", "deadline", "cadence"]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something a person must look at. `message` is Vietnamese; `code` is one of the contract's."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field of a duty that was read unsurely.

    reason: why, a Vietnamese sentence for the person who confirms or corrects it. spans: the words it rests on.
    """

    field: DoubtField
    reason: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read."""

    name: str
    sha256: str
    media_type: str
    encoding: str
    pages: int | None
    ocr: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the letter rests on."""

    text: str
    number: str | None
    date: dt.date | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """The letter's own particulars. `date` is `YYYY-MM-DD`, `YYYY-MM` when the day is blank, or None."""

    issuer: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: str | None = None
    date_text: str | None = None
    kind: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    signer: str | None = None
    signer_role: str | None = None
    legal_basis: tuple[Citation, ...] = ()
    implements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A body as the letter names it, and the id of its kind in `reference/agencies.yaml` when one fits."""

    text: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the duty must be done. `date` is the date in the text, `last_day` the last day that still complies."""

    text: str | None = None
    operator: Operator = "none"
    date: dt.date | None = None
    raw: str | None = None
    last_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A deadline that runs from an event. `days` is None when the text gives no number."""

    text: str
    days: int | None
    event: str | None
    working_days: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another obligation of the same document."""

    type: LinkType
    id: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty: who does what by when, in which words. `id` is `CLAUSE/n`, n from 1 in the clause.

    doubts: which of its fields a person must look at, and why; more than one may concern the same field.
    """

    id: str
    clause: str
    location: Location
    leads: tuple[Actor, ...]
    supports: tuple[Actor, ...]
    action: str
    kind: str
    also_kinds: tuple[str, ...]
    deadline: Deadline
    cadence: Cadence
    relative: Relative | None
    condition: str | None
    report_to: tuple[str, ...]
    links: tuple[Link, ...]
    spans: tuple[Span, ...]
    confidence: float
    anomalies: tuple[Anomaly, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered point of the letter, for showing it; not part of the JSON.

    label: the numbering joined by dots (`1.b`), `kết` for a closing paragraph.
    marker: the span of the number, letter or dash itself, empty for a closing paragraph. span: the wording after it.
    """

    label: str
    marker: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one file. `text` is the normalised text that every span points into."""

    source: Source
    document: Header
    obligations: tuple[Obligation, ...]
    anomalies: tuple[Anomaly, ...]
    text: str = field(repr=False)
    clauses: tuple[Clause, ...] = ()
