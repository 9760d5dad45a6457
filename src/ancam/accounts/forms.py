"""What is entered of agencies and people."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.agency_rules import CODE
from ancam.accounts.models import Agency, Person, Role, Tier
from ancam.accounts.services import AgencyFacts, PersonFacts
from ancam.accounts.sign_in import PASSWORD_HELP, require_strong_password
from ancam.kit.folding import squeeze
from ancam.web import clock
from ancam.web.days import DayField
from ancam.web.pickers import PickerField
from ancam.web.selects import LongSelect

INDENT = "\u2003"
NOT_OFFERED = {"invalid_choice": _("Lựa chọn không có trong danh sách; đề nghị tải lại trang.")}
_EMAIL_REFUSED = {"invalid": _("Thư điện tử chưa đúng dạng. Ví dụ: an.nguyen@dongson.gov.vn.")}


class AgencyChoice(PickerField):
    """An agency of the tree; in a select, what hangs from another is indented under it, in a search it is said."""

    def __init__(self, *args: Any, source: str = "pick_agency", **kwargs: Any) -> None:
        super().__init__(*args, source=source, **kwargs)

    def label_from_instance(self, agency: Any) -> str:
        return f"{INDENT * (agency.depth - 1)}{agency.name}"

    def name_of(self, agency: Any) -> str:
        return str(agency.name)

    def noted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        path = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Agency.steplen)
        above = Agency.objects.filter(path=path).order_by().values("name")[:1]
        noted: QuerySet[Any] = rows.annotate(above=Subquery(above))
        return noted

    def note_of(self, agency: Any) -> str:
        return agency.above or ""


class LineField(forms.CharField):
    """One line of text, squeezed as it will be kept before it is measured: NFC can make a text longer."""

    def to_python(self, value: Any) -> str:
        return squeeze(super().to_python(value) or "")


class EmailField(forms.EmailField):
    """An e-mail in the small letters in which it is kept, no longer than its column."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Thư điện tử"), max_length=254, error_messages=_EMAIL_REFUSED, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class PositionField(LineField):
    """What a person is in their agency, as its decisions call it."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Ghi như trong quyết định, ví dụ: Phó Chánh Văn phòng. Để trống nếu không có.")
        super().__init__(label=_("Chức vụ"), max_length=120, required=False, help_text=help_text, **kwargs)


class PasswordTwiceForm(forms.Form):
    """A new password, typed twice. `person` is whom it must not resemble."""

    password1 = forms.CharField(
        label=_("Mật khẩu"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    person: Person | None = None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập mật khẩu chưa giống nhau."))
        elif first:
            try:
                require_strong_password(first, self.person)
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return values


class WelcomeForm(PasswordTwiceForm):
    """The first password of a person who was added."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person


