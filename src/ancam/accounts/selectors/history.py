"""What the ledger says of people and agencies, limited to what the caller may read."""

from typing import Any

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.accounts.selectors.agencies import agencies
from ancam.accounts.selectors.ledger import ids_as_text
from ancam.audit.selectors import history_within
from ancam.audit.services import Subject


def visible_history(asker: Person, subject: Subject) -> QuerySet[Any]:
    """Return the lines of a person or an agency that the asker may read, newest first.

    Those acted for an agency the asker sees or affecting one, and the asker's own: what another agency does with a
    shared person in roles elsewhere stays there. The caller has checked that the asker may see the subject.
    """
    return history_within(subject, agency_ids=ids_as_text(agencies(asker)), actor_id=str(asker.pk))
