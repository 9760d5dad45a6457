"""The door for changes to letters, obligations, assignments and progress."""

from ancam.directives.services.answering import confirm_answering
from ancam.directives.services.assigning import assign, assign_as_suggested, withdraw_assignment
from ancam.directives.services.backfilling import DoneBefore, enter_done_before
from ancam.directives.services.documents import (
    Particulars,
    finish_review,
    set_parent,
    set_particulars,
    set_regime,
    settle_anomaly,
)
from ancam.directives.services.due import open_due_periods
from ancam.directives.services.extending import ask_extension, grant_extension, refuse_extension
from ancam.directives.services.letter_papers import (
    LETTER_KINDS,
    LetterFacts,
    LetterKind,
    draft_letter_paper,
    letter_facts_of,
    letter_preview,
    redraft_letter_paper,
)
from ancam.directives.services.obligations import (
    ObligationFacts,
    add_obligation,
    confirm_all_certain,
    confirm_obligation,
    drop_obligation,
    edit_obligation,
    restore_obligation,
)
from ancam.directives.services.progress import (
    Attachment,
    ProgressFacts,
    accept_progress,
    return_progress,
    submit_progress,
)
from ancam.directives.services.readings import note_evidence_read, note_letter_read
from ancam.directives.services.receiving import ReceivedFile, receive_document
from ancam.directives.services.reference import Loaded, load_reference
from ancam.directives.services.reminding import remind, remind_some
from ancam.directives.services.reporting import (
    ReportFacts,
    draft_progress_report,
    draft_report_paper,
    progress_report_values,
    progress_workbook,
    redraft_report_paper,
    report_facts_of,
    reported_document,
)
from ancam.directives.services.scheduling import EventFacts, ScheduleFacts, record_event, set_schedule
from ancam.directives.services.structure import merge_obligations, split_obligation

__all__ = [
    "LETTER_KINDS",
    "Attachment",
    "DoneBefore",
    "EventFacts",
    "LetterFacts",
    "LetterKind",
    "Loaded",
    "ObligationFacts",
    "Particulars",
    "ProgressFacts",
    "ReceivedFile",
    "ReportFacts",
    "ScheduleFacts",
    "accept_progress",
    "add_obligation",
    "ask_extension",
    "assign",
    "assign_as_suggested",
    "confirm_all_certain",
    "confirm_answering",
    "confirm_obligation",
    "draft_letter_paper",
    "draft_progress_report",
    "draft_report_paper",
    "drop_obligation",
    "edit_obligation",
    "enter_done_before",
    "finish_review",
    "grant_extension",
    "letter_facts_of",
    "letter_preview",
    "load_reference",
    "merge_obligations",
    "note_evidence_read",
    "note_letter_read",
    "open_due_periods",
    "progress_report_values",
    "progress_workbook",
    "receive_document",
    "record_event",
    "redraft_letter_paper",
    "redraft_report_paper",
    "refuse_extension",
    "remind",
    "remind_some",
    "report_facts_of",
    "reported_document",
    "restore_obligation",
    "return_progress",
    "set_parent",
    "set_particulars",
    "set_regime",
    "set_schedule",
    "settle_anomaly",
    "split_obligation",
    "submit_progress",
    "withdraw_assignment",
]
