"""Lists: a table with a caption, 50 rows to a page, sorting, and an export of exactly what is filtered."""

from collections.abc import Callable, Iterator
from datetime import date
from inspect import Parameter, Signature, signature
from typing import Any, ClassVar

import django_filters
import django_tables2
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import ChoiceField, Form, ModelChoiceField
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2.config import RequestConfig

from ancam.kit.folding import fold
from ancam.web.exports import csv_response

ROWS_TO_A_PAGE = 50
MOST_WORDS = 20
MOST_CHARACTERS = 200
_ANYTHING = Signature([Parameter("offered", Parameter.VAR_KEYWORD)])


class Table(django_tables2.Table):  # type: ignore[misc]  # the library is untyped
    """The base of every table. `web/_table.html` draws it; on a phone each row becomes a card.

    caption: what the rows are, read out by screen readers; required.
    empty: the sentence shown when there is no row.
    heading: the column that names the row; it is the card's title on a phone.
    phone: the further columns that a card shows; the others are for wide screens.
    """

    caption: ClassVar[Any]
    empty: ClassVar[Any] = _("Không có dòng nào.")
    heading: ClassVar[str]
    phone: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        missing = [name for name in ("caption", "heading") if not hasattr(cls, name)]
        if missing:
            raise TypeError(f"{cls.__name__} needs {' and '.join(missing)}")
        super().__init_subclass__()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in self.columns.iterall():
            column.render, column.value = _taking_any(column.render), _taking_any(column.value)

    @property
    def page_numbers(self) -> list[int | str]:
        """Return the page numbers to offer, with gaps."""
        return list(self.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1))

    def drawn_rows(self) -> Iterator[SafeString]:
        """Yield the cells of each row of the page as markup, escaped, days and numbers in the reader's form.

        Drawn here because a template that asks each cell for its column's words and classes took most of a page's time.
        """
        ends = [(*self._cell_ends(column), column.name) for column in self.columns]
        reader = Context()
        for row in self.paginated_rows:
            cells = [begin + render_value_in_context(row.get_cell(name), reader) + end for begin, end, name in ends]
            yield mark_safe("".join(cells))  # noqa: S308 - its parts are escaped above and below

    def _cell_ends(self, column: Any) -> tuple[SafeString, SafeString]:
        """Return what stands before and after every cell of a column; the one that names the row is its heading."""
        classes = column.attrs["td"].get("class", "")
        marked = format_html(' class="{}"', classes) if classes else ""
        if column.name == self.heading:
            return format_html('<th scope="row" role="rowheader"{}>', marked), mark_safe("</th>")
        return format_html('<td role="cell" data-label="{}"{}>', column.header, marked), mark_safe("</td>")

    def get_column_class_names(self, classes_set: set[str], bound_column: Any) -> set[str]:
        """Return the column's own classes, and mark what a phone leaves out."""
        shown = bound_column.name in (self.heading, *self.phone)
        return classes_set if shown else classes_set | {"wide-only"}


def _taking_any(cell: Callable[..., Any]) -> Callable[..., Any]:
    """Return `cell` taking whatever the library offers it and passing on what it names.

    The library inspects the signature of every cell it draws, which took a seventh of a list's time; this one is quick.
    """
    parameters = signature(cell).parameters
    takes_all = any(parameter.kind is Parameter.VAR_KEYWORD for parameter in parameters.values())

    def taking_any(**offered: Any) -> Any:
        return cell(**(offered if takes_all else {name: offered[name] for name in parameters}))

    taking_any.__signature__ = _ANYTHING  # type: ignore[attr-defined]  # how `inspect` lets a function state its own
    return taking_any


def every_word(field: str, text: str) -> Q:
    """Return the condition that the folded column `field` holds every word of the text, diacritics apart."""
    condition = Q()
    for word in fold(text).split():
        condition &= Q(**{f"{field}__contains": word})
    return condition


def few_words(value: str) -> None:
    """Refuse more than 20 words: each is a condition of the query."""
    if len(value.split()) > MOST_WORDS:
        raise ValidationError(_("Tìm tối đa %(most)s từ một lần."), params={"most": MOST_WORDS})


class WordsFilter(django_filters.CharFilter):  # type: ignore[misc]  # the library is untyped
    """Keeps the rows whose folded `field_name` holds every word, with or without diacritics.

    More than 20 words or 200 characters are refused beside the field: each word is a condition of the query.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=MOST_CHARACTERS, validators=[few_words], **kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(every_word(self.field_name, value or ""))


def filters_in_words(form: Form) -> str:
    """Return what a list was narrowed to, in one line, as a person chose it; the form is valid."""
    shown = (name for name in form.changed_data if not form.fields[name].widget.is_hidden)
    return "; ".join(f"{form.fields[name].label}: {_said(form, name)}" for name in shown)


def _said(form: Form, name: str) -> str:
    """Return a chosen value in words: a day as offices write it, a choice by its label."""
    value, field = form.cleaned_data[name], form.fields[name]
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        return labels.get(str(value), str(value))
    return str(value)


def kept_rows(filters: Any) -> Any:
    """Return the rows that a bound django-filter set keeps; none while it refuses a condition."""
    return filters.qs if filters.is_valid() else filters.queryset.none()


def configure(table: Table, request: HttpRequest) -> Table:
    """Sort and page the table as the address asks; a page that does not exist gives the nearest one."""
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS_TO_A_PAGE)
    paginator: Paginator[Any] = table.paginator
    table.page = paginator.get_page(request.GET.get(table.prefixed_page_field))
    return table


def list_reply(
    request: HttpRequest,
    *,
    template: str,
    filters: Any,
    table_class: type[Table],
    file_name: str,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Return the list as a page, or as CSV when the address says `xuat=csv`: the same rows in the same order.

    `filters` is a bound django-filter set; a value it refuses gives the page with no row, the reason beside the
    field, and status 422.
    """
    valid = filters.is_valid()
    table = table_class(kept_rows(filters))
    if valid and request.GET.get("xuat") == "csv":
        RequestConfig(request, paginate=False).configure(table)
        rows = table.as_values()
        return csv_response(file_name, next(rows), rows)
    values = {**(context or {}), "filters": filters, "table": configure(table, request)}
    return render(request, template, values, status=200 if valid else 422)
