"""What is read of letters and evidence, which leaves a line: who opened which file, and when."""

from datetime import datetime

from ancam.accounts.models import Person
from ancam.audit.services import Action, ProtectedReading, Subject, record_reading
from ancam.directives.models import Document, OfflineReturn, ProgressFile

READ_LETTER = ProtectedReading(
    Action("directives.read_letter", "Tải tệp văn bản"), "văn bản nội bộ, có thể nêu điểm yếu của cơ quan"
)
READ_EVIDENCE = ProtectedReading(
    Action("directives.read_evidence", "Tải tệp minh chứng"), "minh chứng cho biết hệ thống được bảo vệ ra sao"
)
EXPORT_EXAMPLES = ProtectedReading(
    Action("directives.export_examples", "Xuất ví dụ đọc văn bản"), "lời văn của nhiều văn bản rời khỏi hệ thống"
)
EXAMPLES = Subject("directives.examples", "1", "Ví dụ đọc văn bản")


def note_letter_read(*, document: Document, by: Person, at: datetime) -> None:
    """Record that the person takes the letter's file. Raises `ReadingNotRecorded`: the file then stays where it is."""
    change = {"file": document.file_digest}
    record_reading(by=by.as_actor(), reading=READ_LETTER, subject=document.as_subject(), at=at, change=change)


def note_evidence_read(*, file: ProgressFile, by: Person, at: datetime) -> None:
    """Record that the person takes a file of evidence. Raises `ReadingNotRecorded`, as above."""
    subject = file.report.period.as_subject()
    change = {"file": file.digest, "name": file.name}
    record_reading(by=by.as_actor(), reading=READ_EVIDENCE, subject=subject, at=at, change=change, every_time=True)


def note_offline_read(*, returned: OfflineReturn, by: Person, at: datetime) -> None:
    """Record that the person takes a workbook as it was sent back. Raises `ReadingNotRecorded`, as above."""
    subject = returned.workbook.as_subject()
    change = {"file": returned.file_digest, "name": returned.file_name}
    record_reading(by=by.as_actor(), reading=READ_EVIDENCE, subject=subject, at=at, change=change, every_time=True)


def note_examples_export(*, by: Person, form: str, filters: str, at: datetime) -> None:
    """Record that the person takes labelled examples away, in which form. Raises `ReadingNotRecorded`, as above."""
    change = {"form": form, "filters": filters}
    record_reading(by=by.as_actor(), reading=EXPORT_EXAMPLES, subject=EXAMPLES, at=at, change=change, every_time=True)
