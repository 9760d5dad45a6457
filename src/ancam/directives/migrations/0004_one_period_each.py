"""Each assignment of before had one deadline: it becomes its first period, with its state, days and reports."""

from calendar import monthrange
from datetime import date
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def open_one_period_each(apps, schema_editor):
    names = ("Assignment", "DuePeriod", "ProgressReport")
    assignments, periods, reports = (apps.get_model("directives", name).objects for name in names)
    for one in list(assignments.select_related("obligation").order_by("pk")):
        code, begins_on, ends_on = first_period(one.obligation.cadence, one.assigned_at.astimezone(VIETNAM).date())
        made = periods.create(
            assignment=one,
            code=code,
            begins_on=begins_on,
            ends_on=ends_on,
            due_on=one.due_on or ends_on,
            state=state_of(one, reports),
            percentage=one.percentage,
            done_on=one.submitted_at and one.submitted_at.astimezone(VIETNAM).date(),
        )
        reports.filter(assignment=one).update(period=made)
    assignments.exclude(state="withdrawn").update(state="standing")


def first_period(cadence, day):
    """The only one of a duty that is due once; of one that returns, the one in which it was given."""
    months = {"monthly": 1, "quarterly": 3, "yearly": 12}.get(cadence)
    if months is None:
        return "1", day, None
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    last = first.month + months - 1
    codes = {1: f"{first:%Y-%m}", 3: f"{first.year}-Q{first.month // 3 + 1}", 12: f"{first.year}"}
    return codes[months], first, date(first.year, last, monthrange(first.year, last)[1])


def state_of(assignment, reports):
    """What was taken back had lost how far it was; its latest report still says it."""
    if assignment.state != "withdrawn":
        return assignment.state
    latest = reports.filter(assignment=assignment).order_by("at", "pk").last()
    if latest is None:
        return "not_started"
    return latest.decision or ("submitted" if latest.percentage == 100 else "in_progress")


def require_none(apps, schema_editor):
    """An assignment of many periods cannot be given back one state."""
    if apps.get_model("directives", "Assignment").objects.exists():
        raise IrreversibleError("assignments have periods; restore a backup of the earlier version instead")


class Migration(migrations.Migration):

    dependencies = [
        ("directives", "0003_due_periods"),
    ]

    operations = [
        migrations.RunPython(open_one_period_each, require_none),
    ]
