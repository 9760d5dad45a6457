"""The door for reading: a file's bytes → the rows of a table."""

from collections.abc import Sequence

from ancam.engines.tables.delimited import read_delimited
from ancam.engines.tables.errors import EmptyTable, NotATable
from ancam.engines.tables.headers import choose_sheet, table_of
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.model import Column, Table
from ancam.engines.tables.workbook import read_workbook
from ancam.kit.errors import Wording

# What a file is, by its first bytes; never by its name.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": Wording("bảng tính kiểu cũ (.xls) hoặc tệp đặt mật khẩu"),
    b"%PDF": Wording("tệp PDF"),
    b"<": Wording("trang web hoặc XML"),
    b"{\\rtf": Wording("văn bản RTF"),
    b"\x89PNG": Wording("ảnh"),
    b"\xff\xd8\xff": Wording("ảnh"),
    b"Rar!": Wording("tệp nén"),
    b"7z\xbc\xaf": Wording("tệp nén"),
    b"\x1f\x8b": Wording("tệp nén"),
}


def read_table(data: bytes, name: str, columns: Sequence[Column], limits: Limits = Limits()) -> Table:  # noqa: B008
    """Return the rows of a .xlsx or .csv whose columns, in any order, are among `columns`.

    A file is wholly read or refused. Raises a `TableRefused` that says why; `name` is the file's name for its words.
    """
    if not data or data.isspace():
        raise EmptyTable(name=name)
    if data.startswith(b"PK\x03\x04"):
        return table_of(read_workbook(data, name, columns, limits), columns, name)
    beginning = data[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = next((words for mark, words in _OTHERS.items() if beginning.startswith(mark)), None)
    if kind is not None:
        raise NotATable(name=name, kind=kind)
    sheet = choose_sheet([read_delimited(data, name, columns, limits)], columns, name)
    return table_of(sheet, columns, name)
