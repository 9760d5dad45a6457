import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.judging.tests.facts_made import camera, facts, page, said_of

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01"
OPEN = ("fail", "snapshot_open")
NOT_SEEN = ("not-assessable", "not-seen")


def shot(body: bytes = b"", **said):
    return page(body, ask=Ask.SNAPSHOT, path="/snapshot.jpg", **said)


HEAD_OPEN = shot(method="HEAD", content_type="image/jpeg")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([shot(JPEG, status=206)], OPEN),
        ([shot(JPEG, content_type="text/plain")], OPEN),
        ([shot(content_type="image/jpeg")], OPEN),
        ([shot(b"<!DOCTYPE html><", content_type="image/jpeg")], NOT_SEEN),
        ([shot(JPEG, status=401)], NOT_SEEN),
        ([HEAD_OPEN], OPEN),
        ([HEAD_OPEN, shot(status=401)], NOT_SEEN),
        ([shot(status=401, method="HEAD"), shot(JPEG, status=206)], OPEN),
        ([shot(method="HEAD", content_type="text/html")], NOT_SEEN),
        ([page("")], ("not-assessable", "not-asked")),
        ([], ("not-assessable", "not-asked")),
    ],
)
def test_a_picture_is_open_when_its_get_is(answers, expected):
    assert said_of("CHK-SNAP-01", facts(*answers)) == expected


def test_without_a_documented_path_nothing_is_asked():
    assert said_of("CHK-SNAP-01", facts(page("")), camera("")) == ("not-assessable", "unknown-platform")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (page("", ask=Ask.STREAM, content_type="multipart/x-mixed-replace; boundary=a"), ("fail", "stream_open")),
        (page("#EXTM3U\n", ask=Ask.STREAM), ("fail", "stream_open")),
        (page("", ask=Ask.STREAM, status=401, content_type="multipart/x-mixed-replace"), NOT_SEEN),
        (page("<html>", ask=Ask.STREAM, content_type="text/html"), NOT_SEEN),
        (page(""), ("not-assessable", "not-asked")),
    ],
)
def test_moving_pictures(answer, expected):
    assert said_of("CHK-SNAP-02", facts(answer)) == expected
