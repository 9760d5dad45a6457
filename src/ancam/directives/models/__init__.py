"""Tables of this room."""

from ancam.directives.models.assignment import Assignment, Part
from ancam.directives.models.document import DatePrecision, Document
from ancam.directives.models.extension import Extension, ExtensionDecision
from ancam.directives.models.law import Instrument, Regime
from ancam.directives.models.obligation import (
    CLOSING,
    Cadence,
    Correction,
    CorrectionKind,
    DutyKind,
    Obligation,
    Operator,
    Origin,
)
from ancam.directives.models.period import DuePeriod
from ancam.directives.models.progress import Decision, ProgressFile, ProgressReport
from ancam.directives.models.schedule import DueSchedule, DutyEvent
from ancam.directives.models.states import (
    FINISHED,
    WORKING,
    AssignmentState,
    DocumentState,
    ObligationState,
    PeriodState,
    Sign,
)

__all__ = [
    "CLOSING",
    "FINISHED",
    "WORKING",
    "Assignment",
    "AssignmentState",
    "Cadence",
    "Correction",
    "CorrectionKind",
    "DatePrecision",
    "Decision",
    "Document",
    "DocumentState",
    "DuePeriod",
    "DueSchedule",
    "DutyEvent",
    "DutyKind",
    "Extension",
    "ExtensionDecision",
    "Instrument",
    "Obligation",
    "ObligationState",
    "Operator",
    "Origin",
    "Part",
    "PeriodState",
    "ProgressFile",
    "ProgressReport",
    "Regime",
    "Sign",
]
