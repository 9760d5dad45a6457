"""What the ledger's lines say of how people are told, in words."""

from django.utils.translation import gettext_lazy as _

from ancam.audit.words import ThingWords, describe_thing
from ancam.notifications.models import Channel, NoticeKind


def describe_things() -> None:
    """Tell the ledger the words of this room's things."""
    fields = {kind.value: kind.label for kind in NoticeKind}
    values = {kind.value: lambda: dict(Channel.choices) for kind in NoticeKind}
    describe_thing("notifications.telling", ThingWords(_("Cách nhận thông báo"), fields, values))
