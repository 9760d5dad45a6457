"""Local names of places: writing one down, taking it away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import AliasNotNeeded, AliasTaken
from ancam.accounts.models import Person, PlaceAlias
from ancam.accounts.selectors.places import gazetteer, place_of
from ancam.audit.services import Action, record
from ancam.kit.places import Place, Verdict, blind_key, resolve
from ancam.web.replies import Forbidden

ADD_PLACE_ALIAS = Action("accounts.add_place_alias", "Thêm tên gọi địa phương")
REMOVE_PLACE_ALIAS = Action("accounts.remove_place_alias", "Bỏ tên gọi địa phương")


@transaction.atomic
def add_place_alias(*, name: str, place: Place, by: Person, at: datetime) -> PlaceAlias:
    """Write down what a place of today is called here.

    Raises `Forbidden`, `AliasTaken`, or `AliasNotNeeded` for what is a name of a place of today already.
    """
    require_may_name(by, _("thêm tên gọi địa phương"))
    known = resolve(name, gazetteer())
    if known.verdict is Verdict.PRESENT:
        raise AliasNotNeeded(alias=name, place=known.places[0].full_title)
    taken = PlaceAlias.objects.filter(key=blind_key(name)).first()
    if taken:
        held = place_of(taken)
        raise AliasTaken(alias=taken.name, place=held.full_title if held else taken.place_code)
    alias = PlaceAlias.objects.create(name=name, place_code=place.code, added_at=at)
    change = {"label": f"{alias.name} → {place.full_title}", "place_code": place.code}
    record(by=by.as_actor(), action=ADD_PLACE_ALIAS, subject=alias.as_subject(), change=change, at=at)
    return alias


@transaction.atomic
def remove_place_alias(*, alias: PlaceAlias, by: Person, at: datetime) -> None:
    """Take a local name away. Raises `Forbidden`."""
    require_may_name(by, _("bỏ tên gọi địa phương"))
    change = {"label": alias.name, "place_code": alias.place_code}
    record(by=by.as_actor(), action=REMOVE_PLACE_ALIAS, subject=alias.as_subject(), change=change, at=at)
    alias.delete()


def require_may_name(by: Person, act: str) -> None:
    """Raise `Forbidden` for who neither administers an agency nor works with letters in one."""
    if not by.has_perm("accounts.name_places"):
        raise Forbidden(act=act, who=_("quản trị, lãnh đạo hoặc chuyên viên của một cơ quan"))
