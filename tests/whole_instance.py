"""Whether an instance is whole. As a program it prints the head of the ledger."""

from ancam.cli.django_setup import require_prepared_instance, set_up_django


def head_of_the_whole() -> str:
    """Return the head of a ledger that is whole, once every file that a row names is there with its digest."""
    set_up_django()
    require_prepared_instance()
    from ancam.audit.selectors import verify_ledger
    from ancam.web.storage import stored_bytes

    digests = named_digests()
    assert digests
    for digest in digests:
        stored_bytes(digest)
    return verify_ledger()


def named_digests() -> set[str]:
    """Return the digests of all files that rows name; Django is set up."""
    from ancam.directives.models import Document, OfflineReturn, ProgressFile
    from ancam.papers.models import Paper, PdfCopy, SignedCopy

    named = {row.file_digest for model in (Document, OfflineReturn, Paper) for row in model.objects.all()}
    named |= {row.digest for model in (ProgressFile, SignedCopy, PdfCopy) for row in model.objects.all()}
    named |= {row.approved_digest for row in Paper.objects.all()}
    return named - {""}


if __name__ == "__main__":
    print(head_of_the_whole())
