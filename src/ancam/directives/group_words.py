"""Groups of agencies and why they are suggested, in the words of an office."""

from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Tier
from ancam.directives.group_rules import Group, Suggested, Why
from ancam.reference import reference


def group_in_words(group: Group[Agency]) -> str:
    """Return `Tất cả 18 xã, phường, đặc khu`, `14 sở, ban, ngành`; of a single one its name."""
    count = {"n": len(group.agencies)}
    if len(group.agencies) == 1:
        return str(group.agencies[0].name)
    match group.code:
        case "all":
            return _("Tất cả %(n)d cơ quan, đơn vị trực thuộc") % count
        case "so_ban_nganh":
            return _("Tất cả %(n)d sở, ban, ngành") % count
        case "phong_xa":
            return _("Tất cả %(n)d phòng chuyên môn cấp xã") % count
        case "ubnd_xa":
            return _("Tất cả %(n)d xã, phường, đặc khu") % count
    if group.code.startswith("tier."):
        return _("Mọi cơ quan “%(tier)s”: %(n)d") % {"tier": Tier(group.code.partition(".")[2]).label, **count}
    return _("Tất cả %(n)d cơ quan loại “%(kind)s”") % {"kind": _kind_names().get(group.code, group.code), **count}


def reason_in_words(suggested: Suggested[Any], duty_kind: str) -> str:
    """Return why a group is suggested. duty_kind: the duty's kind in words."""
    match suggested.why:
        case Why.NAMED:
            return _("văn bản nêu đúng tên này")
        case Why.OF_KIND:
            return _("văn bản ghi “%(text)s”") % {"text": suggested.text}
        case Why.SUCCEEDED:
            return _("văn bản ghi “%(text)s”, nay việc đó thuộc loại cơ quan này") % {"text": suggested.text}
        case Why.USUAL:
            return _("văn bản không nêu cơ quan; việc “%(kind)s” thường giao nơi này") % {"kind": duty_kind}


@cache
def _kind_names() -> dict[str, str]:
    content = reference("agencies")
    rows = [*content["agencies"], *content["other_kinds"]]
    return {row["id"]: row.get("one_of_them") or row["name"] for row in rows}
