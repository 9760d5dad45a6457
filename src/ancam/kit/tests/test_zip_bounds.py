import io
import zipfile

from ancam.kit.zip_bounds import directory_bytes


def test_an_archive_says_how_long_its_list_is():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")

    assert directory_bytes(stream.getvalue()) == 46 + len("a.txt")


def test_bytes_without_the_end_of_an_archive_say_nothing():
    assert directory_bytes(b"PK\x03\x04") == 0
    assert directory_bytes(b"PK\x05\x06") == 0
