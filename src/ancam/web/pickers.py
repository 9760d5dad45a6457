"""A choice among thousands: a plain select while it is short, else a search as one types, with or without script.

The hits are radio buttons, so that keyboard, form and screen reader need nothing of ours. Without script the words are
sent with the form: one hit is taken, several come back to choose from. What is sent is looked up among what the field
offers, never among what the search found.
"""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ancam.kit.folding import fold
from ancam.kit.whole_numbers import is_key
from ancam.web.selects import LongSelect
from ancam.web.tables import MOST_CHARACTERS, MOST_WORDS, every_word

MOST_OPTIONS = 200
"""Up to so many a plain select is the better choice."""

MOST_HITS = 20
WORDS = "_words"


@dataclass(frozen=True, slots=True)
class Hit:
    """One that can be chosen: its key, its name, and what tells it from its namesakes."""

    key: str
    name: str
    note: str
    chosen: bool = False


class Picked(str):
    """The key that was sent, empty when none was, with the words that were typed."""

    words: str

    def __new__(cls, key: str, words: str) -> "Picked":
        made = super().__new__(cls, key)
        made.words = words
        return made


class Picker(LongSelect):
    """A select, or where its field offers more than 200 rows, a search."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:
        return Picked(data.get(name) or "", _typed(data, name))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}{WORDS}" not in data

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the select or the search as markup. One query, and two more for a search."""
        choices: Any = self.choices
        field: PickerField = choices.field
        if not field.is_long:
            return super().render(name, value, attrs, renderer)
        given = self.build_attrs(self.attrs, attrs or {})
        words = value.words if isinstance(value, Picked) else ""
        hits, more = field.hits(words) if words else ([], False)
        chosen = field.hit_of(value, words)
        context = {
            "name": name,
            "id": given.get("id", f"id_{name}"),
            "words": words,
            "words_name": f"{name}{WORDS}",
            "most_characters": MOST_CHARACTERS,
            "address": f"{reverse(field.source)}?field={name}" if field.source else "",
            "described_by": given.get("aria-describedby", ""),
            "is_invalid": "is-invalid" in given.get("class", ""),
            "hits": [*([chosen] if chosen else []), *(hit for hit in hits if not chosen or hit.key != chosen.key)],
            "more": more,
            "empty_label": "" if field.required else field.empty_label,
        }
        return SafeString(render_to_string("web/_picker.html", context))


class PickerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """One row of a queryset, chosen from a select or found by words. `source` names the address of the search.

    A room's subclass says by which column words are found (`search`), and what is shown beside a name (`noted`).
    """

    widget = Picker
    search = "search_key"
    default_error_messages = {
        "several": _("“%(words)s” khớp nhiều kết quả. Đề nghị chọn một trong các kết quả bên trên."),
        "none": _("Không tìm thấy “%(words)s” trong những lựa chọn được phép. Đề nghị gõ tên khác."),
    }

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source

    @property
    def _offered(self) -> QuerySet[Any]:
        rows: Any = self.queryset
        return cast("QuerySet[Any]", rows)

    @property
    def is_long(self) -> bool:
        """Tell whether there are too many rows for a select. One query."""
        return len(self._offered.order_by().values_list("pk")[: MOST_OPTIONS + 1]) > MOST_OPTIONS

    def noted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows with what `note_of` needs."""
        return rows

    def note_of(self, row: Any) -> str:
        """Return what tells a row from its namesakes."""
        return ""

    def name_of(self, row: Any) -> str:
        """Return the name of a row among hits."""
        return self.label_from_instance(row)

    def hits(self, words: str) -> tuple[list[Hit], bool]:
        """Return the rows that hold every word, at most twenty, and whether there are more. One query."""
        if not _can_be_asked(words):
            return [], False
        rows = list(self.noted(self._found(words))[: MOST_HITS + 1])
        return [Hit(str(row.pk), self.name_of(row), self.note_of(row)) for row in rows[:MOST_HITS]], (
            len(rows) > MOST_HITS
        )

    def hit_of(self, value: Any, words: str = "") -> Hit | None:
        """Return the row with this key as a chosen hit, when it is offered and holds the words. One query."""
        key = str(self.prepare_value(value) or "")
        if not is_key(key) or (words and not _can_be_asked(words)):
            return None
        offered = self._found(words) if words else self._offered
        row = self.noted(offered.filter(pk=key)).first()
        return Hit(key, self.name_of(row), self.note_of(row), chosen=True) if row else None

    def to_python(self, value: Any) -> Any:
        """Return the row that was chosen; what was typed counts where nothing was, or something else was before."""
        words = value.words if isinstance(value, Picked) else ""
        if words and not self.hit_of(value, words):
            return self._only_one(words)
        if value and not is_key(str(self.prepare_value(value))):
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(getattr(data, "words", "")) or super().has_changed(initial, data)

    def _found(self, words: str) -> QuerySet[Any]:
        return self._offered.filter(every_word(self.search, words))

    def _only_one(self, words: str) -> Any:
        rows = list(self._found(words)[:2]) if _can_be_asked(words) else []
        if len(rows) == 1:
            return rows[0]
        code = "several" if rows else "none"
        raise forms.ValidationError(self.error_messages[code], code, {"words": words[:MOST_CHARACTERS]})


def hits_reply(request: HttpRequest, field: PickerField) -> HttpResponse:
    """Return the hits for the words that were typed, as the fragment that stands under them. One query."""
    name = request.GET.get("field", "")[:60]
    words = _typed(request.GET, name)
    hits, more = field.hits(words)
    return render(request, "web/_picker_hits.html", {"name": name, "words": words, "hits": hits, "more": more})


def _typed(data: Any, name: str) -> str:
    """Return the words that were typed, bounded; no database takes a NUL."""
    return str(data.get(f"{name}{WORDS}") or "").replace("\0", "").strip()[: MOST_CHARACTERS + 1]


def _can_be_asked(words: str) -> bool:
    return len(words) <= MOST_CHARACTERS and 0 < len(fold(words).split()) <= MOST_WORDS
