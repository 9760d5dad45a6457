"""Starting Django for the commands that need it."""

import os

from ancam.kit.errors import AnCamError


class DatabaseAway(AnCamError):
    """The database does not answer. Values: `where`, `reason`."""

    what = "Chưa mở được cơ sở dữ liệu {where}"
    ground = "{reason}"
    next_step = "Đề nghị kiểm tra máy chủ cơ sở dữ liệu và thiết lập ANCAM_DATABASE_URL"


def set_up_django() -> None:
    """Load the settings and the rooms. A wrong setting is raised as our own error, to be told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancam.site.settings")
    import django  # here, so that importing this module costs nothing to a command that never sets Django up

    django.setup()


def prepare_instance() -> None:
    """Bring the database up to date, begin the ledger, load the reference data, write the schedules. Idempotent."""
    from django.core.management import call_command
    from django.db import OperationalError, connection

    from ancam.audit.services import begin_instance
    from ancam.directives.services import load_reference
    from ancam.web import clock, jobs

    try:
        connection.ensure_connection()
    except OperationalError as exc:
        where = "{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
        raise DatabaseAway(where=where, reason=str(exc).strip().splitlines()[-1]) from exc
    call_command("migrate", verbosity=0, interactive=False)
    begin_instance(at=clock.now())
    load_reference(at=clock.now())
    jobs.write_schedules()
