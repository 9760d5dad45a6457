"""The left menu: what it offers, and to whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancam.accounts.models import Role
from ancam.accounts.rules import OVERSEERS

EVERYONE = frozenset(Role.values)
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR.value})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: its words, its icon, the page it opens, and the roles that use it."""

    label: str | Promise
    icon: str
    url_name: str
    roles: frozenset[str] = EVERYONE


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line as the page draws it."""

    label: str
    icon: str
    url: str
    is_current: bool


ENTRIES = (
    Entry(_("Việc của tôi"), "checklist", "home"),
    Entry(_("Văn bản"), "file-text", "documents"),
    Entry(_("Nhiệm vụ"), "list-check", "assignments"),
    Entry(_("Bảng theo dõi"), "table", "matrix"),
    Entry(_("Căn cứ pháp lý"), "scale", "instruments"),
    Entry(_("Văn bản phát hành"), "file-certificate", "papers"),
    Entry(pgettext_lazy("menu", "Cơ quan"), "building", "agencies"),
    Entry(_("Người dùng"), "users", "people", ADMINISTRATORS),
    Entry(_("Nhật ký"), "history", "ledger", frozenset(OVERSEERS)),
)


def menu_for(request: HttpRequest, roles: frozenset[str]) -> Iterator[MenuItem]:
    """Yield the lines that these roles use, leaving out pages that this instance does not have."""
    for entry in ENTRIES:
        url = address_of(entry.url_name)
        if url and entry.roles & roles:
            yield MenuItem(str(entry.label), entry.icon, url, _is_current(request.path, url))


def address_of(url_name: str) -> str:
    """Return the address of a page without arguments, or an empty string when it does not exist."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
