"""Starting Django for the commands that need it."""

import os

from ancam.kit.errors import AnCamError


class DatabaseAway(AnCamError):
    """The database does not answer. Values: `where`, `reason`."""

    what = "Chưa mở được cơ sở dữ liệu {where}"
    ground = "{reason}"
    next_step = "Đề nghị kiểm tra máy chủ cơ sở dữ liệu và thiết lập ANCAM_DATABASE_URL"


class NotPrepared(AnCamError):
    """The database has not been brought up to this version. Values: `where`."""

    what = "Cơ sở dữ liệu {where} chưa được chuẩn bị cho phiên bản này"
    next_step = "Đề nghị chạy ancam run một lần với cùng thiết lập"


def set_up_django() -> None:
    """Load the settings and the rooms. A wrong setting is raised as our own error, to be told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancam.site.settings")
    import django  # here, so that importing this module costs nothing to a command that never sets Django up

    django.setup()


def prepare_instance() -> None:
    """Bring the database up to date, begin the ledger, load the reference data, write the schedules.

    A worker verifies the ledger afterwards. Idempotent.
    """
    from django.core.management import call_command

    from ancam.audit.jobs import check_ledger
    from ancam.audit.services import begin_instance
    from ancam.directives.services import load_reference
    from ancam.keeping.in_use import work_on_instance
    from ancam.web import clock, jobs

    work_on_instance()
    require_database()
    call_command("migrate", verbosity=0, interactive=False)
    begin_instance(at=clock.now())
    load_reference(at=clock.now())
    jobs.write_schedules()
    jobs.enqueue(check_ledger)


def require_prepared_instance() -> None:
    """Raise `NotPrepared` when migrations wait to be applied, `DatabaseAway` when nothing answers.

    A restore on the instance is kept out, or keeps this process out, as with `prepare_instance`.
    """
    from ancam.keeping.in_use import work_on_instance

    work_on_instance()
    require_database()
    if waiting_migrations():
        raise NotPrepared(where=_database_name())


def waiting_migrations() -> int:
    """Return how many migrations this version has that the database has not had. The database must answer."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_database() -> None:
    """Raise `DatabaseAway` when nothing answers."""
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as exc:
        raise DatabaseAway(where=_database_name(), reason=" ".join(str(exc).split())) from exc


def _database_name() -> str:
    """Return where the database is, without the name and password by which it is entered."""
    from django.db import connection

    settings = connection.settings_dict
    return f"{settings['HOST']}:{settings['PORT']}/{settings['NAME']}" if settings["HOST"] else str(settings["NAME"])
