"""Tables of this room."""

from ancam.directives.models.assignment import Assignment, Part
from ancam.directives.models.document import DatePrecision, Document
from ancam.directives.models.example import ExampleField, ReadingExample, Verdict
from ancam.directives.models.extension import Extension, ExtensionDecision
from ancam.directives.models.figures import FigureForm, FigureKind
from ancam.directives.models.giving_run import GivingRun, RunState
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
from ancam.directives.models.offline import OfflineReturn, OfflineWorkbook, ReturnState
from ancam.directives.models.period import DuePeriod
from ancam.directives.models.progress import Decision, ProgressFile, ProgressReport
from ancam.directives.models.question import ScopeQuestion
from ancam.directives.models.reading_run import ReadingRun, ReadingState, ReadingStep
from ancam.directives.models.schedule import DueSchedule, DutyEvent
from ancam.directives.models.states import (
    FINISHED,
    SEEN,
    WORKING,
    AssignmentState,
    DocumentState,
    ObligationState,
    PeriodState,
    Sign,
)
from ancam.directives.models.transfer import Transfer

__all__ = [
    "CLOSING",
    "FINISHED",
    "SEEN",
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
    "ExampleField",
    "Extension",
    "ExtensionDecision",
    "FigureForm",
    "FigureKind",
    "GivingRun",
    "Instrument",
    "Obligation",
    "ObligationState",
    "OfflineReturn",
    "OfflineWorkbook",
    "Operator",
    "Origin",
    "Part",
    "PeriodState",
    "ProgressFile",
    "ProgressReport",
    "ReadingExample",
    "ReadingRun",
    "ReadingState",
    "ReadingStep",
    "Regime",
    "ReturnState",
    "RunState",
    "ScopeQuestion",
    "Sign",
    "Transfer",
    "Verdict",
]
