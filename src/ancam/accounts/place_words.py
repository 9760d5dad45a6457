"""Why a name of a place stands for what it does, in words."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ancam.accounts.selectors import Lookup
from ancam.kit.places import Reason, Verdict


def why(lookup: Lookup) -> str:
    """Return the ground of an answer as a sentence."""
    answer = lookup.answer
    if lookup.alias:
        return _("Tên gọi địa phương, ghi ngày %(day)s.") % {
            "day": date_format(localtime(lookup.alias.added_at), "d/m/Y")
        }
    if answer.reason is Reason.NOT_FOUND:
        return _("Không có xã, huyện, tỉnh nào, cũ hay mới, khớp với cách viết này.")
    sentences = {
        Reason.OF_TODAY: _("Đây là tên đơn vị hành chính hiện nay."),
        Reason.MERGED: _("Đơn vị cũ đã nhập toàn bộ vào đơn vị này."),
        Reason.DIVIDED: _("Đơn vị cũ đã bị chia: mỗi phần về một nơi, nên cần xem địa chỉ cụ thể."),
        Reason.DISTRICT_ENDED: _("Cấp huyện kết thúc từ 01/7/2025: địa bàn cũ nay thuộc các đơn vị sau."),
        Reason.NAMESAKES: _("Nhiều nơi cùng tên. Đề nghị ghi thêm loại đơn vị, huyện cũ hoặc tỉnh."),
        Reason.SOURCE_UNSURE: _("Nguồn chưa tách được các xã trùng tên trong tỉnh: mỗi nơi chỉ là khả năng."),
        Reason.TOO_LONG: _("Nội dung quá dài. Đề nghị chỉ ghi tên xã, huyện, tỉnh."),
        Reason.EMPTY: _("Chưa có chữ nào để tra cứu."),
    }
    return sentences[answer.reason]


def heading(verdict: Verdict) -> str:
    """Return the verdict in a few words."""
    return {
        Verdict.PRESENT: _("Địa danh hiện nay"),
        Verdict.SUCCESSOR: _("Nay thuộc"),
        Verdict.CANDIDATES: _("Có thể là một trong các nơi sau"),
        Verdict.UNKNOWN: _("Chưa tìm thấy"),
    }[verdict]
