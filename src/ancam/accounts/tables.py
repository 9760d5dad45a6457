"""The lists of this room."""

from datetime import date
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Agency, Delegation, Departure, Handover, Person, Reorganisation, Role
from ancam.accounts.person_states import state_of
from ancam.accounts.selectors import kind_names
from ancam.web import clock
from ancam.web.tables import Table

DEEPEST_INDENT = 4


class AgencyTable(Table):
    """Agencies in the tree's order, indented by depth until they are sorted otherwise."""

    caption = _("Các cơ quan")
    empty = _("Không có cơ quan nào khớp điều kiện lọc.")
    heading = "name"
    phone = ("kind", "symbol", "state")

    name = django_tables2.Column(_("Tên cơ quan"), order_by=("sort_key", "path"))
    kind = django_tables2.Column(_("Loại"), orderable=False)
    tier = django_tables2.Column(_("Cấp"), accessor="tier_label", orderable=False)
    place = django_tables2.Column(_("Địa danh"), orderable=False)
    symbol = django_tables2.Column(_("Ký hiệu"), orderable=False, default="")
    people = django_tables2.Column(_("Người dùng"), order_by=("people", "path"), attrs={"cell": {"class": "number"}})
    state = django_tables2.Column(_("Tình trạng"), empty_values=(), orderable=False)

    def render_name(self, record: Agency) -> str:
        depth = 0 if self.order_by else min(record.depth - 1, DEEPEST_INDENT)
        return format_html(
            '<a class="indent-{}" href="{}">{}</a>', depth, reverse("agency", args=[record.pk]), record.name
        )

    def value_name(self, record: Agency) -> str:
        return record.name

    def render_kind(self, value: str) -> str:
        return kind_names().get(value, value)

    def render_state(self, record: Agency) -> str:
        return record.state_on(clock.today())


class PeopleTable(Table):
    """People by given name, with the roles that the asker may see."""

    caption = _("Người dùng")
    empty = _("Không có người dùng nào khớp điều kiện lọc.")
    heading = "full_name"
    phone = ("roles", "state")

    full_name = django_tables2.Column(_("Họ và tên"), order_by=("sort_key", "pk"))
    position = django_tables2.Column(_("Chức vụ"), orderable=False, default="")
    email = django_tables2.Column(_("Thư điện tử"))
    roles = django_tables2.Column(_("Vai trò"), empty_values=(), orderable=False)
    state = django_tables2.Column(_("Tình trạng"), empty_values=(), orderable=False)

    def render_full_name(self, record: Person) -> str:
        return format_html('<a href="{}">{}</a>', reverse("person", args=[record.pk]), record.full_name)

    def value_full_name(self, record: Person) -> str:
        return record.full_name

    def render_roles(self, record: Any) -> str:
        roles = [f"{Role(held.role).label} – {held.agency.name}" for held in record.visible_roles]
        return "; ".join(roles) or str(_("Chưa có vai trò"))

    def render_state(self, record: Person) -> str:
        return str(state_of(record, clock.now()))


class DelegationTable(Table):
    """Who stands in for whom, in which role, from when to when."""

    caption = _("Các ủy quyền")
    empty = _("Chưa có ủy quyền nào. Khi nghỉ phép hoặc đi công tác, đề nghị ủy quyền để việc không dừng.")
    heading = "giver"
    phone = ("stand_in", "role", "ends_on", "state")

    giver = django_tables2.Column(_("Người ủy quyền"), order_by=("giver__sort_key", "pk"))
    stand_in = django_tables2.Column(_("Người làm thay"), order_by=("stand_in__sort_key", "pk"))
    role = django_tables2.Column(_("Vai trò"), orderable=False)
    begins_on = django_tables2.Column(_("Từ ngày"), order_by=("begins_on", "pk"))
    ends_on = django_tables2.Column(_("Đến hết ngày"), order_by=("ends_on", "pk"))
    state = django_tables2.Column(_("Tình trạng"), empty_values=(), orderable=False)

    def render_giver(self, record: Delegation) -> str:
        return record.giver.full_name

    def render_role(self, record: Delegation) -> str:
        return f"{record.get_role_display()} – {record.agency.name}"

    def render_begins_on(self, record: Delegation) -> str:
        return f"{record.begins_on:%d/%m/%Y}"

    def render_ends_on(self, record: Delegation) -> str:
        return f"{record.ends_on:%d/%m/%Y}"

    def render_state(self, record: Delegation) -> str:
        today = clock.today()
        words = str(record.state_on(today))
        if not record.may_be_ended_on(today):
            return words
        end = reverse("delegation_end", args=[record.pk])
        return format_html('{} · <a href="{}">{}</a>', words, end, _("Chấm dứt"))

    def value_state(self, record: Delegation) -> str:
        return str(record.state_on(clock.today()))


class DepartureTable(Table):
    """Who leaves, with which day, from which roles, and who takes over."""

    caption = _("Người rời cơ quan")
    empty = _("Chưa có ai rời cơ quan. Khi có người nghỉ hưu hoặc chuyển công tác, đề nghị mở trang của người đó.")
    heading = "person"
    phone = ("last_day", "ending", "state")

    person = django_tables2.Column(_("Họ và tên"), order_by=("person__sort_key", "pk"))
    last_day = django_tables2.Column(_("Ngày làm việc cuối"), order_by=("last_day", "pk"))
    ending = django_tables2.Column(_("Vai trò kết thúc"), orderable=False)
    receivers = django_tables2.Column(_("Người nhận bàn giao"), accessor="ending", orderable=False)
    reason = django_tables2.Column(_("Lý do"), orderable=False, default="")
    state = django_tables2.Column(_("Tình trạng"), orderable=False)

    def render_person(self, record: Departure) -> str:
        return format_html('<a href="{}">{}</a>', reverse("departure", args=[record.pk]), record.person.full_name)

    def value_person(self, record: Departure) -> str:
        return record.person.full_name

    def render_last_day(self, value: date) -> str:
        return f"{value:%d/%m/%Y}"

    def render_ending(self, value: list[Handover]) -> str:
        return "; ".join(f"{one.get_role_display()} – {one.agency.name}" for one in value)

    def render_receivers(self, value: list[Handover]) -> str:
        return "; ".join(one.receiver.full_name for one in value if one.receiver)


class ReorganisationTable(Table):
    """Reorganisations, the latest first."""

    caption = _("Các việc tổ chức lại")
    empty = _("Chưa có việc tổ chức lại nào khớp điều kiện lọc.")
    heading = "title"
    phone = ("effective_on", "state")

    title = django_tables2.Column(_("Tên"), order_by=("title", "pk"))
    decision_number = django_tables2.Column(_("Căn cứ"), orderable=False, default="")
    effective_on = django_tables2.Column(_("Hiệu lực từ"), order_by=("effective_on", "pk"))
    owner = django_tables2.Column(_("Cơ quan chủ trì"), orderable=False)
    state = django_tables2.Column(_("Trạng thái"), orderable=False)

    def render_title(self, record: Reorganisation) -> str:
        return format_html('<a href="{}">{}</a>', reverse("reorganisation", args=[record.pk]), record.title)

    def value_title(self, record: Reorganisation) -> str:
        return record.title

    def render_effective_on(self, value: date) -> str:
        return f"{value:%d/%m/%Y}"
