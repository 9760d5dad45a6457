"""Whether an instance is whole. As a program it prints the head of the ledger."""

from ancam.cli.django_setup import require_prepared_instance, set_up_django


def head_of_the_whole() -> str:
    """Return the head of a ledger that is whole, once every file that a row names is there with its digest."""
    set_up_django()
    require_prepared_instance()
    from ancam.audit.selectors import verify_ledger
    from ancam.directives.models import Document, ProgressFile
    from ancam.papers.models import Paper, PdfCopy, SignedCopy
    from ancam.web.storage import stored_bytes

    digests = [row.file_digest for model in (Document, Paper) for row in model.objects.all()]
    digests += [row.digest for model in (ProgressFile, SignedCopy) for row in model.objects.all()]
    digests += [row.digest for row in PdfCopy.objects.exclude(digest="")]
    digests += [row.approved_digest for row in Paper.objects.exclude(approved_digest="")]
    assert digests
    for digest in digests:
        stored_bytes(digest)
    return verify_ledger()


if __name__ == "__main__":
    print(head_of_the_whole())
