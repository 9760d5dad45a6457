from django.db import migrations
from django.db.models import F

AT_ONCE = 500


def enter_issued_papers(apps, schema_editor):
    """Let each paper that was issued in one step be drafted by who issued it, and have its line in the register."""
    papers = apps.get_model("papers", "Paper").objects
    entries = apps.get_model("papers", "RegisterEntry").objects
    entry = apps.get_model("papers", "RegisterEntry")
    papers.filter(drafted_by=None).update(drafted_by=F("issued_by"), drafted_at=F("issued_at"))
    columns = ("pk", "agency_id", "symbol", "number", "issued_on", "issued_by_id", "issued_at")
    rows = papers.filter(state="issued", register_entry=None).order_by("pk").values_list(*columns)
    entries.bulk_create(
        (
            entry(
                paper_id=pk, agency_id=agency, symbol=symbol, year=on.year, number=number, dated_on=on,
                entered_by_id=by, entered_at=at,
            )
            for pk, agency, symbol, number, on, by, at in rows.iterator(AT_ONCE)
        ),
        batch_size=AT_ONCE,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0002_life_and_register'),
    ]

    operations = [
        migrations.RunPython(enter_issued_papers, migrations.RunPython.noop),
    ]
