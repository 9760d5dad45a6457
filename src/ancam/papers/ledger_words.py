"""What the ledger's lines say of papers and registers, in words."""

from django.utils.translation import gettext_lazy as _

from ancam.audit.words import ThingWords, describe_thing
from ancam.papers.models import TextMatch


def describe_things() -> None:
    """Tell the ledger the words of this room's things."""
    fields = {
        "template": _("Mẫu"),
        "issued_on": _("Ngày ban hành"),
        "approved_file": _("Mã kiểm của bản đã duyệt"),
        "of_file": _("Tạo từ tệp có mã kiểm"),
        "superseded_by": _("Văn bản thay thế"),
        "signatures": _("Chữ ký"),
        "text_match": _("Đối chiếu nội dung"),
    }
    values = {"text_match": lambda: dict(TextMatch.choices)}
    numbers = {"symbol": _("Ký hiệu"), "year": _("Năm"), "first": _("Từ số"), "last": _("Đến số")}
    describe_thing("papers.paper", ThingWords(_("Văn bản phát hành"), fields, values, "paper"))
    describe_thing("papers.register", ThingWords(_("Sổ văn bản đi"), numbers))
