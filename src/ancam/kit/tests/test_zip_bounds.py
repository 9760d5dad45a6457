import io
import zipfile

from ancam.kit.zip_bounds import most_entries


def test_an_archive_has_no_more_entries_than_marks():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("a.txt", "b.txt", "c.txt"):
            archive.writestr(name, "x")

    assert most_entries(stream.getvalue()) == 3


def test_bytes_without_a_list_have_none():
    assert most_entries(b"PK\x03\x04") == 0
    assert most_entries(b"") == 0
