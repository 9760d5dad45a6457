"""What is entered of a reorganisation, and how their list is narrowed."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.forms import NOT_OFFERED, AgencyBasicsForm, AgencyChoice, LineField
from ancam.accounts.models import Agency, Extent, Person, Predecessor, Reorganisation, ReorganisationState, Tier
from ancam.accounts.services import ReorganisationFacts, Settlement
from ancam.web.days import DayField
from ancam.web.selects import LongSelect
from ancam.web.tables import WordsFilter

MOST_CHOICES = 400
ROLE_ENDS = "end"


class ReorganisationForm(forms.Form):
    """The name, the first day and the decision; who leads it, when the person administers several agencies."""

    owner = AgencyChoice(label=_("Cơ quan chủ trì"), queryset=Agency.objects.none(), empty_label=None)
    title = LineField(
        label=_("Tên việc tổ chức lại"),
        max_length=200,
        help_text=_("Ví dụ: Sắp xếp các sở năm 2025; Kết thúc huyện Sông Trà."),
    )
    effective_on = DayField(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Cơ quan cũ hoạt động đến hết ngày liền trước; cơ quan nhận trả lời từ ngày này."),
    )
    decision_number = LineField(
        label=_("Số văn bản quyết định"), max_length=60, required=False, help_text=_("Ví dụ: 15/NQ-HĐND.")
    )
    decision_on = DayField(label=_("Ngày văn bản"), required=False)

    def __init__(self, *args: Any, by: Person, reorganisation: Reorganisation | None = None, **kwargs: Any) -> None:
        if reorganisation is not None:
            kwargs["initial"] = {name: getattr(reorganisation, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        owners = selectors.reorganisable_owners(by)
        if reorganisation is not None or len(owners) == 1:
            del self.fields["owner"]
            self.only_owner: Any = owners.first()
        else:
            self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def led_by(self) -> Agency:
        """Return who leads the reorganisation."""
        chosen: Agency = self.cleaned_data["owner"] if "owner" in self.fields else self.only_owner
        return chosen

    def facts(self) -> ReorganisationFacts:
        """Return what was entered."""
        names = ("title", "effective_on", "decision_number", "decision_on")
        return ReorganisationFacts(**{name: self.cleaned_data[name] for name in names})


class PartyForm(forms.Form):
    """One of the agencies under the owner that exist on a day."""

    agency = AgencyChoice(
        label=_("Cơ quan"), queryset=Agency.objects.none(), empty_label="—", error_messages=NOT_OFFERED
    )

    def __init__(
        self, *args: Any, reorganisation: Reorganisation, label: Any, on: date, taken: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].label = label
        owner = reorganisation.owner
        under = Agency.objects.filter(owner.subtree(), depth__gt=owner.depth)
        self.fields["agency"].queryset = under.existing_on(on).exclude(pk__in=taken)  # type: ignore[attr-defined]


def predecessor_form(reorganisation: Reorganisation, data: Any = None) -> PartyForm:
    """Return the form that adds who hands on: those that exist on the day before."""
    taken = reorganisation.predecessors.values("agency")
    label, on = _("Cơ quan chuyển"), reorganisation.eve
    return PartyForm(data, reorganisation=reorganisation, label=label, on=on, taken=taken, prefix="from")


def successor_form(reorganisation: Reorganisation, data: Any = None) -> PartyForm:
    """Return the form that adds who receives: those that exist on the day, and do not end by it."""
    ending = reorganisation.predecessors.filter(ends=True).values_list("agency", flat=True)
    taken = [*ending, *reorganisation.successors.values_list("agency", flat=True)]
    label, on = _("Cơ quan nhận"), reorganisation.effective_on
    return PartyForm(data, reorganisation=reorganisation, label=label, on=on, taken=taken, prefix="to")


class NewSuccessorForm(AgencyBasicsForm):
    """An agency that begins with the reorganisation, and the agency above it."""

    parent = AgencyChoice(
        label=_("Trực thuộc"), queryset=Agency.objects.none(), empty_label=None, error_messages=NOT_OFFERED
    )
    field_order = ["name", "kind", "parent", "place", "symbol"]

    def __init__(self, *args: Any, reorganisation: Reorganisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ending = reorganisation.predecessors.filter(ends=True).values("agency")
        under = Agency.objects.filter(reorganisation.owner.subtree())
        offered = under.existing_on(reorganisation.effective_on).exclude(pk__in=ending)
        self.fields["parent"].queryset = offered  # type: ignore[attr-defined]
        self.fields["parent"].initial = reorganisation.owner_id


class SettlementForm(forms.Form):
    """What goes where from one agency: one select for each function, unit and role, over those who receive."""

    ends = forms.BooleanField(
        label=_("Cơ quan này kết thúc hoạt động"),
        required=False,
        help_text=_("Bỏ chọn nếu cơ quan chỉ chuyển đi một số chức năng và tiếp tục hoạt động."),
    )
    whole = forms.ChoiceField(
        label=_("Phần còn lại về"),
        required=False,
        help_text=_("Mọi việc không ghi riêng. Để trống nếu không có một cơ quan nhận tất cả phần còn lại."),
    )
    areas = forms.MultipleChoiceField(
        label=_("Chia theo địa bàn cho"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Khi không có một cơ quan nhận cả, các cơ quan này cùng là nơi có thể trả lời."),
    )
    keeper = forms.ChoiceField(
        label=_("Cơ quan giữ hồ sơ"),
        required=False,
        help_text=_("Văn bản, nhiệm vụ và lịch sử của cơ quan kết thúc nằm dưới cơ quan này; người ở đây thấy được."),
    )

    def __init__(self, *args: Any, row: Predecessor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.reorganisation = row, row.reorganisation
        receivers = self.reorganisation.successors.exclude(agency=row.agency).select_related("agency")
        self.receivers = {str(one.agency_id): one.agency for one in receivers}
        self.functions = selectors.transferable_functions()
        self.units = list(row.agency.children.exclude(pk__in=self._elsewhere()))
        held = row.agency.memberships.select_related("person").order_by("person__sort_key", "pk")
        self.roles = list(held[: MOST_CHOICES + 1])
        self.many_things = len(self.roles) + len(self.units) > MOST_CHOICES
        if self.many_things:
            self.roles, self.units = [], []
        self._add_fields()
        self.initial = {**self._standing(), **self.initial}

    def _elsewhere(self) -> list[int]:
        """Return the ids of units that do not go along: those that end too, and those that receive."""
        ending = self.reorganisation.predecessors.filter(ends=True).values_list("agency", flat=True)
        return [*ending, *self.reorganisation.successors.values_list("agency", flat=True)]

    def _add_fields(self) -> None:
        names = [(key, agency.name) for key, agency in self.receivers.items()]
        for name, empty in (("whole", _("Không có một cơ quan")), ("keeper", "—")):
            self.fields[name].choices = [("", empty), *names]  # type: ignore[attr-defined]
        self.fields["areas"].choices = names  # type: ignore[attr-defined]
        for function in self.functions:
            choices = [("", _("Theo phần còn lại")), *names]
            self.fields[f"function_{function.id}"] = _choice(function.name, choices)
        along = ("", _("Theo cơ quan giữ hồ sơ"))
        for unit in self.units:
            self.fields[f"unit_{unit.pk}"] = _choice(unit.name, [along, *names])
        for role in self.roles:
            label = f"{role.person.full_name} – {role.get_role_display()}"
            self.fields[f"role_{role.pk}"] = _choice(label, [along, *names, (ROLE_ENDS, _("Thôi vai trò này"))])

    def _standing(self) -> dict[str, Any]:
        """Return what was settled before; the first time, what the reference and the tiers suggest."""
        successions = list(self.reorganisation.successions.filter(predecessor=self.row.agency))
        if not successions and self.row.keeper_id is None:
            return {"ends": self.row.ends, **self._suggested()}
        of = {extent: [str(s.successor_id) for s in successions if s.extent == extent] for extent in Extent}
        placed = self.reorganisation.placements.all()
        return {
            "ends": self.row.ends,
            "keeper": str(self.row.keeper_id or ""),
            "whole": next(iter(of[Extent.WHOLE]), ""),
            "areas": of[Extent.AREA],
            **{f"function_{s.function}": str(s.successor_id) for s in successions if s.function},
            **{f"unit_{one.unit_id}": str(one.successor_id) for one in placed if one.unit_id},
            **{f"role_{one.membership_id}": str(one.successor_id or ROLE_ENDS) for one in placed if one.membership_id},
        }

    def _suggested(self) -> dict[str, Any]:
        agency, receivers = self.row.agency, self.receivers
        found: dict[str, Any] = {}
        for function, kind in selectors.transfers_of(agency.kind).items():
            fit = [key for key, receiver in receivers.items() if receiver.kind == kind]
            if len(fit) == 1:
                found[f"function_{function}"] = fit[0]
        if agency.tier == Tier.DISTRICT and len(receivers) > 1:
            found["areas"] = [key for key, receiver in receivers.items() if receiver.tier == Tier.COMMUNE]
        if len(receivers) == 1:
            found["whole"] = found["keeper"] = next(iter(receivers))
        return found

    @property
    def function_fields(self) -> list[BoundField]:
        """Return the selects of the functions."""
        return [self[f"function_{function.id}"] for function in self.functions]

    @property
    def unit_fields(self) -> list[BoundField]:
        """Return the selects of the units."""
        return [self[f"unit_{unit.pk}"] for unit in self.units]

    @property
    def role_fields(self) -> list[BoundField]:
        """Return the selects of the roles."""
        return [self[f"role_{role.pk}"] for role in self.roles]

    @property
    def suggests(self) -> bool:
        """Tell whether the reference says where functions of such an agency went."""
        return bool(selectors.transfers_of(self.row.agency.kind))

    def settlement(self) -> Settlement:
        """Return what was entered."""
        values, at = self.cleaned_data, self.receivers
        functions = {one.id: values[f"function_{one.id}"] for one in self.functions}
        units = {unit.pk: values[f"unit_{unit.pk}"] for unit in self.units}
        roles = {role.pk: values[f"role_{role.pk}"] for role in self.roles}
        return Settlement(
            ends=values["ends"],
            keeper=at.get(values["keeper"]),
            whole=at.get(values["whole"]),
            functions={function: at[key] for function, key in functions.items() if key},
            areas=[at[key] for key in values["areas"]],
            units={pk: at[key] for pk, key in units.items() if key},
            roles={pk: at.get(key) for pk, key in roles.items() if key},
        )


def _choice(label: str, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=LongSelect, error_messages=NOT_OFFERED
    )


class ReorganisationFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the name or the decision's number; the state."""

    words = WordsFilter("search_key", label=_("Tên hoặc số văn bản"))
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), empty_label=_("Mọi trạng thái"), choices=ReorganisationState.choices
    )

    class Meta:
        model = Reorganisation
        fields: tuple[str, ...] = ()
