"""The door for changes to letters, obligations, assignments and progress."""

from ancam.directives.services.answering import confirm_answering
from ancam.directives.services.asking import answer_scope, ask_scope
from ancam.directives.services.assigning import ChildrenFate, has_unfinished_children, withdraw_assignment
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
from ancam.directives.services.due import is_over, open_some_due_periods
from ancam.directives.services.extending import ask_extension, grant_extension, refuse_extension
from ancam.directives.services.figures import set_figures
from ancam.directives.services.giving import (
    MOST_PAIRS,
    Planned,
    assign,
    assign_as_suggested,
    digest_of_plan,
    give,
    plan_giving,
)
from ancam.directives.services.giving_below import BelowFacts, give_below, latest_day_below, returns
from ancam.directives.services.giving_runs import begin_giving_run, continue_giving_run, stop_giving_run
from ancam.directives.services.guards import require_giver, require_reporter
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
    confirm_field,
    confirm_obligation,
    correct_field,
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
from ancam.directives.services.reading_runs import (
    continue_reading_run,
    receive_or_begin,
    resume_reading_runs,
    stop_reading_run,
)
from ancam.directives.services.readings import (
    note_evidence_read,
    note_examples_export,
    note_letter_read,
    note_offline_read,
)
from ancam.directives.services.receiving import ReceivedFile, receive_document
from ancam.directives.services.reference import load_reference
from ancam.directives.services.reminding import remind_some
from ancam.directives.services.reporting import (
    ReportFacts,
    draft_progress_report,
    draft_report_paper,
    progress_report_values,
    progress_workbook,
    redraft_report_paper,
    report_facts_of,
)
from ancam.directives.services.scheduling import EventFacts, ScheduleFacts, record_event, set_schedule
from ancam.directives.services.structure import merge_obligations, split_obligation
from ancam.directives.services.transferring import receivers, transfer_assignment
from ancam.directives.services.urging import Urged, urge, urge_below

__all__ = [
    "LETTER_KINDS",
    "MOST_FILES",
    "MOST_PAIRS",
    "MOST_WORKBOOKS",
    "Attachment",
    "BelowFacts",
    "ChildrenFate",
    "DoneBefore",
    "EventFacts",
    "HeldFile",
    "Issued",
    "LetterFacts",
    "LetterKind",
    "ObligationFacts",
    "Outcome",
    "Particulars",
    "Planned",
    "ProgressFacts",
    "ReceivedFile",
    "ReportFacts",
    "ScheduleFacts",
    "Urged",
    "accept_progress",
    "add_obligation",
    "answer_scope",
    "apply_offline",
    "ask_extension",
    "ask_scope",
    "assign",
    "assign_as_suggested",
    "begin_giving_run",
    "confirm_all_certain",
    "confirm_answering",
    "confirm_field",
    "confirm_obligation",
    "continue_giving_run",
    "continue_reading_run",
    "correct_field",
    "digest_of_plan",
    "draft_letter_paper",
    "draft_progress_report",
    "draft_report_paper",
    "drop_obligation",
    "edit_obligation",
    "enter_done_before",
    "finish_review",
    "give",
    "give_below",
    "grant_extension",
    "has_unfinished_children",
    "held_attachments",
    "hold_attachments",
    "is_over",
    "issue_offline",
    "issue_offline_to_many",
    "latest_day_below",
    "leave_offline",
    "letter_facts_of",
    "letter_preview",
    "load_reference",
    "merge_obligations",
    "note_evidence_read",
    "note_examples_export",
    "note_letter_read",
    "note_offline_read",
    "open_some_due_periods",
    "outcomes_digest",
    "outcomes_of",
    "plan_giving",
    "progress_report_values",
    "progress_workbook",
    "receive_document",
    "receive_offline",
    "receive_or_begin",
    "receivers",
    "record_event",
    "redraft_letter_paper",
    "redraft_report_paper",
    "refuse_extension",
    "remind_some",
    "report_facts_of",
    "require_giver",
    "require_reporter",
    "restore_obligation",
    "resume_reading_runs",
    "return_progress",
    "returns",
    "revoke_offline",
    "set_figures",
    "set_parent",
    "set_particulars",
    "set_regime",
    "set_schedule",
    "settle_anomaly",
    "split_obligation",
    "stop_giving_run",
    "stop_reading_run",
    "submit_progress",
    "transfer_assignment",
    "urge",
    "urge_below",
    "withdraw_assignment",
]
