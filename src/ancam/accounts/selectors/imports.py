"""Lists that came by file, and the tree as a file may name it; limited to what the caller may see."""

from django.db.models import QuerySet

from ancam.accounts.bulk.references import KnownAgency, Tree
from ancam.accounts.models import Agency, ImportBatch, ImportRow, Person, Role
from ancam.web import clock


def imports(person: Person) -> QuerySet[ImportBatch]:
    """Return the imports that the person may see, newest first."""
    return ImportBatch.objects.visible_to(person).select_related("by", "agency").order_by("-received_at", "-pk")


def import_rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Return the rows of an import in the file's order. The caller may see the import."""
    return ImportRow.objects.filter(batch=batch).order_by("number")


def tree_for(person: Person) -> Tree:
    """Return the whole tree with what the person sees and administers of it. One query.

    The whole, because codes and names must not be given twice; it finds by name only what the person sees.
    """
    columns = ("pk", "path", "name", "kind", "tier", "place", "symbol", "code", "begins_on", "ends_on", "sort_key")
    known = [KnownAgency(*row) for row in Agency.objects.order_by("path").values_list(*columns)]
    seen = [agency.path for agency in person.agencies_as()]
    administered = [agency.path for agency in person.agencies_as((Role.ADMINISTRATOR,))]
    if not person.is_active:
        seen = administered = []
    return Tree(known, seen=seen, administered=administered, today=clock.today())
