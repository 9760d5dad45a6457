"""How the lists of this room are narrowed."""

from typing import Any

import django_filters
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors
from ancam.directives.models import Document, DocumentState, DutyKind, ExampleField, PeriodState, Verdict
from ancam.directives.rules import DUE_NEXT_DAYS, DUE_SOON_DAYS
from ancam.directives.selectors.work import due_later, due_within, holding_words, late
from ancam.web import clock
from ancam.web.days import DayInput
from ancam.web.tables import MOST_CHARACTERS, WordsFilter, few_words

WINDOWS = [
    ("overdue", _("Quá hạn")),
    ("soon", _("Trong 7 ngày")),
    ("next", _("Trong 30 ngày")),
    ("later", _("Sau 30 ngày hoặc không ghi ngày")),
]


def visible_documents(request: HttpRequest) -> Any:
    """Return the letters that a filter may offer to who is signed in."""
    return Document.objects.all().visible_to(signed_in(request)).defer("text", "clauses")


class DocumentFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the number, subject or issuer; the state; the regime."""

    words = WordsFilter("search_key", label=_("Số, trích yếu, nơi ban hành"))
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), empty_label=_("Mọi trạng thái"), choices=DocumentState.choices
    )
    regime = django_filters.ModelChoiceFilter(
        label=_("Khung pháp lý"), empty_label=_("Mọi khung"), queryset=lambda request: selectors.current_regimes()
    )


class PeriodFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the obligation or the agency; state, last day, kind, letter."""

    words = django_filters.CharFilter(
        label=_("Nhiệm vụ hoặc cơ quan"), method="by_words", max_length=MOST_CHARACTERS, validators=[few_words]
    )
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), empty_label=_("Mọi tình trạng"), choices=PeriodState.choices
    )
    due = django_filters.ChoiceFilter(
        label=_("Thời hạn"), empty_label=_("Mọi thời hạn"), choices=WINDOWS, method="by_due"
    )
    kind = django_filters.ChoiceFilter(
        "assignment__obligation__kind", label=_("Loại nhiệm vụ"), empty_label=_("Mọi loại"), choices=DutyKind.choices
    )
    document = django_filters.ModelChoiceFilter(
        "assignment__obligation__document", label=_("Văn bản"), empty_label=_("Mọi văn bản"), queryset=visible_documents
    )

    def by_words(self, queryset: Any, name: str, value: str) -> Any:
        """Keep what holds every word, in the obligation or in the agency's name."""
        return holding_words(queryset, value)

    def by_due(self, queryset: Any, name: str, value: str) -> Any:
        """Keep what is late or due soon and has something left to do."""
        on = clock.today()
        found = {
            "overdue": late(queryset, on),
            "soon": due_within(queryset, on, 0, DUE_SOON_DAYS),
            "next": due_within(queryset, on, 0, DUE_NEXT_DAYS),
            "later": due_later(queryset, on),
        }[value]
        return found.order_by(F("due_on").asc(nulls_last=True), "pk")


class LetterPeriodFilters(PeriodFilters):
    """Those of one letter: nothing to choose about the letter."""

    document = None


class CollectedFilters(LetterPeriodFilters):
    """Those of one letter whose last day lies in a stretch of days."""

    since = django_filters.DateFilter("due_on", "gte", label=_("Hạn từ ngày"), widget=DayInput())
    until = django_filters.DateFilter("due_on", "lte", label=_("Hạn đến ngày"), widget=DayInput())


class InstrumentFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the number, title or issuer."""

    words = WordsFilter("search_key", label=_("Số hiệu, tên, nơi ban hành"))


class ExampleFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the passage; the field, what the person said, the kind of duty."""

    words = WordsFilter("search_key", label=_("Lời văn, điều khoản"))
    field = django_filters.ChoiceFilter(label=_("Trường"), empty_label=_("Mọi trường"), choices=ExampleField.choices)
    verdict = django_filters.ChoiceFilter(label=_("Kết quả"), empty_label=_("Mọi kết quả"), choices=Verdict.choices)
    kind = django_filters.ChoiceFilter(
        "obligation__kind", label=_("Loại nhiệm vụ"), empty_label=_("Mọi loại"), choices=DutyKind.choices
    )
