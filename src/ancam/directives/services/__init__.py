"""The door for changes to letters, obligations, assignments and progress."""

from ancam.directives.services.answering import confirm_answering
from ancam.directives.services.assigning import assign, assign_as_suggested, withdraw_assignment
from ancam.directives.services.attachments import HeldFile, held_attachments, hold_attachments
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
from ancam.directives.services.figures import set_figures
from ancam.directives.services.obligations import (
    ObligationFacts,
    add_obligation,
    confirm_all_certain,
    confirm_obligation,
    drop_obligation,
    edit_obligation,
    restore_obligation,
)
from ancam.directives.services.offline import (
    MOST_WORKBOOKS,
    Issued,
    Outcome,
    apply_offline,
    issue_offline,
    issue_offline_to_many,
    leave_offline,
    outcomes_digest,
    outcomes_of,
    receive_offline,
    revoke_offline,
)
from ancam.directives.services.progress import (
    MOST_FILES,
    Attachment,
    ProgressFacts,
    accept_progress,
    return_progress,
    submit_progress,
)
from ancam.directives.services.readings import note_evidence_read, note_letter_read, note_offline_read
from ancam.directives.services.receiving import ReceivedFile, receive_document
from ancam.directives.services.reference import Loaded, load_reference
from ancam.directives.services.reminding import remind
from ancam.directives.services.reporting import (
    ReportFacts,
    draft_progress_report,
    issue_progress_report,
    progress_report_values,
)
from ancam.directives.services.scheduling import EventFacts, ScheduleFacts, record_event, set_schedule
from ancam.directives.services.structure import merge_obligations, split_obligation

__all__ = [
    "MOST_FILES",
    "MOST_WORKBOOKS",
    "Attachment",
    "DoneBefore",
    "EventFacts",
    "HeldFile",
    "Issued",
    "Loaded",
    "ObligationFacts",
    "Outcome",
    "Particulars",
    "ProgressFacts",
    "ReceivedFile",
    "ReportFacts",
    "ScheduleFacts",
    "accept_progress",
    "add_obligation",
    "apply_offline",
    "ask_extension",
    "assign",
    "assign_as_suggested",
    "confirm_all_certain",
    "confirm_answering",
    "confirm_obligation",
    "draft_progress_report",
    "drop_obligation",
    "edit_obligation",
    "enter_done_before",
    "finish_review",
    "grant_extension",
    "held_attachments",
    "hold_attachments",
    "issue_offline",
    "issue_offline_to_many",
    "issue_progress_report",
    "leave_offline",
    "load_reference",
    "merge_obligations",
    "note_evidence_read",
    "note_letter_read",
    "note_offline_read",
    "open_due_periods",
    "outcomes_digest",
    "outcomes_of",
    "progress_report_values",
    "receive_document",
    "receive_offline",
    "record_event",
    "refuse_extension",
    "remind",
    "restore_obligation",
    "return_progress",
    "revoke_offline",
    "set_figures",
    "set_parent",
    "set_particulars",
    "set_regime",
    "set_schedule",
    "settle_anomaly",
    "split_obligation",
    "submit_progress",
    "withdraw_assignment",
]
