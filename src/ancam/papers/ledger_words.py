"""What the ledger's lines say of issued papers, in words."""

from django.utils.translation import gettext_lazy as _

from ancam.audit.words import ThingWords, describe_thing


def describe_things() -> None:
    """Tell the ledger the words of this room's things."""
    fields = {"template": _("Mẫu"), "issued_on": _("Ngày ban hành")}
    describe_thing("papers.paper", ThingWords(_("Văn bản phát hành"), fields, {}, "paper"))
