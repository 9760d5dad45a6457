"""What this room keeps for agencies: the letters they hold and the duties they were given."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Person
from ancam.directives import selectors
from ancam.directives.models import WORKING, Document, DuePeriod, PeriodState
from ancam.web.holdings import Holding
from ancam.web.search import Hit

SHOWN_CHARACTERS = 140


def _open_duties(person: Person, agencies: Any) -> Any:
    left = [*WORKING, PeriodState.SUBMITTED]
    found = selectors.due_periods(person).filter(selectors.acting(agencies), state__in=left)
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def _duty(period: DuePeriod) -> Hit:
    assignment = period.assignment
    title = Truncator(assignment.obligation.action).chars(SHOWN_CHARACTERS)
    return Hit(title, reverse("period", args=[period.pk]), assignment.agency.name)


def _letters(person: Person, agencies: Any) -> Any:
    held = Document.objects.all().visible_to(person).filter(holder__in=agencies)
    return held.select_related("holder").defer("text", "clauses").order_by("-received_at", "-pk")


def _letter(document: Document) -> Hit:
    return Hit(document.title, reverse("document", args=[document.pk]), document.holder.name)


DUTIES = Holding("duties", _("Nhiệm vụ chưa hoàn thành"), 10, _open_duties, _duty)
LETTERS = Holding("letters", _("Văn bản đang giữ"), 20, _letters, _letter)
