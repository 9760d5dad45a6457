"""What an export writes in a cell."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest

from ancam.web.exports import cell_text, csv_response


@pytest.mark.parametrize("text", ["=1+1", "+84 90", "-cmd", "@SUM(A1)", "\tx", "\r=1", "  =1", "＝1", "-1"])
def test_text_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell_text(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Sở Y tế", "Sở Y tế"),
        ("a=b", "a=b"),
        (-5, "-5"),
        (-0.5, "-0.5"),
        (Decimal("-2.50"), "-2.50"),
        (None, ""),
        (date(2026, 11, 20), "20/11/2026"),
        (datetime(2026, 11, 20, 18, 5, tzinfo=UTC), "01:05 21/11/2026"),
    ],
)
def test_other_values_are_written_as_offices_write_them(value: object, written: str) -> None:
    assert cell_text(value) == written


def test_the_download_opens_in_a_spreadsheet_with_vietnamese_letters_and_lines() -> None:
    reply = csv_response("cơ-quan", ["Tên", "=Số"], [["Xã “An, Bình”\nmới", 1250]])

    content = b"".join(reply)

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["Tên", "'=Số"], ["Xã “An, Bình”\nmới", "1250"]]
    assert "cơ-quan.csv" in unquote(reply["Content-Disposition"])
    assert reply["X-Content-Type-Options"] == "nosniff"


def test_rows_are_streamed_not_gathered() -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield ["một"]
        raise RuntimeError("read too far")

    stream = iter(csv_response("x", ["Tên"], rows()))

    assert [next(stream), next(stream), next(stream)] == ["\ufeff".encode(), "Tên\r\n".encode(), "một\r\n".encode()]
