"""`make bench`: how long a full province takes by file, 3,400 agencies and 12,000 people, from bytes to tree.

usage: measure.py [--postgresql] [--at-most-s 60]

It fills a throw-away instance through the doors that pages and jobs use: the file is read, each row is checked, the
list is applied (which checks it again), exported, and the export is checked to change nothing. It prints the wall time
of each step, and how long the refusals of over-large files take; it fails when both lists together take longer than
the limit.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

AGENCIES, PEOPLE = 3_400, 12_000


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANCAM_DATA"] = str(Path(folder) / "data")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancam.site.settings")
        if asked.postgresql:
            sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
            from postgresql_server import start_postgresql

            os.environ["ANCAM_DATABASE_URL"] = start_postgresql(Path(folder) / "postgresql")
        return _measured(asked.at_most_s)


def _measured(at_most_s: float) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    _refusals()
    administrator = _administrator()
    whole = _by_file("agencies", agency_rows(), administrator) + _by_file("people", people_rows(), administrator)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(f"{AGENCIES} agencies and {PEOPLE} people from file to tree: {whole:.1f} s; most memory {peak_mb:.0f} MB")
    return int(whole > at_most_s)


def _refusals() -> None:
    """Time what must be refused fast."""
    from ancam.accounts.bulk.columns import AGENCY_COLUMNS
    from ancam.engines.tables.errors import TableRefused
    from ancam.engines.tables.read import read_table
    from ancam.engines.tables.write import Page, write_workbook

    line = "Phòng Kinh tế;Phòng\n".encode()
    rows = ({"name": f"Phòng {number}"} for number in range(300_000))
    files = {
        "2,000,000 rows of .csv": "Tên cơ quan;Loại\n".encode() + line * 2_000_000,
        "300,000 rows of .xlsx": write_workbook(Page("A", AGENCY_COLUMNS, rows)),
    }
    for words, data in files.items():
        began = time.perf_counter()
        try:
            read_table(data, "a", AGENCY_COLUMNS)
        except TableRefused as refused:
            print(f"{words} ({len(data) / 1e6:.0f} MB): refused in {time.perf_counter() - began:.2f} s: {refused}")
        else:
            raise AssertionError(f"{words}: taken")


def _by_file(kind: str, rows: list[dict[str, str]], by: Any) -> float:
    """Import the rows by a workbook of them, print the time of each step, and return that of the whole."""
    from ancam.accounts import services
    from ancam.accounts.bulk.columns import COLUMNS
    from ancam.accounts.models import ImportKind, ImportState
    from ancam.accounts.services.imports import check_import, finish_import
    from ancam.accounts.workbooks import agencies_workbook, people_workbook
    from ancam.engines.tables.write import Page, write_workbook
    from ancam.web import clock

    data, at = write_workbook(Page("Danh sách", COLUMNS[kind], rows)), clock.now()
    steps = [time.perf_counter()]

    def step() -> None:
        steps.append(time.perf_counter())

    def imported(content: bytes) -> Any:
        return services.receive_import(kind=ImportKind(kind), file_name="a.xlsx", data=content, by=by, at=at)

    batch = imported(data)
    step()
    check_import(batch.pk)
    step()
    batch.refresh_from_db()
    assert (batch.new, batch.refused) == (len(rows), 0), (batch.new, batch.refused)
    services.apply_import(batch=batch, by=by, without_refused=False, at=at)
    finish_import(batch.pk)
    step()
    batch.refresh_from_db()
    assert batch.state == ImportState.APPLIED
    exported = agencies_workbook(by) if kind == "agencies" else people_workbook(by)
    step()
    again = imported(exported)
    check_import(again.pk)
    again.refresh_from_db()
    assert again.same == again.total > len(rows), (again.same, again.total)
    step()
    read, checked, applied, out, back = (later - earlier for earlier, later in pairwise(steps))
    print(
        f"{kind}: read {read:.1f} s, checked {checked:.1f} s, applied {applied:.1f} s;"
        f" exported {out:.1f} s, the export changes nothing {back:.1f} s"
    )
    return read + checked + applied


def _administrator() -> Any:
    from ancam.accounts.models import Agency, Membership, Person, Role, Tier
    from ancam.audit.services import begin_instance
    from ancam.web import clock

    begin_instance(at=clock.now())
    facts = {"name": "Ủy ban nhân dân tỉnh Đông Sơn", "kind": "ubnd_tinh", "tier": Tier.PROVINCE, "place": "Đông Sơn"}
    root = Agency.objects.add_root({**facts, "symbol": "UBND"})
    person = Person(full_name="Trịnh Bảo Long", email="long@dongson.example", password="!")  # noqa: S106
    person.save()
    Membership.objects.create(person=person, agency=root, role=Role.ADMINISTRATOR)
    return person


def agency_rows() -> list[dict[str, str]]:
    """Return 20 departments and 120 communes with what hangs from them, the lowest first; half have codes."""
    root, place = "Ủy ban nhân dân tỉnh Đông Sơn", "Đông Sơn"
    tops = [f"Sở Chuyên ngành số {n}" for n in range(20)] + [f"Ủy ban nhân dân xã Số {n}" for n in range(120)]
    rows = []
    for number, name in enumerate(tops):
        kind = "Sở, ban, ngành khác" if number < 20 else "Ủy ban nhân dân xã, phường, đặc khu"
        code = f"H01.{number}" if number % 2 else ""
        rows.append({"name": name, "kind": kind, "parent": root, "place": place, "code": code, "symbol": "UBND"})
    for number in range(AGENCIES - len(tops)):
        top = number % len(tops)
        above = rows[top]["code"] or tops[top]
        name = f"Phòng Chuyên môn số {number // len(tops)}"
        rows.append(
            {"name": name, "kind": "Phòng, đơn vị trực thuộc khác", "parent": above, "place": place, "above": tops[top]}
        )
    return rows[::-1]


def people_rows() -> list[dict[str, str]]:
    """Return people spread over the agencies, a tenth of them with a second role elsewhere."""
    agencies = agency_rows()
    roles = ("Chuyên viên", "Chuyên viên; Lãnh đạo", "Người đọc")
    rows = []
    for number in range(PEOPLE):
        agency = agencies[number % len(agencies)]
        other = agencies[(number * 7 + 1) % len(agencies)]
        row = {
            "full_name": f"Nguyễn Thị Minh {number}",
            "email": f"so{number}@dongson.example",
            "position": "Chuyên viên",
        }
        row |= {"agency": _reference(agency), "role": roles[number % 3]}
        if number % 10 == 0:
            row["other_roles"] = f"Thẩm định viên – {_reference(other)}"
        rows.append(row)
    return rows


def _reference(agency: dict[str, str]) -> str:
    return agency.get("code") or f"{agency.get('above', agency['parent'])} › {agency['name']}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--at-most-s", type=float, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
