"""Tables of this room."""

from ancam.directives.models.assignment import Assignment, Part
from ancam.directives.models.document import DatePrecision, Document
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
from ancam.directives.models.progress import Decision, ProgressFile, ProgressReport
from ancam.directives.models.states import LIVE, WORKING, AssignmentState, DocumentState, ObligationState

__all__ = [
    "CLOSING",
    "LIVE",
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
    "DutyKind",
    "Instrument",
    "Obligation",
    "ObligationState",
    "Operator",
    "Origin",
    "Part",
    "ProgressFile",
    "ProgressReport",
    "Regime",
]
