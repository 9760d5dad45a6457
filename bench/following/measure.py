"""`bench/following`: how long the server takes for the views that follow 100 duties of 3,400 agencies.

usage: measure.py [--sqlite] [--rounds 50] [--at-most-ms 400]

It fills a throw-away PostgreSQL, signs in someone three levels down, the administrator of a large department and the
province's leader, asks each page through the real WSGI handler, and prints p50, p95 and the most, in milliseconds,
with the number of queries. It fails when a p95 of the matrix's opening or of a further window is above the limit; the
other views, and the row that counts everything, which a page fetches after it has opened, are printed beside it.
"""

import argparse
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

BENCHES = Path(__file__).parents[1]
BOUND = (
    ("bảng, mở trang", "/theo-doi/", {}),
    ("bảng, cột tiếp", "/theo-doi/", {"cot": "2"}),
    ("bảng, lọc quá hạn", "/theo-doi/", {"due": "overdue"}),
    ("bảng, hàng tiếp", "/theo-doi/hang/", {"tu": "2"}),
    ("bảng, mở một đơn vị", "/theo-doi/hang/", {"duoi": "{child}"}),
)
BESIDE = (
    ("bảng, cộng một hàng lớn", "/theo-doi/hang/", {"gap": "{child}"}),
    ("bảng, hàng Tất cả", "/theo-doi/tong/", {}),
    ("danh sách", "/nhiem-vu/", {}),
    ("dòng thời gian", "/theo-doi/dong-thoi-gian/", {}),
    ("lịch", "/theo-doi/lich/", {}),
    ("theo cơ quan", "/theo-doi/co-quan/", {}),
    ("theo loại", "/theo-doi/loai/", {}),
    ("theo mức trễ", "/theo-doi/muc-tre/", {}),
)


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANCAM_DATA"] = str(Path(folder) / "data")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancam.site.settings")
        if not asked.sqlite:
            sys.path.insert(0, str(BENCHES.parent / "tests"))
            from postgresql_server import start_postgresql

            os.environ["ANCAM_DATABASE_URL"] = start_postgresql(Path(folder) / "postgresql")
        return _measured(asked)


def _measured(asked: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    handler = get_wsgi_application()
    call_command("migrate", verbosity=0)
    from django.db import connection

    web, seeding = _module("web/measure"), _module("following/seed")
    began = time.perf_counter()
    seeded = _module("web/seed").seed()
    periods = seeding.seed_following(seeded.province)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    took = time.perf_counter() - began
    print(f"{connection.vendor}: {periods} kỳ, gieo trong {took:.1f} s; tải máy {os.getloadavg()[0]:.1f}")
    slow = 0
    people = {"ba cấp dưới": seeded.deep, "quản trị một sở": seeded.department, "lãnh đạo tỉnh": seeded.province}
    for who, person in people.items():
        child = str(person.memberships.get().agency.children.first().pk)
        cookie = web._session_of(person)
        print(f"\n{who:<34}{'p50':>8}{'p95':>8}{'nhiều nhất':>12}{'truy vấn':>10}  (ms, {asked.rounds} lượt)")
        for name, path, values in (*BOUND, *BESIDE):
            filled = {key: value.format(child=child) for key, value in values.items()}
            took, queries = web._rounds(handler, path, filled, cookie, asked.rounds)
            p95 = statistics.quantiles(took, n=20)[-1]
            slow += (name, path, values) in BOUND and p95 > asked.at_most_ms
            print(f"  {name:<32}{statistics.median(took):>8.1f}{p95:>8.1f}{max(took):>12.1f}{queries:>10}", flush=True)
    print(f"\nBảng: {slow} trang quá {asked.at_most_ms} ms ở p95; tải máy {os.getloadavg()[0]:.1f}")
    return 1 if slow else 0


def _module(name: str) -> ModuleType:
    """Return a file of the benches as a module: two of them are called alike."""
    spec = importlib.util.spec_from_file_location(name.replace("/", "_"), BENCHES / f"{name}.py")
    assert spec and spec.loader
    made: Any = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made  # its dataclasses look themselves up
    spec.loader.exec_module(made)
    return made  # type: ignore[no-any-return]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sqlite", action="store_true", help="measure on SQLite instead of PostgreSQL")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--at-most-ms", type=int, default=400)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