class AgencyBasicsForm(forms.Form):
    """An agency's name, kind, place and document symbol; its tier follows from its kind."""

    name = LineField(label=_("Tên cơ quan"), max_length=200, help_text=_("Ghi đầy đủ như trên văn bản phát hành."))
    kind = forms.ChoiceField(label=_("Loại cơ quan"), widget=LongSelect)
    place = LineField(
        label=_("Địa danh"),
        max_length=120,
        help_text=_("Ghi trước ngày tháng trên văn bản, ví dụ: Đông Sơn, xã An Bình."),
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    symbol = LineField(
        label=_("Ký hiệu văn bản"),
        max_length=30,
        required=False,
        help_text=_(
            "Chữ viết tắt tên cơ quan trong số, ký hiệu văn bản, ví dụ: UBND, SKHCN. Để trống nếu không phát hành."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tiers = {kind.id: kind.tier for kind in selectors.agency_kinds()}
        self.fields["kind"].choices = [("", "—"), *kind_choices(self._tiers)]  # type: ignore[attr-defined]

    def facts(self) -> AgencyFacts:
        """Return what was entered."""
        values = self.cleaned_data
        tier = self._tiers[values["kind"]]
        return AgencyFacts(values["name"], values["kind"], tier, values["place"], values["symbol"])


class AgencyForm(AgencyBasicsForm):
    """An agency, with its identifier and the period of its existence."""

    code = LineField(
        label=_("Mã định danh"),
        max_length=35,
        required=False,
        validators=[RegexValidator(rf"^{CODE.pattern}$", _("Mã gồm chữ cái, chữ số, nối bằng dấu chấm."))],
        help_text=_("Mã định danh điện tử của cơ quan, ví dụ: H28.12. Để trống nếu chưa có."),
    )
    begins_on = DayField(
        label=_("Hoạt động từ ngày"), required=False, help_text=_("Để trống nếu không rõ hoặc đã có từ lâu.")
    )
    ends_on = DayField(
        label=_("Hoạt động đến hết ngày"),
        required=False,
        help_text=_("Chỉ ghi khi cơ quan kết thúc mà không có cơ quan kế thừa; nếu có, đề nghị lập việc tổ chức lại."),
    )

    def __init__(self, *args: Any, agency: Agency | None = None, may_reclassify: bool = True, **kwargs: Any) -> None:
        if agency is not None:
            kwargs["initial"] = {name: getattr(agency, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        ended = {kind.id: kind.tier for kind in selectors.ended_kinds()}
        if agency is not None and agency.kind not in ended:
            self._tiers.setdefault(agency.kind, agency.tier)
        if agency is not None and not may_reclassify:
            self._lock_kind(agency)
        self.fields["kind"].choices = [("", "—"), *kind_choices_with_ended(self._tiers)]  # type: ignore[attr-defined]
        self._tiers = {**ended, **self._tiers}

    def _lock_kind(self, agency: Agency) -> None:
        """Show the kind as it is; the tier stays too, whatever the reference says of the kind by now."""
        self._tiers[agency.kind] = agency.tier
        self.fields["kind"].disabled = True
        self.fields["kind"].help_text = _("Loại cơ quan do quản trị của cơ quan cấp trên sửa.")

    def facts(self) -> AgencyFacts:
        """Return what was entered."""
        added = {name: self.cleaned_data[name] for name in ("code", "begins_on", "ends_on")}
        return replace(super().facts(), **added)


class AgencyMoveForm(forms.Form):
    """The agency above, among those that `by` administers and that have not ended."""

    parent = AgencyChoice(
        label=_("Cơ quan cấp trên mới"),
        queryset=Agency.objects.none(),
        empty_label="—",
        source="pick_administered_agency",
    )

    def __init__(self, *args: Any, by: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = selectors.standing_agencies(by, today)  # type: ignore[attr-defined]


class RegisterForm(AgencyBasicsForm, PasswordTwiceForm):
    """The agency that runs this instance, and its first administrator."""

    full_name = LineField(label=_("Họ và tên"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(help_text=_("Dùng để đăng nhập."), widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["symbol"].required = True
        self.fields["symbol"].help_text = _("Chữ viết tắt tên cơ quan trong số, ký hiệu văn bản, ví dụ: UBND.")

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        self.person = Person(full_name=facts.get("full_name", ""), email=facts.get("email", ""))
        return super().clean()

    def administrator(self) -> PersonFacts:
        """Return who will administer the instance."""
        return PersonFacts(self.cleaned_data["full_name"], self.cleaned_data["email"])


class RoleForm(forms.Form):
    """A role at an agency that `by` administers."""

    agency = AgencyChoice(
        label=_("Cơ quan"), queryset=Agency.objects.none(), empty_label="—", source="pick_administered_agency"
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=[("", "—"), *Role.choices])

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = selectors.standing_agencies(by, clock.today())  # type: ignore[attr-defined]

    def chosen_role(self) -> Role:
        """Return the role that was chosen."""
        return Role(self.cleaned_data["role"])


class LinkForm(forms.Form):
    """How a one-time link reaches its person: by mail where mail goes out, else handed over."""

    mail = forms.BooleanField(
        label=_("Gửi đường dẫn qua thư điện tử"),
        required=False,
        initial=True,
        help_text=_("Bỏ chọn để hiện đường dẫn và tự chuyển tận tay."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.SENDS_MAIL:
            del self.fields["mail"]

    def by_mail(self) -> bool:
        """Tell whether the link goes by mail."""
        return bool(self.cleaned_data.get("mail"))


class PersonForm(LinkForm, RoleForm):
    """Someone new, with their first role."""

    full_name = LineField(label=_("Họ và tên"), max_length=120)
    position = PositionField()
    email = EmailField(help_text=_("Mỗi người một địa chỉ riêng, dùng để đăng nhập."))
    field_order = ["full_name", "position", "email", "agency", "role", "mail"]

    def facts(self) -> PersonFacts:
        """Return who is added."""
        return PersonFacts(**{name: self.cleaned_data[name] for name in ("full_name", "email", "position")})


def kind_choices(tiers: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds with their words, grouped by tier, in the order of the tiers."""
    return [
        (str(label), _named_kinds([kind for kind, of in tiers.items() if of == tier]))
        for tier, label in Tier.choices
        if tier in tiers.values()
    ]


def kind_choices_with_ended(tiers: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds as `kind_choices` does, and in a last group those that reorganisation has ended."""
    ended = _named_kinds(kind.id for kind in selectors.ended_kinds())
    return [*kind_choices(tiers), (str(_("Loại đã kết thúc")), ended)]


def _named_kinds(kinds: Iterable[str]) -> list[tuple[str, str]]:
    words = selectors.kind_names()
    return [(kind, words.get(kind, kind)) for kind in kinds]
