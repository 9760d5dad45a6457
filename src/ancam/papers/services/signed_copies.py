"""The signed file, or the scan, that comes back: checked, compared, kept beside the paper."""

from datetime import datetime

from django.db import transaction

from ancam.accounts.models import Person
from ancam.audit.services import Action
from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.pdf_text import edges
from ancam.engines.reading.secrecy import bears_stamp
from ancam.kit.errors import Wording
from ancam.kit.file_names import plain_name, require_plain_ending
from ancam.papers.checking import Found, compared, look_into
from ancam.papers.errors import CopyRefused
from ancam.papers.models import Paper, PdfCopy, PdfState, SignedCopy, TextMatch
from ancam.papers.services.guards import locked_for, record_on, require_act
from ancam.web.storage import store_file, stored_bytes

ATTACH_COPY = Action("papers.attach_signed_copy", "Đính bản đã ký của văn bản")
REFUSE_COPY = Action("papers.refuse_secret", "Từ chối tệp đóng dấu độ mật")
MOST_COPIES = 20


def attach_signed_copy(*, paper: Paper, name: str, data: bytes, by: Person, at: datetime) -> SignedCopy:
    """Keep the signed file or the scan of an issued paper, with what was found in it.

    Looked into before the transaction, which is short. Raises `Forbidden`, `WrongState`, `RunnableName`, `StateSecret`
    for one stamped secret, of which only the refusal is recorded, and `CopyRefused` for a file that is not sound,
    stands there already, or would be the 21st; `CheckFailed` when this machine can check none.
    """
    require_act(paper, "attach", by)
    require_plain_ending(name)
    found = look_into(data, at)
    _refuse_secret(paper, name, found, by, at)
    # A scan has no words to compare: the PDF of the paper need not be looked into.
    issued = _issued_words(paper, at) if found.text else None
    match, difference = compared(issued.text if issued else None, found.text)
    return _kept(paper, plain_name(name), data, found, (match, difference), by, at)


def _refuse_secret(paper: Paper, name: str, found: Found, by: Person, at: datetime) -> None:
    pages = (found.text or "").split("\f")
    if not bears_stamp([line for page in pages for line in page.splitlines()], edges(pages)):
        return
    with transaction.atomic():
        record_on(paper, REFUSE_COPY, by=by, at=at)
    raise StateSecret(field="file", name=plain_name(name))


@transaction.atomic
def _kept(
    paper: Paper, name: str, data: bytes, found: Found, words: tuple[TextMatch, str], by: Person, at: datetime
) -> SignedCopy:
    paper = locked_for(paper, "attach", by)
    file = store_file([data])
    if SignedCopy.objects.filter(paper=paper, digest=file.digest).exists():
        raise CopyRefused(field="file", why=Wording("tệp này đã được đính vào văn bản"))
    if SignedCopy.objects.filter(paper=paper).count() >= MOST_COPIES:
        raise CopyRefused(field="file", why=Wording("văn bản đã có đủ số bản đính kèm"))
    copy = SignedCopy.objects.create(
        paper=paper,
        digest=file.digest,
        size_bytes=file.size_bytes,
        file_name=name,
        signatures=found.signatures,
        text_match=words[0],
        difference=words[1],
        attached_by=by,
        attached_at=at,
    )
    change = {
        "file": file.digest,
        "signatures": [f"{one['subject']} ({one['serial']})" for one in found.signatures],
        "text_match": words[0].value,
    }
    record_on(paper, ATTACH_COPY, by=by, at=at, change=change)
    return copy


def _issued_words(paper: Paper, at: datetime) -> Found | None:
    """Return what the PDF of the issued paper holds; None when there is none, or the store lost it."""
    copy = PdfCopy.objects.filter(paper=paper, state=PdfState.MADE, of_digest=paper.file_digest).first()
    if copy is None:
        return None
    try:
        return look_into(stored_bytes(copy.digest), at)
    except (FileNotFoundError, CopyRefused):
        return None
