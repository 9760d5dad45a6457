"""Files of a report that was not sent yet are kept for its next try, since a browser does not send them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.directives.models import DuePeriod
from ancam.directives.services.guards import require_reporter
from ancam.directives.services.progress import Attachment, check_files
from ancam.kit.file_names import plain_name
from ancam.web.storage import store_file, stored_bytes

_SALT = "directives.held_attachment"
KEPT_FOR = timedelta(hours=20)
"""Less than the day after which the store removes what no row names."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that waits for its report: its name, and the ticket by which the same person may send it again."""

    name: str
    ticket: str


def hold_attachments(*, period: DuePeriod, files: Sequence[Attachment], by: Person, at: datetime) -> list[HeldFile]:
    """Keep files for the next try of a report; they are looked into as when it is sent, and refused as then.

    No row names them: what is not sent within a day is removed. Raises as `submit_progress` does for files.
    """
    require_reporter(by, period.assignment, _("đính kèm tệp báo cáo"))
    check_files(period.assignment, files, by, at)
    held = []
    for file in files:
        name, digest = plain_name(file.name), store_file([file.content]).digest
        facts = {"by": by.pk, "period": period.pk, "name": name, "digest": digest}
        held.append(HeldFile(name, signing.dumps(facts, salt=_SALT)))
    return held


def held_attachments(*, period: DuePeriod, tickets: Sequence[str], by: Person) -> list[Attachment]:
    """Return the files that these tickets stand for; a ticket of another person or period, too old or altered, none."""
    found = []
    for ticket in tickets:
        try:
            facts = signing.loads(ticket, salt=_SALT, max_age=KEPT_FOR)
            if (facts["by"], facts["period"]) == (by.pk, period.pk):
                found.append(Attachment(facts["name"], stored_bytes(facts["digest"])))
        except (signing.BadSignature, FileNotFoundError):
            continue
    return found
