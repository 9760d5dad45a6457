"""`make bench`: how long the server takes for lists and searches at 3,400 agencies and 12,000 people.

usage: measure.py [--postgresql] [--rounds 100] [--at-most-ms 60]

It fills a throw-away instance, signs in someone three levels down and the administrator of a department, asks each
page through the real WSGI handler, and prints p50, p95 and the most, in milliseconds, with the number of queries.
It fails when a p95 asked three levels down is above the limit.
"""

import argparse
import gc
import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PAGES = (
    ("cơ quan", "/co-quan/", {}),
    ("cơ quan, lọc cấp", "/co-quan/", {"tier": "internal"}),
    ("cơ quan, xếp theo tên", "/co-quan/", {"sort": "name"}),
    ("cơ quan, xếp theo số người", "/co-quan/", {"sort": "-people"}),
    ("cơ quan, tìm từ", "/co-quan/", {"words": "tram y te"}),
    ("cơ quan, tìm tên xã cũ", "/co-quan/", {"words": "TT Hồ Xá"}),
    ("cơ quan, trang 40", "/co-quan/", {"page": "40"}),
    ("người dùng", "/nguoi-dung/", {}),
    ("người dùng, lọc vai trò", "/nguoi-dung/", {"role": "officer"}),
    ("người dùng, xếp theo thư", "/nguoi-dung/", {"sort": "-email"}),
    ("người dùng, tìm từ", "/nguoi-dung/", {"words": "nguyen lan"}),
    ("người dùng, trang 40", "/nguoi-dung/", {"page": "40"}),
    ("tìm kiếm chung", "/tim-kiem/", {"tu": "an"}),
    ("tìm kiếm chung, hai từ", "/tim-kiem/", {"tu": "nguyen an"}),
    ("tìm kiếm chung, không có gì", "/tim-kiem/", {"tu": "khong co gi het"}),
    ("tra cứu địa danh", "/dia-danh/", {"ten": "huyện Vĩnh Linh"}),
    ("trang một cơ quan", "/co-quan/{agency}/", {}),
    ("thêm người dùng", "/nguoi-dung/them/", {}),
    ("ủy quyền", "/uy-quyen/them/", {}),
    ("chọn cơ quan, gõ từ", "/tim-chon/co-quan/", {"field": "a", "a_words": "tram y te"}),
    ("chọn người làm thay, gõ từ", "/tim-chon/nguoi-lam-thay/", {"field": "a", "a_words": "nguyen lan"}),
    ("chọn vai trò, gõ từ", "/tim-chon/vai-tro/", {"field": "a", "a_words": "nguyen lan"}),
)


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANCAM_DATA"] = str(Path(folder) / "data")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancam.site.settings")
        if asked.postgresql:
            sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
            from postgresql_server import start_postgresql

            os.environ["ANCAM_DATABASE_URL"] = start_postgresql(Path(folder) / "postgresql")
        return _measured(asked)


def _measured(asked: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    handler = get_wsgi_application()
    call_command("migrate", verbosity=0)
    from django.db import connection

    sys.path.insert(0, str(Path(__file__).parent))
    from seed import seed

    began = time.perf_counter()
    seeded = seed()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{connection.vendor}: gieo dữ liệu {time.perf_counter() - began:.1f} s")
    slow = 0
    asking = {"ba cấp dưới": seeded.deep, "quản trị một sở": seeded.department, "quản trị tỉnh": seeded.province}
    for who, person in asking.items():
        own = str(person.memberships.get().agency_id)
        cookie = _session_of(person)
        print(f"\n{who:<34}{'p50':>8}{'p95':>8}{'nhiều nhất':>12}{'truy vấn':>10}  (ms, {asked.rounds} lượt)")
        for name, path, values in PAGES:
            took, queries = _rounds(handler, path.format(agency=own), values, cookie, asked.rounds)
            p95 = statistics.quantiles(took, n=20)[-1]
            slow += person is seeded.deep and p95 > asked.at_most_ms
            print(f"  {name:<32}{statistics.median(took):>8.1f}{p95:>8.1f}{max(took):>12.1f}{queries:>10}")
    print(f"\nBa cấp dưới: {slow} trang quá {asked.at_most_ms} ms ở p95")
    return 1 if slow else 0


def _rounds(handler: Any, path: str, values: dict[str, str], cookie: str, rounds: int) -> tuple[list[float], int]:
    from django.db import connection

    _ask(handler, path, values, cookie)  # warms templates and prepared words, as any second visitor finds them
    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        _ask(handler, path, values, cookie)
    gc.collect()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        _ask(handler, path, values, cookie)
        took.append((time.perf_counter() - began) * 1000)
    return took, len(queries)


def _ask(handler: Any, path: str, values: dict[str, str], cookie: str) -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": urlencode(values),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "localhost:8000",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    statuses: list[str] = []
    answer = handler(environ, lambda status, headers, exc_info=None: statuses.append(status))
    size = sum(len(part) for part in answer)
    answer.close()
    assert statuses[0].startswith("200"), f"{path}: {statuses[0]}"
    assert size > 50, path


def _session_of(person: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", action="store_true", help="measure on a PostgreSQL started for the run")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--at-most-ms", type=int, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
