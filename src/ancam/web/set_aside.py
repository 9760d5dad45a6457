"""Old instances that a restore has set aside, and whose files stay in the store."""

from pathlib import Path

from django.db import connection

ASIDE = "ancam_truoc_khoi_phuc_"
"""How the name begins under which an old instance is kept."""


def is_any_set_aside() -> bool:
    """Tell whether an old instance is kept beside this one: a file on SQLite, a schema on PostgreSQL. One query."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_namespace WHERE starts_with(nspname, %s) LIMIT 1", [ASIDE])
            return cursor.fetchone() is not None
    return any(Path(connection.settings_dict["NAME"]).parent.glob(f"{ASIDE}*"))
