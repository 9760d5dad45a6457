"""Local names of places: writing one down, taking it away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import AliasNotNeeded, AliasTaken
from ancam.accounts.models import Agency, Person, PlaceAlias
from ancam.accounts.selectors.places import gazetteer, place_of
from ancam.audit.services import Action, record
from ancam.kit.places import Place, Verdict, blind_key, resolve
from ancam.web.replies import Forbidden

ADD_PLACE_ALIAS = Action("accounts.add_place_alias", "Thêm tên gọi địa phương")
REMOVE_PLACE_ALIAS = Action("accounts.remove_place_alias", "Bỏ tên gọi địa phương")
NAMED_IN_REFUSAL = 3


@transaction.atomic
def add_place_alias(*, agency: Agency, name: str, place: Place, by: Person, at: datetime) -> PlaceAlias:
    """Write down what a place of today is called at an agency and under it.

    Raises `Forbidden`, `AliasTaken`, or `AliasNotNeeded` for what is a name of the state already, old or new: else a
    few would decide for others what it stands for.
    """
    require_may_name(by, agency, _("thêm tên gọi địa phương"))
    known = resolve(name, gazetteer())
    if known.verdict is not Verdict.UNKNOWN:
        some = "; ".join(one.full_title for one in known.places[:NAMED_IN_REFUSAL])
        raise AliasNotNeeded(alias=name, place=some if len(known.places) <= NAMED_IN_REFUSAL else f"{some}…")
    taken = PlaceAlias.objects.filter(agency=agency, key=blind_key(name)).first()
    if taken:
        held = place_of(taken)
        raise AliasTaken(alias=taken.name, place=held.full_title if held else taken.place_code)
    alias = PlaceAlias.objects.create(agency=agency, name=name, place_code=place.code, added_at=at)
    change = {"label": f"{alias.name} → {place.full_title}", "place_code": place.code}
    record(by=by.as_actor(agency), action=ADD_PLACE_ALIAS, subject=alias.as_subject(), change=change, at=at)
    return alias


@transaction.atomic
def remove_place_alias(*, alias: PlaceAlias, by: Person, at: datetime) -> None:
    """Take a local name away. Raises `Forbidden`."""
    require_may_name(by, alias.agency, _("bỏ tên gọi địa phương"))
    change = {"label": alias.name, "place_code": alias.place_code}
    record(
        by=by.as_actor(by.administering(alias.agency) or alias.agency),
        action=REMOVE_PLACE_ALIAS,
        subject=alias.as_subject(),
        change=change,
        at=at,
    )
    alias.delete()


def require_may_name(by: Person, agency: Agency | None, act: str) -> None:
    """Raise `Forbidden` for who neither administers the agency or one above it nor works with letters in it."""
    if not by.has_perm("accounts.name_places", agency):
        raise Forbidden(act=act, who=_("lãnh đạo, chuyên viên của cơ quan hoặc quản trị của cơ quan, cơ quan cấp trên"))
